import { dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { type LeavePost, maySetLeave, mayStandIn } from '../rules/leave-rights.ts'
import { needsStandIn } from '../rules/stand-in-order.ts'
import { insertLeave, isAway, lockPost } from './leave-store.ts'
import { leaveView } from './leave-view.ts'
import { findPost, type PostRow } from './post-store.ts'
import { standInOrder } from './stand-ins.ts'

/** From its first day on, the stand-in acts for the post as if it were theirs; the holder keeps it too. */
export const setLeave = operation(contract.setLeave, async (call) => {
  const { tx, params, body, actor, at } = call
  const today = dayOf(at)
  const { fromDay, toDay, standInPostId = null } = body
  const post = await openPost(call, params.id)
  const under = postForLeave(actor, post)
  if (toDay < fromDay)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/toDay', message: 'must not be before fromDay' }],
    })
  if (toDay < today) throw new Refusal('accounts/leave-in-the-past')
  await lockPost(tx, actor.streetId, post.id)
  if (await isAway(tx, actor.streetId, post.id, { from: fromDay, to: toDay }))
    throw new Refusal('accounts/leave-overlaps')
  if (standInPostId !== null) await checkNamed(call, post, standInPostId)
  const standInPostIds = await standInOrder(tx, actor.streetId, post.id, standInPostId, today)
  if (standInPostIds.length === 0 && needsStandIn(post.role)) throw new Refusal('accounts/nobody-stands-in')
  const id = body.id ?? call.newId()
  const leave = { id, postId: post.id, fromDay, toDay, namedPostId: standInPostId, standInPostIds, at }
  if (!(await insertLeave(tx, actor.streetId, { ...leave, setBy: actor.accountId })))
    throw new Refusal('platform/invalid-input', { errors: [{ path: '/body/id', message: 'is taken' }] })
  const view = await leaveView(call, id)
  call.audit({
    subjectType: 'account',
    subjectId: post.accountId,
    postId: under,
    detail: { post: post.id, leave: id, fromDay, toDay, standIn: view.standIn?.postId ?? null },
  })
  const accounts = [post.accountId, ...(view.standIn ? [view.standIn.accountId] : [])]
  call.event({ type: 'post.leave', subjectId: post.id, audience: { accounts } })
  return view
})

/** @throws Refusal accounts/not-found for a post that is not there or has ended */
export async function openPost(
  { tx, actor, at }: Pick<Call<typeof contract.setLeave>, 'tx' | 'actor' | 'at'>,
  id: string,
): Promise<PostRow> {
  const post = await findPost(tx, actor.streetId, id)
  if (post === undefined || post.endedAt !== null || (post.toDay !== null && post.toDay < dayOf(at)))
    throw new Refusal('accounts/not-found')
  return post
}

/**
 * The id of the post under which the actor sets a leave of this one: itself, or the narrowest that makes them its head.
 * @throws Refusal accounts/not-your-leave
 */
export function postForLeave(actor: Actor, post: PostRow & LeavePost): string {
  if (post.accountId === actor.accountId) return post.id
  const posts = actor.posts.filter((own) => maySetLeave({ accountId: actor.accountId, posts: [own] }, post))
  const narrowest = narrowestPost({ posts })
  if (narrowest === undefined) throw new Refusal('accounts/not-your-leave')
  return narrowest.id
}

async function checkNamed(
  { tx, actor, at, body }: Call<typeof contract.setLeave>,
  absent: PostRow,
  namedId: string,
): Promise<void> {
  const named = await findPost(tx, actor.streetId, namedId)
  const holds =
    named !== undefined && named.endedAt === null && (named.toDay === null || named.toDay >= dayOf(at))
  if (!holds || !mayStandIn(actor, absent, named)) throw new Refusal('accounts/stand-in-unfit')
  if (await isAway(tx, actor.streetId, namedId, { from: body.fromDay, to: body.toDay }))
    throw new Refusal('accounts/stand-in-unfit')
}
