import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { markReadOf } from './notice-store.ts'

/** 已读 and 全部已读. Other screens of the same person hear of it, so that nothing is shown twice. */
export const markRead = operation(contract.markRead, async (call) => {
  const { tx, actor, at, body } = call
  const marked = await markReadOf(tx, actor, at, body.ids)
  if (marked > 0)
    call.event({
      type: 'notice.read',
      subjectId: actor.accountId,
      audience: { accounts: [actor.accountId] },
    })
  return { marked }
})
