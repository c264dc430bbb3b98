import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { oneTimeUntil } from '../rules/one-time-until.ts'
import { lockStaffOfStreet, setOneTimePassword } from './account-store.ts'
import { accountView } from './account-view.ts'
import { hashPassword, makeOneTimePassword } from './passwords.ts'
import { endSessionsOfAccount } from './session-store.ts'

/** For who forgot it: the old password is worth nothing from now on, and the new one only until it is changed. */
export const resetPassword = operation(contract.resetPassword, async (call) => {
  const { tx, params, actor, at, services } = call
  if (params.id === actor.accountId) throw new Refusal('accounts/own-account')
  const account = await lockStaffOfStreet(tx, actor.streetId, params.id)
  if (account === undefined) throw new Refusal('accounts/not-found')
  const oneTimePassword = makeOneTimePassword()
  await setOneTimePassword(tx, account.id, await hashPassword(oneTimePassword), oneTimeUntil(at))
  const sessionsEnded = await endSessionsOfAccount(tx, account.id, at)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { sessionsEnded } })
  return { account: await accountView(tx, services.keys, actor.streetId, account, at), oneTimePassword }
})
