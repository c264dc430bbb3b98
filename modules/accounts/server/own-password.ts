/** The password asked for again in a session that is open: an unlocked screen is no proof of who sits there. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { isLocked } from '../rules/lock-out.ts'
import { type AccountRow, findAccount, recordFailure } from './account-store.ts'
import { beginAttempt, noteFailure, refuseLocked } from './failed-attempts.ts'
import { isRightPassword } from './passwords.ts'

/**
 * The staff account of whoever calls, once the password was right. A wrong one counts like one at sign-in.
 * @throws Refusal accounts/wrong-credentials, accounts/locked
 */
export async function proveOwnPassword<C extends OperationContract>(
  call: Call<C>,
  operation: string,
  password: string,
): Promise<AccountRow & { username: string }> {
  const { tx, actor, at } = call
  const attempt = beginAttempt(call, actor.accountId)
  const account = await findAccount(tx, actor.accountId)
  const username = account?.username
  if (!account || !username) throw new Error('a staff account has a user name')
  refuseLocked(attempt, { failures: account.failed_sign_ins, lockedUntil: account.locked_until }, at)
  if (await isRightPassword(account.password_hash, password)) return { ...account, username }
  const code = 'accounts/wrong-credentials'
  noteFailure(call, attempt, operation, {
    accountId: account.id,
    streetId: actor.streetId,
    code,
    count: async (after) => isLocked(await recordFailure(after, account.id, at), at),
  })
  throw new Refusal(code)
}
