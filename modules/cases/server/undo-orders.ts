/** 导入撤销: what nobody has worked on goes from every list, figure and act; the row and its history stay. */
import { sql } from 'kysely'
import { idMs, newId } from '../../../lib/ids.ts'
import { dayMs } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'

export interface Withdrawing {
  tx: Tx
  streetId: number
  by: string
  at: Date
}

/** Of these cases the ones that were taken out; the others have been worked on, or lie outside the caller's area. */
export async function withdrawOrders(
  { tx, streetId, by, at }: Withdrawing,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const gone = await tx.many(
    sql<{ id: string }>`select id from withdraw_orders(${[...caseIds]}::uuid[], ${at}) as w(id)`,
  )
  const entries = gone.map(({ id }) => ({
    street_id: streetId,
    id: newId(at.getTime()),
    case_id: id,
    at,
    act: 'withdraw',
    actor_id: by,
    from_state: 'pending',
    detail: {},
    file_ids: [],
    internal: true,
  }))
  if (entries.length > 0)
    await tx.run(
      sql`insert into case_entries select * from jsonb_populate_recordset(null::case_entries, ${JSON.stringify(entries)}::jsonb)`,
    )
  return new Set(gone.map(({ id }) => id))
}

// Rule: issue 3 item 1: the whole batch is undone within a day; the same holds for a sheet.
const undoWithinMs = dayMs

export const undoOrders = operation(contract.undoOrders, async (call) => {
  const { tx, actor, at, body } = call
  const orders = await tx.many(
    sql<{
      id: string
      number: string
      outside_number: string | null
    }>`select id, number, outside_number from cases
      where street_id = ${actor.streetId} and import_batch = ${body.batchId} order by created_at, id`,
  )
  const ids = orders.map(({ id }) => id)
  // A case's id tells when it was brought in; `created_at` is when those above received it.
  if (ids.some((id) => at.getTime() - idMs(id) > undoWithinMs)) throw new Refusal('cases/undo-too-late')
  const gone = await withdrawOrders({ tx, streetId: actor.streetId, by: actor.accountId, at }, ids)
  call.audit({ subjectType: 'upstream-import', subjectId: body.batchId, detail: { withdrawn: gone.size } })
  return {
    withdrawn: gone.size,
    kept: orders
      .filter(({ id }) => !gone.has(id))
      .map(({ id, number, outside_number }) => ({ caseId: id, number, outsideNumber: outside_number })),
  }
})
