/** All SQL on the rows of batches. What they hold is encrypted before it gets here. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface NewBatchRow {
  readonly row: number
  readonly position: number
  readonly state: 'good' | 'bad'
  readonly act: 'add' | 'change' | 'same' | null
  readonly key: string | null
  readonly faults: number
  readonly warnings: number
  readonly values: string
  readonly findings: string | null
}

const rowsAtOnce = 2_000

/** Takes the place of the rows of an earlier check. */
export async function replaceRows(
  tx: Tx,
  streetId: number,
  batchId: string,
  rows: readonly NewBatchRow[],
): Promise<void> {
  await tx.run(sql`delete from sheet_batch_rows where street_id = ${streetId} and batch_id = ${batchId}`)
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    await tx.run(sql`insert into sheet_batch_rows (street_id, batch_id, row, position, state, act, key_index, faults, warnings,
        values_encrypted, findings_encrypted)
      select ${streetId}::int, ${batchId}::uuid, r.row, r.position, r.state, r.act, r.key, r.faults, r.warnings, r.values, r.findings
      from jsonb_to_recordset(${JSON.stringify(rows.slice(start, start + rowsAtOnce))}::jsonb) as r(row int, position int,
        state text, act text, key text, faults int, warnings int, values text, findings text)`)
}

export interface FindingsRow {
  readonly row: number
  readonly findings: string
}

/** Rows with something to say, those with faults first. */
export function rowsWithFindings(
  tx: Tx,
  streetId: number,
  batchId: string,
  limit: number,
): Promise<FindingsRow[]> {
  return tx.many(sql<FindingsRow>`select row, findings_encrypted as findings from sheet_batch_rows
    where street_id = ${streetId} and batch_id = ${batchId} and findings_encrypted is not null
    order by (faults = 0 and state not in ('failed', 'kept')), row limit ${limit}`)
}

export function rowsWithFaults(tx: Tx, streetId: number, batchId: string): Promise<FindingsRow[]> {
  return tx.many(sql<FindingsRow>`select row, findings_encrypted as findings from sheet_batch_rows
    where street_id = ${streetId} and batch_id = ${batchId} and findings_encrypted is not null
      and state in ('bad', 'left-out', 'failed', 'kept') order by row`)
}

export interface WorkRow {
  readonly row: number
  readonly values: string
  readonly made: string | null
}

/** The next good rows in their order. */
export function nextGoodRows(tx: Tx, streetId: number, batchId: string, limit: number): Promise<WorkRow[]> {
  return tx.many(sql<WorkRow>`select row, values_encrypted as values, null as made from sheet_batch_rows
    where street_id = ${streetId} and batch_id = ${batchId} and state = 'good' order by position, row limit ${limit}`)
}

/** The last rows that were put in: undo goes backwards. */
export function lastDoneRows(tx: Tx, streetId: number, batchId: string, limit: number): Promise<WorkRow[]> {
  return tx.many(sql<WorkRow>`select row, values_encrypted as values, made_encrypted as made from sheet_batch_rows
    where street_id = ${streetId} and batch_id = ${batchId} and state = 'done' order by position desc, row desc limit ${limit}`)
}

export interface RowResult {
  readonly row: number
  readonly state: 'done' | 'failed' | 'undone' | 'kept'
  readonly act?: 'add' | 'change' | 'same'
  readonly made?: string
  readonly secret?: string
  /** What went wrong, in place of what the check had said. */
  readonly findings?: string
}

export async function keepResults(
  tx: Tx,
  streetId: number,
  batchId: string,
  results: readonly RowResult[],
): Promise<void> {
  await tx.run(sql`update sheet_batch_rows b set state = r.state, act = coalesce(r.act, b.act),
      made_encrypted = coalesce(r.made, b.made_encrypted), secret_encrypted = coalesce(r.secret, b.secret_encrypted),
      findings_encrypted = coalesce(r.findings, b.findings_encrypted)
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as r(row int, state text, act text, made text, secret text, findings text)
    where b.street_id = ${streetId} and b.batch_id = ${batchId} and b.row = r.row`)
}

/** Bad rows are put aside by the confirmation. */
export async function leaveOutBadRows(tx: Tx, streetId: number, batchId: string): Promise<void> {
  await tx.run(sql`update sheet_batch_rows set state = 'left-out'
    where street_id = ${streetId} and batch_id = ${batchId} and state = 'bad'`)
}

/** How many rows in each state and act. */
export async function countRows(
  tx: Tx,
  streetId: number,
  batchId: string,
): Promise<{ state: string; act: string | null; n: number }[]> {
  return tx.many(
    sql<{
      state: string
      act: string | null
      n: number
    }>`select state, act, count(*)::int as n from sheet_batch_rows
      where street_id = ${streetId} and batch_id = ${batchId} group by state, act`,
  )
}

export async function hasSecrets(tx: Tx, streetId: number, batchId: string): Promise<boolean> {
  const rows =
    await tx.many(sql`select 1 from sheet_batch_rows where street_id = ${streetId} and batch_id = ${batchId}
    and secret_encrypted is not null and state = 'done' limit 1`)
  return rows.length > 0
}

/** The secrets in the order of the sheet, deleted in the same statement. */
export async function takeSecrets(
  tx: Tx,
  streetId: number,
  batchId: string,
): Promise<{ row: number; secret: string }[]> {
  const rows = await tx.many(
    sql<{ row: number; secret: string }>`with held as (
        select row, secret_encrypted as secret from sheet_batch_rows
        where street_id = ${streetId} and batch_id = ${batchId} and secret_encrypted is not null and state = 'done' for update)
      update sheet_batch_rows b set secret_encrypted = null from held
      where b.street_id = ${streetId} and b.batch_id = ${batchId} and b.row = held.row
      returning b.row, held.secret`,
  )
  return rows.sort((a, b) => a.row - b.row)
}
