/** Whether the ledger of some street differs from itself, so that nothing is spent there. */
import { sql } from 'kysely'
import { newestLedgerCheck } from '../../modules/points/server/index.ts'
import { systemActor } from '../../platform/actor.ts'
import { inTransaction, openPool } from '../../platform/db.ts'
import { type Finding, finding } from '../../platform/finding.ts'

export async function ledgerFinding(appUrl: string): Promise<Finding> {
  const pool = openPool(appUrl, 1, 'linli-doctor')
  try {
    const stopped = await inTransaction(pool, { actor: undefined, readOnly: true }, async (tx) => {
      const streets = await tx.many(
        sql<{ id: number; name: string }>`select street_id as id, name from streets order by street_id`,
      )
      const found: string[] = []
      for (const { id, name } of streets) {
        await tx.enter(systemActor(id, 'none'))
        if (((await newestLedgerCheck(tx, id))?.differences.length ?? 0) > 0) found.push(name)
      }
      return found
    })
    return stopped.length === 0
      ? finding('ledger', 'ok', '积分账与明细相符。', 'The ledger of points agrees with its entries.')
      : finding(
          'ledger',
          'fail',
          `${stopped.join('、')}的积分账核对有差额，积分和爱心券已暂停使用：请在“积分 → 总账”查看，查清后再核对一次。`,
          `The ledger of ${stopped.join(', ')} differs from itself, so points and vouchers are not spent: see Points, Ledger, and check again once it is cleared up.`,
        )
  } finally {
    await pool.end()
  }
}
