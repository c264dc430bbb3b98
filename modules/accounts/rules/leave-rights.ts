/** Who may say that the holder of a post is away, and whom they may name to stand in. */
import type { Role } from '../../../lib/contract.ts'

export interface LeavePost {
  accountId: string
  role: Role
  areaPath: string | null
  organisationId: string | null
}

export interface LeaveActor {
  accountId: string
  posts: readonly Omit<LeavePost, 'accountId'>[]
}

const gridRoles: readonly Role[] = ['micro-grid-member', 'grid-worker']
const communityRoles: readonly Role[] = [...gridRoles, 'grid-head', 'clerk', 'verifier', 'viewer']
const streetRoles: readonly Role[] = [...communityRoles, 'secretary', 'dispatcher', 'duty-head', 'supervisor']
/** The head of whom: by role, within the head's own place. */
const headOf: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  'grid-head': gridRoles,
  secretary: communityRoles,
  'duty-head': streetRoles,
}
const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

const covers = (wide: string | null, narrow: string | null): boolean =>
  wide !== null && narrow !== null && (narrow === wide || narrow.startsWith(`${wide}.`))

/** The holder themselves, their head, or the security administrator. */
// Rule: issue 3, item 9. Heads are read from rights.md: the lead of an organisation, the grid head, the secretary of a
// community and the duty head of the street, each over those within their place.
export function maySetLeave(actor: LeaveActor, post: LeavePost): boolean {
  if (actor.accountId === post.accountId) return true
  return actor.posts.some((own) => {
    if (own.role === 'security-admin') return true
    if (own.role === 'organisation-lead')
      return post.organisationId !== null && post.organisationId === own.organisationId
    return headOf[own.role]?.includes(post.role) === true && covers(own.areaPath, post.areaPath)
  })
}

/** The area one level up; the street's own stays itself. */
const above = (path: string): string => path.split('.').slice(0, -1).join('.') || path

/**
 * Whether a post's holder may be named. An own post may be lent to a colleague: in the same organisation, beside the
 * post or above it. Only the security administrator may name others, for that is appointing; and an administrator's
 * post goes to their like alone.
 */
// Rule: rights.md: accounts, posts and roles are the security administrator's; no administrator holds another role.
export function mayStandIn(actor: LeaveActor, absent: LeavePost, candidate: LeavePost): boolean {
  if (candidate.accountId === absent.accountId) return false
  if (administrators.includes(absent.role) || administrators.includes(candidate.role))
    return candidate.role === absent.role
  if (actor.posts.some((own) => own.role === 'security-admin')) return true
  if (absent.organisationId !== null) return candidate.organisationId === absent.organisationId
  if (absent.areaPath === null || candidate.areaPath === null || candidate.role === 'viewer') return false
  // Members are neighbours who help; the posts of staff are not lent to them.
  if (candidate.role === 'micro-grid-member' && absent.role !== 'micro-grid-member') return false
  return covers(candidate.areaPath, absent.areaPath) || covers(above(absent.areaPath), candidate.areaPath)
}
