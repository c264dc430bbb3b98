/** What waits for a person: their desk's intake, their orders, checks and approvals (今日待办). */
import { type RawBuilder, sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import { liesUnder } from '../rules/decide-act.ts'
import type { Names } from './names.ts'

/** Areas by id, because a path operator could use no index under row security; `true` for the whole street. */
export function coveredAreas(posts: readonly Post[], { areas }: Pick<Names, 'areas'>): RawBuilder<unknown> {
  const paths = posts.flatMap(({ areaPath }) => (areaPath === null ? [] : [areaPath]))
  if (paths.includes(areas.root.path)) return sql`true`
  const ids = [...areas.byId.values()]
    .filter((area) => paths.some((path) => liesUnder(area.path, path)))
    .map(({ id }) => id)
  return sql`area_id = any(${ids}::uuid[])`
}

/** Orders that stand with somebody who is no longer there, or with an organisation that no longer works. */
export function heldByNobody({ people }: Pick<Names, 'people'>): RawBuilder<unknown> {
  const posts = [...people.posts.values()].filter((post) => !post.current).map(({ id }) => id)
  const organisations = [...people.organisations.values()].filter((one) => !one.active).map(({ id }) => id)
  return sql`(state in ('assigned', 'in-progress') and (holder_post_id = any(${posts}::uuid[])
    or (holder_post_id is null and organisation_id = any(${organisations}::uuid[]))))`
}

/**
 * A condition on `cases`. Each duty counts only where one of the posts that carry it covers the case: whoever is clerk
 * in one community and verifier in another is not shown the checks of the first.
 */
export function waitingFor(actor: Actor, names: Names): RawBuilder<unknown> {
  const postsOf = (...roles: Role[]) => actor.posts.filter((post) => roles.includes(post.role))
  const any: RawBuilder<unknown>[] = []
  const inArea = (roles: Role[], condition: RawBuilder<unknown>) => {
    const posts = postsOf(...roles)
    if (posts.length > 0) any.push(sql`(${condition} and ${coveredAreas(posts, names)})`)
  }
  if (actor.kind === 'resident')
    any.push(
      sql`(reporter_id = ${actor.accountId} and state = 'answered' and rating is null and outside_rating is null)`,
    )
  const atDesk = sql`(state in ('pending', 'accepted') or pending_approval ->> 'act' = 'return' or ${heldByNobody(names)})`
  inArea(['clerk', 'secretary'], sql`desk = 'community' and ${atDesk}`)
  inArea(['dispatcher', 'duty-head'], sql`desk = 'street' and ${atDesk}`)
  inArea(['verifier', 'supervisor'], sql`state = 'result-submitted'`)
  inArea(
    ['supervisor', 'duty-head'],
    sql`pending_approval ->> 'act' in ('extend', 'defer', 'suspend', 'close', 'find-unreasonable')`,
  )
  inArea(
    ['verifier', 'supervisor'],
    sql`state = 'answered' and pending_approval is null and (outcome = 'unsolved' or rating ->> 'solved' = 'false'
      or outside_rating ->> 'solved' = 'false')`,
  )
  const held = sql`state in ('assigned', 'in-progress')`
  const organisationsOf = (role: Role) => postsOf(role).flatMap((post) => post.organisationId ?? [])
  const handlers = organisationsOf('handler')
  const leads = organisationsOf('organisation-lead')
  if (handlers.length > 0)
    any.push(sql`(${held} and organisation_id = any(${handlers}::uuid[]) and holder_post_id is null)`)
  if (leads.length > 0) any.push(sql`(${held} and organisation_id = any(${leads}::uuid[]))`)
  const postIds = actor.posts.map((post) => post.id)
  if (postIds.length > 0) any.push(sql`(${held} and holder_post_id = any(${postIds}::uuid[]))`)
  return any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})`
}
