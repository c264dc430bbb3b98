import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { endPostOn, findPost } from './post-store.ts'
import { postViews } from './post-view.ts'
import { refreshStandIns } from './stand-ins.ts'

/** Ended once, it stays as it ended: a second end changes nothing. */
export const endPost = operation(contract.endPost, async (call) => {
  const { tx, params, actor, at } = call
  const post = await findPost(tx, actor.streetId, params.id)
  if (post === undefined) throw new Refusal('accounts/not-found')
  if (post.accountId === actor.accountId) throw new Refusal('accounts/own-account')
  await endPostOn(tx, actor.streetId, post.id, at, dayOf(at))
  await refreshStandIns(tx, actor.streetId, at)
  call.audit({
    subjectType: 'account',
    subjectId: post.accountId,
    detail: { post: post.id, role: post.role },
  })
  const ended = await findPost(tx, actor.streetId, params.id)
  const [view] = ended === undefined ? [] : await postViews(tx, actor.streetId, [ended])
  if (view === undefined) throw new Error('the post is gone')
  return view
})
