/** Vouchers past their day go back to the reserve of the sponsor who gave them. */
import { dayOf } from '../../../lib/time.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { postTransfer } from './ledger.ts'
import { moneyAccount } from './system-accounts.ts'
import { endVoucher, expiredVouchers } from './voucher-store.ts'

const batch = 200

export async function expireVouchers(call: JobCall): Promise<void> {
  const { tx, actor, at } = call
  const rows = await expiredVouchers(tx, actor.streetId, dayOf(at), batch)
  for (const row of rows) {
    const transferId = call.newId()
    const ended = await endVoucher(tx, actor.streetId, {
      voucherId: row.id,
      how: 'expired',
      area: row.area,
      organisationId: null,
      valueFen: row.value_fen,
      transferId,
      by: actor.accountId,
      at,
    })
    if (!ended) continue
    await postTransfer(tx, {
      id: transferId,
      cause: 'voucher-expired',
      lines: [
        {
          accountId: await moneyAccount(tx, actor.streetId, 'vouchers', row.reserve_id, at),
          amount: -row.value_fen,
        },
        {
          accountId: await moneyAccount(tx, actor.streetId, 'reserve', row.reserve_id, at),
          amount: row.value_fen,
        },
      ],
      subject: { type: 'voucher', id: row.id },
      by: actor.accountId,
      at,
    })
  }
  if (rows.length === batch) call.job({ task: 'points.expireVouchers', payload: {}, runAt: at })
}
