import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { findAccount, setPendingTotp } from './account-store.ts'
import { proveOwnPassword } from './own-password.ts'
import { makeTotpSecret } from './second-factor.ts'

/**
 * A second factor in use stays in use until the new one is confirmed, and is replaced only by who knows the password. The first
 * one is set up right after a sign-in, which asked for it.
 */
export const beginTotp = operation(contract.beginTotp, async (call) => {
  const { tx, actor, services, body } = call
  const account = await findAccount(tx, actor.accountId)
  if (account?.totp_confirmed_at) {
    if (body.password === undefined) throw new Refusal('accounts/password-needed')
    await proveOwnPassword(call, contract.beginTotp.name, body.password)
  }
  const made = makeTotpSecret(account?.username ?? '')
  await setPendingTotp(
    tx,
    actor.accountId,
    services.keys.seal(`accounts.totp_pending_secret.${actor.accountId}`, made.secret),
  )
  call.audit({ subjectType: 'account', subjectId: actor.accountId })
  return made
})
