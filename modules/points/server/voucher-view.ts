/** Vouchers of an account as their holder reads them. */
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { PassbookView } from '../contract.ts'
import { type VoucherRow, vouchersOfAccount } from './voucher-store.ts'

export const goodOn = (row: VoucherRow, today: Day): boolean => row.how === null && row.expires_on >= today

/** With the codes of good ones where `keys` are given: for their holder and nobody else. */
export async function voucherViews(
  tx: Tx,
  streetId: number,
  { accountId, keys, today }: { accountId: string; keys: Keys | null; today: Day },
): Promise<PassbookView['vouchers']> {
  const rows = await vouchersOfAccount(tx, streetId, accountId)
  return rows.map((row) => ({
    serial: row.serial,
    code: keys && goodOn(row, today) ? keys.open(`vouchers.code.${row.id}`, row.code_encrypted) : null,
    valueFen: row.value_fen,
    expiresOn: row.expires_on,
    state: row.how ?? (goodOn(row, today) ? 'good' : 'expired'),
  }))
}
