/** Who runs a desk's roster, who may stand its shifts, and who settles a swap. See docs/decisions/0013-duty-roster.md. */
import type { Role } from '../../../lib/contract.ts'

export interface DeskFacts {
  /** ltree path of the desk's area. */
  readonly path: string
  readonly isStreet: boolean
}

export interface PostAt {
  readonly role: Role
  /** Null for a post in an organisation. */
  readonly areaPath: string | null
}

const under = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}.`)

/** Rule: rights.md: administrators run systems, accounts and audits, no desk; a viewer sees figures. */
const standNoShift: readonly Role[] = [
  'resident',
  'viewer',
  'system-admin',
  'security-admin',
  'audit-admin',
  'handler',
  'organisation-lead',
]
const gridStaff: readonly Role[] = ['grid-worker', 'grid-head']

/** Puts shifts and the call chain: the street's duty head or supervisor; at a community its secretary. */
export function mayRun(desk: DeskFacts, posts: readonly PostAt[]): boolean {
  const heads: readonly Role[] = desk.isStreet ? ['duty-head', 'supervisor'] : ['secretary']
  return posts.some(({ role, areaPath }) => heads.includes(role) && areaPath === desk.path)
}

/** Heads the desk as a standing post, on duty or not. */
export function headsDesk(desk: DeskFacts, role: Role): boolean {
  return role === (desk.isStreet ? 'duty-head' : 'secretary')
}

/** Settles swaps: who runs the roster, or a supervisor whose area holds the desk. */
export function maySettleSwaps(desk: DeskFacts, posts: readonly PostAt[]): boolean {
  return (
    mayRun(desk, posts) ||
    posts.some(
      ({ role, areaPath }) => role === 'supervisor' && areaPath !== null && under(desk.path, areaPath),
    )
  )
}

/** Heads a shift: a post at the desk itself, for it has to reach every case of the desk. */
export function mayHead(desk: DeskFacts, post: PostAt): boolean {
  return post.areaPath === desk.path && !standNoShift.includes(post.role) && post.role !== 'micro-grid-member'
}

/** Stands a shift: who may head one, and at a community the staff of its grids. */
export function mayStand(desk: DeskFacts, post: PostAt): boolean {
  if (mayHead(desk, post)) return true
  return (
    !desk.isStreet &&
    gridStaff.includes(post.role) &&
    post.areaPath !== null &&
    under(post.areaPath, desk.path)
  )
}

/** Belongs to the desk: reads its swaps and hand-over notes. */
export const isOfDesk = (desk: DeskFacts, posts: readonly PostAt[]): boolean =>
  posts.some((post) => mayStand(desk, post)) || maySettleSwaps(desk, posts)

/** Stands in its call chain: their own area holds the desk, so that they reach every case of it. */
export function mayBeCalled(desk: DeskFacts, post: PostAt): boolean {
  return (
    post.areaPath !== null &&
    under(desk.path, post.areaPath) &&
    !standNoShift.includes(post.role) &&
    post.role !== 'micro-grid-member'
  )
}
