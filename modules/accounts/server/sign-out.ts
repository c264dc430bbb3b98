import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { endSession, endSessionsOfAccount } from './session-store.ts'

export const signOut = operation(contract.signOut, async (call) => {
  const { tx, query, actor, at } = call
  const everywhere = query.everywhere ?? false
  if (everywhere) await endSessionsOfAccount(tx, actor.accountId, at)
  else if (actor.sessionId !== null) await endSession(tx, actor.sessionId, at)
  call.setSessionCookie(null)
  call.audit({
    subjectType: 'account',
    subjectId: actor.accountId,
    postId: narrowestPost(actor)?.id ?? null,
    detail: { everywhere },
  })
  return {}
})
