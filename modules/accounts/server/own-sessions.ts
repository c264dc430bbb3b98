/** Where a person is signed in, and ending it there. */
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { endOwnSessionRow, endSessionsOfAccount, livingSessions } from './session-store.ts'

export const listOwnSessions = operation(contract.listOwnSessions, async ({ tx, actor, at }) => {
  const rows = await livingSessions(tx, actor.accountId, at)
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === actor.sessionId,
      device: row.device,
      since: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
    })),
  }
})

export const endOwnSession = operation(contract.endOwnSession, async (call) => {
  const { tx, params, actor, at } = call
  if (!(await endOwnSessionRow(tx, actor.accountId, params.id, at))) throw new Refusal('accounts/not-found')
  if (params.id === actor.sessionId) call.setSessionCookie(null)
  call.audit({
    subjectType: 'account',
    subjectId: actor.accountId,
    postId: narrowestPost(actor)?.id ?? null,
    detail: { session: params.id },
  })
  return {}
})

export const endOtherSessions = operation(contract.endOtherSessions, async (call) => {
  const { tx, actor, at } = call
  const ended = await endSessionsOfAccount(tx, actor.accountId, at, actor.sessionId)
  call.audit({
    subjectType: 'account',
    subjectId: actor.accountId,
    postId: narrowestPost(actor)?.id ?? null,
    detail: { sessionsEnded: ended },
  })
  return { ended }
})
