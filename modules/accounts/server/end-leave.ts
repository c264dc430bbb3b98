import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { endLeaveAt, findLeave } from './leave-store.ts'
import { leaveView } from './leave-view.ts'
import { findPost } from './post-store.ts'
import { postForLeave } from './set-leave.ts'

/** Ended once, it stays as it ended. */
export const endLeave = operation(contract.endLeave, async (call) => {
  const { tx, params, actor, at } = call
  const leave = await findLeave(tx, actor.streetId, params.id)
  const post = leave === undefined ? undefined : await findPost(tx, actor.streetId, leave.postId)
  if (leave === undefined || post === undefined) throw new Refusal('accounts/not-found')
  const under = postForLeave(actor, post)
  const before = await leaveView(call, leave.id)
  await endLeaveAt(tx, actor.streetId, leave.id, at, actor.accountId)
  call.audit({
    subjectType: 'account',
    subjectId: post.accountId,
    postId: under,
    detail: { post: post.id, leave: leave.id },
  })
  const accounts = [post.accountId, ...(before.standIn ? [before.standIn.accountId] : [])]
  call.event({ type: 'post.leave', subjectId: post.id, audience: { accounts } })
  return leaveView(call, leave.id)
})
