/** Who takes part in the access proof: one person for every role of the contracts, and where cases lie from their post. */
import { type Role, roles } from '../../lib/contract.ts'
import type { Pool } from '../../platform/db.ts'
import type { Person, Relation } from '../access-oracle.ts'
import { openProofSession, type ProofStreet } from '../support/proof-street.ts'

export interface CastMember {
  readonly key: string
  readonly person: Person
  readonly postId: string | null
  readonly street: ProofStreet
  readonly token: string
  /** Another session of the same person, for the operations that end one. */
  readonly spareToken: string
  /** Code of the area from which relations are counted. */
  readonly base: string
}

/** Roles whose post can stand in several places are played at each. */
const played: Readonly<Record<Role, readonly string[]>> = {
  resident: ['resident'],
  'micro-grid-member': ['micro-grid-member-c1g1m1'],
  'grid-worker': ['grid-worker-c1g1'],
  'grid-head': ['grid-head-c1g1'],
  clerk: ['clerk-c1'],
  secretary: ['secretary-c1'],
  dispatcher: ['dispatcher'],
  'duty-head': ['duty-head'],
  verifier: ['verifier', 'verifier-c1'],
  supervisor: ['supervisor'],
  handler: ['handler-enforcement'],
  'organisation-lead': ['organisation-lead-enforcement'],
  viewer: ['viewer', 'viewer-c1'],
  'system-admin': ['system-admin'],
  'security-admin': ['security-admin'],
  'audit-admin': ['audit-admin'],
}

/** People and orders without an area: their relations are counted from this micro-grid. */
const baseWithoutArea = 'c1g1m1'

export async function assembleCast(pool: Pool, street: ProofStreet, at: Date): Promise<CastMember[]> {
  const cast: CastMember[] = []
  for (const role of roles)
    for (const key of played[role]) {
      const post = role === 'resident' ? undefined : street.staffOf(key)
      const accountId = post?.accountId ?? street.residents[0]?.accountId ?? ''
      const open = () => openProofSession(pool, accountId, street.streetId, at)
      cast.push({
        key,
        street,
        postId: post?.postId ?? null,
        token: await open(),
        spareToken: await open(),
        base: post?.areaCode ?? baseWithoutArea,
        person: {
          accountId,
          role,
          street: street.streetId,
          area: post?.areaCode ? street.areaPath(post.areaCode) : null,
          organisation: post?.organisationCode ? street.organisationId(post.organisationCode) : null,
        },
      })
    }
  return cast
}

/**
 * The area of a case in this relation to the person's base; undefined where the tree has none: nothing stands above
 * or beside a street, nothing below a micro-grid. `another-street` gives the area's code in the other street.
 */
export function areaInRelation(member: CastMember, relation: Relation): string | undefined {
  const { base, street } = member
  const level = base === street.code ? 0 : base.includes('m') ? 3 : base.includes('g') ? 2 : 1
  switch (relation) {
    case 'own':
      return base
    case 'ancestor':
      return [undefined, street.code, base.slice(0, 2), base.slice(0, 4)][level]
    case 'descendant':
      return ['c1g1m1', `${base}g1m1`, `${base}m1`, undefined][level]
    case 'sibling':
      return [undefined, 'c2', `${base.slice(0, 2)}g2`, `${base.slice(0, 4)}m2`][level]
    case 'another-community':
      return [undefined, 'c2g1m1', 'c2g1', 'c2g1m1'][level]
    case 'another-street':
      return level === 0 ? 'c1' : base
  }
}
