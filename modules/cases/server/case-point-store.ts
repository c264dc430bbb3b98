/** SQL of the places of open cases. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { CasePoint } from '../contract.ts'

export function casePoints(tx: Tx, streetId: number, at: Date, limit: number): Promise<CasePoint[]> {
  return tx.many(sql<CasePoint>`select id, lng, lat, state, coalesce(due_at < ${at}, false) as overdue from cases
    where street_id = ${streetId} and lng is not null and lat is not null
      and state in ('pending', 'accepted', 'assigned', 'in-progress', 'result-submitted')
    order by created_at desc, id desc limit ${limit}`)
}
