import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { confirmPendingTotp, findAccount } from './account-store.ts'
import { stepOfTotp } from './second-factor.ts'
import { endSessionsOfAccount } from './session-store.ts'
import { sessionView } from './session-view.ts'

/** The account's other sessions end: they began without this factor. */
export const confirmTotp = operation(contract.confirmTotp, async (call) => {
  const { tx, body, actor, at, services } = call
  const { accountId } = actor
  const sealed = (await findAccount(tx, accountId))?.totp_pending_secret
  if (!sealed) throw new Refusal('accounts/totp-wrong')
  const secret = services.keys.open(`accounts.totp_pending_secret.${accountId}`, sealed)
  const step = stepOfTotp(secret, body.totp, at)
  if (step === undefined) throw new Refusal('accounts/totp-wrong')
  const kept = services.keys.seal(`accounts.totp_secret.${accountId}`, secret)
  await confirmPendingTotp(tx, accountId, kept, step, at)
  await endSessionsOfAccount(tx, accountId, at, actor.sessionId)
  call.audit({ subjectType: 'account', subjectId: accountId })
  return sessionView(tx, services, { ...actor, mustEnrolTotp: false }, at)
})
