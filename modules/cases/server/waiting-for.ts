/** What waits for a person: their desk's intake, their orders, checks and approvals (今日待办). */
import { type RawBuilder, sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import type { Actor } from '../../../platform/actor.ts'

const holderRoles: readonly Role[] = ['handler', 'organisation-lead']

/** A condition on `cases`; which of these rows the actor may see at all is row security's business. */
export function waitingFor(actor: Actor): RawBuilder<unknown> {
  const has = (...roles: Role[]) => roles.some((role) => actor.roles.includes(role))
  const any: RawBuilder<unknown>[] = []
  const postIds = actor.posts.map((post) => post.id)
  if (actor.kind === 'resident')
    any.push(sql`(reporter_id = ${actor.accountId} and state = 'answered' and rating is null)`)
  if (has('clerk', 'secretary'))
    any.push(
      sql`(desk = 'community' and (state in ('pending', 'accepted') or pending_approval ->> 'act' = 'return'))`,
    )
  if (has('dispatcher', 'duty-head'))
    any.push(
      sql`(desk = 'street' and (state in ('pending', 'accepted') or pending_approval ->> 'act' = 'return'))`,
    )
  if (has('verifier', 'supervisor')) any.push(sql`state = 'result-submitted'`)
  if (has('supervisor', 'duty-head'))
    any.push(sql`pending_approval ->> 'act' in ('extend', 'defer', 'suspend', 'close')`)
  if (has('verifier', 'supervisor'))
    any.push(
      sql`(state = 'answered' and pending_approval is null and (outcome = 'unsolved' or rating ->> 'solved' = 'false'))`,
    )
  if (has(...holderRoles))
    any.push(
      sql`(state in ('assigned', 'in-progress') and organisation_id = any(${[...actor.scope.organisations]}::uuid[])
        and (holder_post_id is null or holder_post_id = any(${postIds}::uuid[]) or ${has('organisation-lead')}))`,
    )
  if (postIds.length > 0)
    any.push(sql`(state in ('assigned', 'in-progress') and holder_post_id = any(${postIds}::uuid[]))`)
  return any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})`
}
