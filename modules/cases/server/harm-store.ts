/** All SQL on mandatory reports, their trail, and the wall around the case that they name. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { HarmAct, HarmAuthority, HarmConcern } from '../harm-words.ts'

export interface HarmRow {
  readonly id: string
  readonly case_id: string | null
  readonly area_id: string
  readonly area: string
  readonly concern: HarmConcern
  readonly words_encrypted: string
  readonly made_by: string
  readonly made_post: string | null
  readonly made_at: Date
}

export interface HarmEntryRow {
  readonly id: string
  readonly report_id: string
  readonly at: Date
  readonly act: HarmAct
  readonly actor_id: string
  readonly actor_post: string | null
  readonly authority: HarmAuthority | null
  readonly told_at: Date | null
  readonly words_encrypted: string | null
}

export async function insertReport(tx: Tx, streetId: number, row: HarmRow): Promise<void> {
  await tx.run(sql`insert into harm_reports (street_id, id, case_id, area_id, area, concern, words_encrypted, made_by, made_post, made_at)
    values (${streetId}, ${row.id}, ${row.case_id}, ${row.area_id}, ${row.area}::ltree, ${row.concern}, ${row.words_encrypted},
      ${row.made_by}, ${row.made_post}, ${row.made_at})`)
}

export async function insertHarmEntry(
  tx: Tx,
  streetId: number,
  report: Pick<HarmRow, 'area' | 'made_by'>,
  row: HarmEntryRow,
): Promise<void> {
  await tx.run(sql`insert into harm_report_entries (street_id, id, report_id, area, made_by, at, act, actor_id, actor_post, authority,
      told_at, words_encrypted)
    values (${streetId}, ${row.id}, ${row.report_id}, ${report.area}::ltree, ${report.made_by}, ${row.at}, ${row.act}, ${row.actor_id},
      ${row.actor_post}, ${row.authority}, ${row.told_at}, ${row.words_encrypted})`)
}

/** Those that row security gives this person. */
export function findReports(tx: Tx, streetId: number, id?: string): Promise<HarmRow[]> {
  return tx.many(sql<HarmRow>`select *, area::text as area from harm_reports where street_id = ${streetId}
    ${id === undefined ? sql`` : sql`and id = ${id}`} order by made_at desc, id desc limit 200`)
}

export function entriesOfReports(
  tx: Tx,
  streetId: number,
  reportIds: readonly string[],
): Promise<HarmEntryRow[]> {
  return tx.many(sql<HarmEntryRow>`select * from harm_report_entries
    where street_id = ${streetId} and report_id = any(${[...reportIds]}::uuid[]) order by at, id`)
}

/**
 * Puts the wall around a case that the actor has in sight: out of every hand, off its clocks, found by no search. Its
 * history gets no line: that would be the trace.
 */
export async function guardCase(tx: Tx, streetId: number, caseId: string, by: string): Promise<void> {
  await tx.run(sql`select guard_case_in_search(${caseId}, null)`)
  await tx.run(sql`update cases set guarded_by = ${by}, confidential = true, organisation_id = null, shared_organisations = '{}',
      holder_post_id = null, holder_account_id = null, response_due_at = null, due_at = null, promised_at = null,
      clock_start_at = null, suspended_at = null, suspended_until = null, suspended_for = null, pending_approval = null,
      dispute = null, version = version + 1
    where street_id = ${streetId} and id = ${caseId}`)
}

/** Takes the wall down: the case waits at its desk as if it had just come, still confidential. Rows changed. */
export async function releaseCase(tx: Tx, streetId: number, caseId: string): Promise<number> {
  const changed = await tx.run(sql`update cases set guarded_by = null, version = version + 1,
      state = case when state in ('assigned', 'in-progress', 'result-submitted') then 'accepted' else state end
    where street_id = ${streetId} and id = ${caseId} and guarded_by is not null`)
  await tx.run(
    sql`select guard_case_in_search(c.id, c.area) from cases c where c.street_id = ${streetId} and c.id = ${caseId}`,
  )
  return changed
}
