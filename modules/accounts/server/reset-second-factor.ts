import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { forgetTotp, lockStaffOfStreet } from './account-store.ts'
import { accountView } from './account-view.ts'
import { endSessionsOfAccount } from './session-store.ts'

/** For a lost phone. A role that needs a second factor opens nothing but its enrolment at the next sign-in. */
export const resetSecondFactor = operation(contract.resetSecondFactor, async (call) => {
  const { tx, params, actor, at, services } = call
  if (params.id === actor.accountId) throw new Refusal('accounts/own-account')
  const account = await lockStaffOfStreet(tx, actor.streetId, params.id)
  if (account === undefined) throw new Refusal('accounts/not-found')
  await forgetTotp(tx, account.id)
  const sessionsEnded = await endSessionsOfAccount(tx, account.id, at)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { sessionsEnded } })
  const changed = { ...account, totp_confirmed_at: null, totp_secret: null }
  return accountView(tx, services.keys, actor.streetId, changed, at)
})
