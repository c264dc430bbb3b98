import type { Role } from '../lib/contract.ts'

/** A role held in an area or organisation, in force now. */
export interface Post {
  id: string
  role: Role
  areaId: string | null
  /** ltree path of the area; null for a post in an organisation. */
  areaPath: string | null
  organisationId: string | null
  /** The account whose post this is, where its holder is away and this person stands in. */
  standInFor?: string
}

/** What row security lets an actor reach: subtrees of areas, organisations, and what they reported themselves. */
export interface Scope {
  areas: readonly string[]
  organisations: readonly string[]
}

/** Who acts: a staff member with the union of their current posts, a resident, or the system itself. */
export interface Actor {
  kind: 'staff' | 'resident' | 'system'
  accountId: string
  streetId: number
  posts: readonly Post[]
  scope: Scope
  /** Roles of the current posts; a resident has `resident`. */
  roles: readonly Role[]
  mustEnrolTotp: boolean
  /** Signed in with a one-time password: until it is changed, nothing else is open. */
  mustChangePassword?: boolean
  sessionId: string | null
}

/** Roles that watch over others' work; what is kept from everybody else is open to them (rights.md). */
export const supervisingRoles: readonly Role[] = ['supervisor', 'duty-head']

/** Areas in which somebody holds a supervising post, as paths. */
export const supervisedAreas = ({ posts }: Pick<Actor, 'posts'>): string[] =>
  posts.flatMap(({ role, areaPath }) =>
    areaPath !== null && supervisingRoles.includes(role) ? [areaPath] : [],
  )

/** The id under which the system itself acts. */
export const systemAccountId = '00000000-0000-7000-8000-000000000000'

/** Roles of the desks, that keep what a dispute is about (rights.md). */
export const deskRoles: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']

/** Areas at whose desk somebody holds a post, as paths; the system stands at every desk. */
export const deskAreas = ({
  accountId,
  posts,
  scope,
}: Pick<Actor, 'accountId' | 'posts' | 'scope'>): readonly string[] =>
  accountId === systemAccountId
    ? scope.areas
    : posts.flatMap(({ role, areaPath }) => (areaPath !== null && deskRoles.includes(role) ? [areaPath] : []))

/** The system in one street: it sees the whole tree below `streetPath` and holds no post. */
export function systemActor(streetId: number, streetPath: string): Actor {
  return {
    kind: 'system',
    accountId: systemAccountId,
    streetId,
    posts: [],
    scope: { areas: [streetPath], organisations: [] },
    roles: [],
    mustEnrolTotp: false,
    sessionId: null,
  }
}
