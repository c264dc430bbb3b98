/** A merged case has no end of its own: it counts as ended when its parent does, and so does the time for rating it. */
import type { OperationContract } from '../../../lib/contract.ts'
import { fixedQuery, type Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import type { CaseRow } from './case-row.ts'

/** Runs as the system, for a merged case may lie in another community than its parent. */
export async function endMergedCases<C extends OperationContract>(
  call: Call<C>,
  { street_id, id, closed_at }: CaseRow,
  streetPath: string,
): Promise<void> {
  await call.asSystem(streetPath, () => markMergedCases(call.tx, street_id, [id], closed_at))
}

/** Null when the parent is open again. */
export async function markMergedCases(
  tx: Tx,
  streetId: number,
  parentIds: readonly string[],
  closedAt: Date | null,
): Promise<void> {
  await tx.run(
    fixedQuery(
      `update cases set closed_at = $3::timestamptz, version = version + 1
        where street_id = $1::int and parent_case_id = any($2::uuid[]) and state = 'merged'
          and closed_at is distinct from $3::timestamptz`,
      [streetId, parentIds, closedAt],
    ),
  )
}
