/** A case at rest and people around it, for the tests of who may do what. */
import type { Role } from '../../lib/contract.ts'
import type { ActorFacts, CaseFacts, PostFacts } from '../cases/rules/decide-act.ts'

export const at = new Date('2026-09-14T01:00:00Z')
export const area = 's.c1.g1.m1'
export const organisationA = 'organisation-a'
export const organisationB = 'organisation-b'

export const placeOfRole: Partial<Record<Role, string>> = {
  'micro-grid-member': area,
  'grid-worker': 's.c1.g1',
  'grid-head': 's.c1.g1',
  clerk: 's.c1',
  secretary: 's.c1',
}

export function postOf(role: Role, place = placeOfRole[role] ?? 's'): PostFacts {
  const inside = role === 'handler' || role === 'organisation-lead'
  return {
    id: `post-${role}-${place}`,
    role,
    areaPath: inside ? null : place,
    organisationId: inside ? (place === 's' ? organisationA : place) : null,
  }
}

export const personWith = (...posts: PostFacts[]): ActorFacts => ({ accountId: 'somebody', posts })
export const resident = (accountId: string): ActorFacts => ({ accountId, posts: [] })

export const calm: CaseFacts = {
  state: 'pending',
  desk: 'community',
  area,
  organisationId: organisationA,
  holderPostId: null,
  holderAccountId: null,
  reporterId: 'reporter',
  handledBy: [],
  handledOrganisations: [],
  assignedBy: [],
  pendingApproval: null,
  suspended: true,
  confidential: false,
  rated: false,
  answered: true,
  closedAt: null,
  longTerm: false,
  fromAbove: null,
  assignedAt: at,
  found: false,
  guarded: false,
  task: false,
  special: null,
  petition: null,
  dispute: null,
}

export const holderRoles: Role[] = ['handler', 'organisation-lead']
