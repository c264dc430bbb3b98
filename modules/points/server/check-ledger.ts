/** The ledger held against itself: hourly, and whenever a supervisor asks. */
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { type Difference, foldBalances, keepCheck } from './ledger-store.ts'
import { voucherDifferences } from './voucher-store.ts'

/** Accounts against entries, and vouchers against the accounts that stand for them. */
export async function checkStreetLedger(tx: Tx, id: string, at: Date): Promise<readonly Difference[]> {
  return keepCheck(tx, id, at, await voucherDifferences(tx))
}

/** Each hour; a difference stops spending until a check finds none. */
export async function checkHourly(call: JobCall): Promise<void> {
  const found = await checkStreetLedger(call.tx, call.newId(), call.at)
  if (found.length > 0) call.audit({ subjectType: 'ledger', detail: { differences: found.length } })
}

/** Every minute: folds what came to accounts, a few hundred accounts at a time. */
export async function foldEveryMinute({ tx }: JobCall): Promise<void> {
  await foldBalances(tx, 500)
}
