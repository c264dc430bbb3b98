import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { decidePassword } from '../rules/password-policy.ts'
import { setPassword } from './account-store.ts'
import { proveOwnPassword } from './own-password.ts'
import { hashPassword } from './passwords.ts'
import { endSessionsOfAccount } from './session-store.ts'

/** A wrong current password counts like one at sign-in: an unlocked screen is no place to guess it. */
export const changePassword = operation(contract.changePassword, async (call) => {
  const { tx, body, actor, at } = call
  const account = await proveOwnPassword(call, contract.changePassword.name, body.current)
  if (!decidePassword(body.next, account.username).ok || body.next === body.current)
    throw new Refusal('accounts/weak-password')
  await setPassword(tx, account.id, await hashPassword(body.next))
  const ended = await endSessionsOfAccount(tx, account.id, at, actor.sessionId)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { sessionsEnded: ended } })
  return {}
})
