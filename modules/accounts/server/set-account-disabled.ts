import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { lockStaffOfStreet, setDisabled } from './account-store.ts'
import { accountView } from './account-view.ts'
import { endSessionsOfAccount } from './session-store.ts'

/** Its sessions end too, so that an account that is enabled again is not still signed in somewhere. */
export const setAccountDisabled = operation(contract.setAccountDisabled, async (call) => {
  const { tx, params, body, actor, at, services } = call
  if (params.id === actor.accountId) throw new Refusal('accounts/own-account')
  const account = await lockStaffOfStreet(tx, actor.streetId, params.id)
  if (account === undefined) throw new Refusal('accounts/not-found')
  const disabledAt = body.disabled ? (account.disabled_at ?? at) : null
  await setDisabled(tx, account.id, disabledAt)
  if (body.disabled) await endSessionsOfAccount(tx, account.id, at)
  call.audit({ subjectType: 'account', subjectId: account.id, detail: { disabled: body.disabled } })
  const changed = { ...account, disabled_at: disabledAt }
  return accountView(tx, services.keys, actor.streetId, changed, at)
})
