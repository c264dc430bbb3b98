/** What a community says in public about its cases: the words, who wrote and who published them. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { CaseRow } from './case-row.ts'

export interface SummaryRow {
  street_id: number
  case_id: string
  area: string
  draft: string | null
  draft_by: string | null
  draft_at: Date | null
  published: string | null
  published_by: string | null
  published_at: Date | null
  withdrawn_by: string | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  version: number
}

export const findSummary = (tx: Tx, streetId: number, caseId: string): Promise<SummaryRow | undefined> =>
  tx.maybe(
    sql<SummaryRow>`select * from public_summaries where street_id = ${streetId} and case_id = ${caseId}`,
  )

/** Other words for a case. What is published stays until somebody else lets the new words out. */
export const putDraft = (
  tx: Tx,
  draft: { streetId: number; caseId: string; area: string; words: string; by: string; at: Date },
): Promise<SummaryRow> =>
  tx.one(
    sql<SummaryRow>`insert into public_summaries as s (street_id, case_id, area, draft, draft_by, draft_at)
      values (${draft.streetId}, ${draft.caseId}, ${draft.area}::ltree, ${draft.words}, ${draft.by}, ${draft.at})
      on conflict (street_id, case_id) do update set area = excluded.area, draft = excluded.draft,
        draft_by = excluded.draft_by, draft_at = excluded.draft_at, version = s.version + 1
      returning *`,
  )

/** Undefined when the words are others than those that were read. */
export const publishDraft = (
  tx: Tx,
  row: SummaryRow,
  publish: { version: number; area: string; by: string; at: Date },
): Promise<SummaryRow | undefined> =>
  tx.maybe(
    sql<SummaryRow>`update public_summaries set published = draft, published_by = ${publish.by}, published_at = ${publish.at},
        area = ${publish.area}::ltree, withdrawn_by = null, withdrawn_at = null, withdrawn_reason = null, version = version + 1
      where street_id = ${row.street_id} and case_id = ${row.case_id} and version = ${publish.version} returning *`,
  )

export const withdraw = (
  tx: Tx,
  row: SummaryRow,
  { by, at, reason }: { by: string; at: Date; reason: string },
): Promise<SummaryRow> =>
  tx.one(
    sql<SummaryRow>`update public_summaries set published = null, published_by = null, published_at = null,
        withdrawn_by = ${by}, withdrawn_at = ${at}, withdrawn_reason = ${reason}, version = version + 1
      where street_id = ${row.street_id} and case_id = ${row.case_id} returning *`,
  )

/** What is published of these cases, by case. */
export async function publishedOf(
  tx: Tx,
  streetId: number,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.many(
    sql<{ case_id: string; published: string }>`select case_id, published from public_summaries
      where street_id = ${streetId} and case_id = any(${[...caseIds]}::uuid[]) and published is not null`,
  )
  return new Map(rows.map((row) => [row.case_id, row.published]))
}

export const linesOnOnePage = 200

/**
 * What a public page may show, newest first. What a case has to be is asked again here, whatever was true when its
 * words were published.
 */
export const publicRows = (tx: Tx, streetId: number): Promise<(CaseRow & { published: string })[]> =>
  tx.many(
    sql<CaseRow & { published: string }>`select c.*, s.published from public_summaries s
      join cases c on c.street_id = s.street_id and c.id = s.case_id
      join matters m on m.street_id = c.street_id and m.id = c.matter_id
      where s.street_id = ${streetId} and s.published is not null and m.is_public and not m.sensitive
        and not c.confidential and c.petition is null and c.state not in ('pending', 'declined', 'merged')
      order by c.created_at desc, c.id desc limit ${linesOnOnePage}`,
  )

/** The case and what was merged into it, as far as the actor may see them: nobody's words of these may be copied. */
export const voicesOf = (tx: Tx, row: CaseRow): Promise<CaseRow[]> =>
  tx.many(
    sql<CaseRow>`select * from cases where street_id = ${row.street_id} and (id = ${row.id} or parent_case_id = ${row.id})`,
  )
