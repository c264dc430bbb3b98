/**
 * The common end of both sign-ins: a session, its cookie, and the transaction in the street as this person. Both have
 * changed the account's row before, which makes sign-ins of one account wait for each other.
 */

import type { OperationContract } from '../../../lib/contract.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { SessionView } from '../contract.ts'
import { sessionLimits, sessionsPerAccount } from '../rules/session-limits.ts'
import { readActor } from './authenticate.ts'
import { endOldestSessions, endSessionOfToken, openSession } from './session-store.ts'
import { sessionView } from './session-view.ts'

export async function beginSession(
  call: Call<OperationContract>,
  account: { id: string; kind: 'staff' | 'resident' },
  streetId: number,
): Promise<SessionView> {
  const { tx, at, services } = call
  // The browser's earlier session can not be reached again once its cookie is replaced.
  if (call.sessionToken !== undefined) await endSessionOfToken(tx, call.sessionToken, at)
  const limits = sessionLimits(account.kind)
  const token = await openSession(tx, { accountId: account.id, streetId, limits, at, device: call.device })
  const sessionsEnded = await endOldestSessions(tx, account.id, sessionsPerAccount, at)
  const actor = await readActor(tx, token, at, services)
  if (actor === undefined) throw new Refusal('accounts/no-post')
  await call.enter(actor)
  call.setSessionCookie(token, account.kind === 'resident' ? limits.absoluteMinutes * 60 : undefined)
  call.audit({
    subjectType: 'account',
    subjectId: account.id,
    postId: narrowestPost(actor)?.id ?? null,
    ...(sessionsEnded > 0 ? { detail: { sessionsEnded } } : {}),
  })
  return sessionView(tx, services, actor, at)
}
