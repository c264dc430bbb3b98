/** All SQL on the register of violations. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface ViolationRow {
  case_id: string
  area: string
  kind: string
  organisation_id: string | null
  rectify_on: Day | null
  area_cm2: number | null
  removed_cm2: number | null
  handed_to: string | null
  document_number: string | null
  handed_on: Day | null
  handed_by: string | null
  listed_by: string
  listed_at: Date
}

/** Newest first. */
export const violationsBetween = (
  tx: Tx,
  streetId: number,
  from: Date,
  before: Date,
): Promise<ViolationRow[]> =>
  tx.many(
    sql<ViolationRow>`select * from violations where street_id = ${streetId}
      and listed_at >= ${from} and listed_at < ${before} order by listed_at desc, case_id desc limit 20000`,
  )

/** When the first line within sight was listed. */
export async function firstListedAt(tx: Tx, streetId: number): Promise<Date | undefined> {
  const first = await tx.maybe(
    sql<{
      listed_at: Date
    }>`select listed_at from violations where street_id = ${streetId} order by listed_at limit 1`,
  )
  return first?.listed_at
}

export const findViolation = (tx: Tx, streetId: number, id: string): Promise<ViolationRow | undefined> =>
  tx.maybe(sql<ViolationRow>`select * from violations where street_id = ${streetId} and case_id = ${id}`)

/** A line that is given out again keeps the day on which it was first listed; a paper of the last time stands in its history. */
export async function putViolationRow(tx: Tx, streetId: number, row: ViolationRow): Promise<void> {
  await tx.run(
    sql`insert into violations select * from jsonb_populate_record(null::violations,
        ${JSON.stringify({ street_id: streetId, ...row })}::jsonb)
      on conflict (street_id, case_id) do update set kind = excluded.kind, organisation_id = excluded.organisation_id,
        rectify_on = excluded.rectify_on, area_cm2 = excluded.area_cm2, removed_cm2 = excluded.removed_cm2,
        handed_to = null, document_number = null, handed_on = null, handed_by = null`,
  )
}

export async function measureViolationRow(
  tx: Tx,
  streetId: number,
  id: string,
  { areaCm2, removedCm2 }: { readonly areaCm2: number | null; readonly removedCm2: number | null },
): Promise<void> {
  await tx.run(
    sql`update violations set area_cm2 = ${areaCm2}, removed_cm2 = ${removedCm2}
      where street_id = ${streetId} and case_id = ${id}`,
  )
}

export async function handOverRow(
  tx: Tx,
  streetId: number,
  id: string,
  paper: { readonly to: string; readonly documentNumber: string; readonly on: Day; readonly by: string },
): Promise<void> {
  await tx.run(
    sql`update violations set handed_to = ${paper.to}, document_number = ${paper.documentNumber},
      handed_on = ${paper.on}, handed_by = ${paper.by} where street_id = ${streetId} and case_id = ${id}`,
  )
}
