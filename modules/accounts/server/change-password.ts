import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { isLocked } from '../rules/lock-out.ts'
import { decidePassword } from '../rules/password-policy.ts'
import { findAccount, recordFailure, setPassword } from './account-store.ts'
import { beginAttempt, noteFailure, refuseLocked } from './failed-attempts.ts'
import { hashPassword, isRightPassword } from './passwords.ts'
import { endSessionsOfAccount } from './session-store.ts'

/** A wrong current password counts like one at sign-in: an unlocked screen is no place to guess it. */
export const changePassword = operation(contract.changePassword, async (call) => {
  const { tx, body, actor, at } = call
  const attempt = beginAttempt(call, actor.accountId)
  const account = await findAccount(tx, actor.accountId)
  const username = account?.username
  if (!account || !username) throw new Error('a staff account has a user name')
  refuseLocked(attempt, { failures: account.failed_sign_ins, lockedUntil: account.locked_until }, at)
  if (!(await isRightPassword(account.password_hash, body.current))) {
    const code = 'accounts/wrong-credentials'
    noteFailure(call, attempt, contract.changePassword.name, {
      accountId: account.id,
      streetId: actor.streetId,
      code,
      count: async (after) => isLocked(await recordFailure(after, account.id, at), at),
    })
    throw new Refusal(code)
  }
  if (!decidePassword(body.next, username).ok || body.next === body.current)
    throw new Refusal('accounts/weak-password')
  await setPassword(tx, account.id, await hashPassword(body.next))
  const ended = await endSessionsOfAccount(tx, account.id, at, actor.sessionId)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { sessionsEnded: ended } })
  return {}
})
