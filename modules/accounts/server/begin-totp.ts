import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { findAccount, setPendingTotp } from './account-store.ts'
import { makeTotpSecret } from './second-factor.ts'

/** A second factor in use stays in use until the new one is confirmed. */
export const beginTotp = operation(contract.beginTotp, async (call) => {
  const { tx, actor, services } = call
  const account = await findAccount(tx, actor.accountId)
  const made = makeTotpSecret(account?.username ?? '')
  await setPendingTotp(
    tx,
    actor.accountId,
    services.keys.seal(`accounts.totp_pending_secret.${actor.accountId}`, made.secret),
  )
  call.audit({ subjectType: 'account', subjectId: actor.accountId })
  return made
})
