/** Who stands in for a post whose holder is away or gone: an order of posts, so that nothing is ever left with nobody. */
import type { Role } from '../../../lib/contract.ts'

export interface StandInPost {
  id: string
  accountId: string
  role: Role
  areaPath: string | null
  organisationId: string | null
  /** The one lead among the members of a micro-grid. */
  lead: boolean
  /** The post that this one was appointed to stand in for. */
  standInFor: string | null
}

/**
 * The ladder of each role. Inside an organisation the lead comes first, for the lead gives out its work; every ladder
 * of a role that works on cases ends at the street's centre, which is always there.
 */
// Rule: issue 3, item 9, and product.md principle 2: the lowest level that can, then up by one.
const ladders: Readonly<Record<Role, readonly Role[]>> = {
  'micro-grid-member': [
    'micro-grid-member',
    'grid-worker',
    'grid-head',
    'clerk',
    'secretary',
    'dispatcher',
    'duty-head',
  ],
  'grid-worker': ['grid-worker', 'grid-head', 'clerk', 'secretary', 'dispatcher', 'duty-head'],
  'grid-head': ['grid-head', 'secretary', 'clerk', 'duty-head', 'dispatcher'],
  clerk: ['clerk', 'secretary', 'dispatcher', 'duty-head'],
  secretary: ['secretary', 'clerk', 'duty-head', 'dispatcher'],
  dispatcher: ['dispatcher', 'duty-head'],
  'duty-head': ['duty-head', 'dispatcher'],
  verifier: ['verifier', 'supervisor', 'duty-head', 'dispatcher'],
  supervisor: ['supervisor', 'duty-head', 'verifier', 'dispatcher'],
  handler: ['organisation-lead', 'handler', 'duty-head', 'dispatcher'],
  'organisation-lead': ['organisation-lead', 'handler', 'duty-head', 'dispatcher'],
  // Nothing waits for those who only look, and no administrator's third goes to anyone but their like.
  viewer: [],
  resident: [],
  'system-admin': ['system-admin'],
  'security-admin': ['security-admin'],
  'audit-admin': ['audit-admin'],
}

const organisationRoles: readonly Role[] = ['handler', 'organisation-lead']

/** Whether cases wait for posts of this role, so that somebody must stand in. */
export const needsStandIn = (role: Role): boolean => ladders[role].length > 1

const covers = (wide: string | null, narrow: string | null): boolean =>
  wide !== null && narrow !== null && (narrow === wide || narrow.startsWith(`${wide}.`))

/** The same organisation, or an area that holds the area of the post. The street's centre reaches everything. */
function reaches(candidate: StandInPost, absent: StandInPost): boolean {
  if (organisationRoles.includes(candidate.role))
    return candidate.organisationId !== null && candidate.organisationId === absent.organisationId
  return absent.areaPath === null ? candidate.areaPath !== null : covers(candidate.areaPath, absent.areaPath)
}

const depth = (post: StandInPost): number => post.areaPath?.length ?? 0

/**
 * Ids of the posts that stand in, the first first: whoever was named; whoever was appointed for this; the lead of the
 * same place; then down the role's ladder, the nearest area first. `others` are the posts in force; a post of the same
 * person never stands in.
 */
export function orderStandIns(
  absent: StandInPost,
  others: readonly StandInPost[],
  namedId: string | null,
): string[] {
  const ladder = ladders[absent.role]
  const rank = (post: StandInPost): number => {
    if (post.id === namedId) return -3
    if (post.standInFor === absent.id) return -2
    if (post.lead && post.areaPath !== null && post.areaPath === absent.areaPath) return -1
    return ladder.indexOf(post.role)
  }
  const may = (post: StandInPost): boolean =>
    post.accountId !== absent.accountId &&
    post.id !== absent.id &&
    (post.id === namedId ||
      post.standInFor === absent.id ||
      (ladder.includes(post.role) && reaches(post, absent)))
  return others
    .filter(may)
    .toSorted((a, b) => rank(a) - rank(b) || depth(b) - depth(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((post) => post.id)
}
