/** Whole cases with their history, many at once: for the demo street and for imports of what happened elsewhere. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseRow } from './case-row.ts'
import type { NewEntry, NewReporter } from './case-store.ts'

export interface WholeCase {
  row: CaseRow
  entries: readonly NewEntry[]
  reporter: NewReporter | null
  terms: readonly string[]
}

/**
 * Writes them under the context of the system in the street; every check and policy of the tables holds. A parent
 * stands in the same batch or is there already. Nothing is audited, announced or scheduled: the caller decides.
 */
export async function insertCases(tx: Tx, streetId: number, cases: readonly WholeCase[]): Promise<void> {
  const of = (caseId: string) => ({ street_id: streetId, case_id: caseId })
  const rows = cases.map(({ row }) => row)
  const entries = cases.flatMap(({ row, entries }) => entries.map((entry) => ({ ...of(row.id), ...entry })))
  const reporters = cases.flatMap(({ row, reporter }) => (reporter ? [{ ...of(row.id), ...reporter }] : []))
  const search = cases.map(({ row, terms }) => ({
    ...of(row.id),
    area: row.area,
    created_at: row.created_at,
    terms,
  }))
  await tx.run(
    sql`insert into cases select * from jsonb_populate_recordset(null::cases, ${JSON.stringify(rows)}::jsonb)`,
  )
  await tx.run(
    sql`insert into case_entries select * from jsonb_populate_recordset(null::case_entries, ${JSON.stringify(entries)}::jsonb)`,
  )
  await tx.run(
    sql`insert into case_search select * from jsonb_populate_recordset(null::case_search, ${JSON.stringify(search)}::jsonb)`,
  )
  if (reporters.length > 0)
    await tx.run(
      sql`insert into case_reporters select * from jsonb_populate_recordset(null::case_reporters, ${JSON.stringify(reporters)}::jsonb)`,
    )
}

/** Takes a run of numbers for each day; gives the first number of each. */
export async function takeCaseNumbers(
  tx: Tx,
  streetId: number,
  counts: ReadonlyMap<Day, number>,
): Promise<Map<Day, number>> {
  const wanted = [...counts].map(([day, count]) => ({ day, count }))
  const rows = await tx.many(
    sql<{
      day: Day
      next: number
      count: number
    }>`insert into case_number_counters as c (street_id, day, next_number)
      select ${streetId}::int, r.day, 1 + r.count
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(day date, count int) order by r.day
      on conflict (street_id, day) do update set next_number = c.next_number + excluded.next_number - 1
      returning day, next_number as next`,
  )
  return new Map(rows.map(({ day, next }) => [day, next - (counts.get(day) ?? 0)]))
}

/** `20261122-00041` */
export const caseNumber = (day: Day, running: number): string =>
  `${day.replaceAll('-', '')}-${String(running).padStart(5, '0')}`
