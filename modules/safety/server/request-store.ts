/** All SQL on requests whose person asked for mediation or whose dispute is mediated. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface RequestRow {
  case_id: string
  area: string
  reporter_id: string | null
  asked_at: Date | null
  mediation_id: string | null
  turned_by: string | null
  turned_at: Date | null
}

export const findRequest = (tx: Tx, streetId: number, id: string): Promise<RequestRow | undefined> =>
  tx.maybe(
    sql<RequestRow>`select * from mediation_requests where street_id = ${streetId} and case_id = ${id}`,
  )

export const requestOfMediation = (tx: Tx, streetId: number, id: string): Promise<RequestRow | undefined> =>
  tx.maybe(
    sql<RequestRow>`select * from mediation_requests where street_id = ${streetId} and mediation_id = ${id} limit 1`,
  )

/** Asked for and not taken up, the oldest first. */
export const waitingRequests = (tx: Tx, streetId: number): Promise<RequestRow[]> =>
  tx.many(
    sql<RequestRow>`select * from mediation_requests where street_id = ${streetId} and mediation_id is null
      order by asked_at, case_id limit 200`,
  )

/** Asking twice is asking once. */
export async function insertAsked(
  tx: Tx,
  streetId: number,
  row: { readonly caseId: string; readonly area: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into mediation_requests (street_id, case_id, area, reporter_id, asked_at)
      values (${streetId}, ${row.caseId}, ${row.area}, ${row.by}, ${row.at}) on conflict do nothing`,
  )
}

/** True when it was not taken up before. */
export async function turnRequest(
  tx: Tx,
  streetId: number,
  row: {
    readonly caseId: string
    readonly area: string
    readonly reporterId: string | null
    readonly mediationId: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const turned = await tx.run(
    sql`insert into mediation_requests as r (street_id, case_id, area, reporter_id, mediation_id, turned_by, turned_at)
      values (${streetId}, ${row.caseId}, ${row.area}, ${row.reporterId}, ${row.mediationId}, ${row.by}, ${row.at})
      on conflict (street_id, case_id) do update set mediation_id = excluded.mediation_id,
        turned_by = excluded.turned_by, turned_at = excluded.turned_at
      where r.mediation_id is null`,
  )
  return turned === 1
}
