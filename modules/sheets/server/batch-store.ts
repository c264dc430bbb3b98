/** All SQL on batches, their files and what is remembered of columns. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Matching } from '../../../platform/sheets/match-columns.ts'
import type { BatchCounts } from '../contract.ts'
import type { BatchRow, Reading } from './batch-row.ts'

const columns = sql`id, kind, source, file_name as "fileName", state, reading, counts, version, created_by as "createdBy",
  created_at as "createdAt", confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", done_rows as "doneRows",
  total_rows as "totalRows", finished_at as "finishedAt", undo_until as "undoUntil", undone_by as "undoneBy",
  undone_at as "undoneAt", forgotten_at as "forgottenAt"`

export interface NewBatch {
  readonly id: string
  readonly kind: string
  readonly source: string | null
  readonly fileName: string
  readonly reading: Reading
  readonly counts: BatchCounts
  readonly by: string
  readonly at: Date
  readonly contentEncrypted: string
  readonly previewEncrypted: string
}

export async function insertBatch(tx: Tx, streetId: number, batch: NewBatch): Promise<void> {
  await tx.run(sql`insert into sheet_batches (street_id, id, kind, source, file_name, state, reading, counts, created_by, created_at)
    values (${streetId}, ${batch.id}, ${batch.kind}, ${batch.source}, ${batch.fileName}, 'uploaded',
      ${JSON.stringify(batch.reading)}::jsonb, ${JSON.stringify(batch.counts)}::jsonb, ${batch.by}, ${batch.at})`)
  await tx.run(sql`insert into sheet_batch_files (street_id, batch_id, content_encrypted, preview_encrypted)
    values (${streetId}, ${batch.id}, ${batch.contentEncrypted}, ${batch.previewEncrypted})`)
}

export function findBatch(tx: Tx, streetId: number, id: string): Promise<BatchRow | undefined> {
  return tx.maybe(
    sql<BatchRow>`select ${columns} from sheet_batches where street_id = ${streetId} and id = ${id}`,
  )
}

/** Held until the transaction ends, so that two acts on one batch come after each other. */
export function lockBatch(tx: Tx, streetId: number, id: string): Promise<BatchRow | undefined> {
  return tx.maybe(
    sql<BatchRow>`select ${columns} from sheet_batches where street_id = ${streetId} and id = ${id} for update`,
  )
}

/** As lockBatch, but undefined when another worker has it: that one goes on. */
export function tryLockBatch(tx: Tx, streetId: number, id: string): Promise<BatchRow | undefined> {
  return tx.maybe(
    sql<BatchRow>`select ${columns} from sheet_batches where street_id = ${streetId} and id = ${id} for update skip locked`,
  )
}

/** Newest first, after a place in the list; those of some kinds, and of one person where `by` is given. */
export function batchesInOrder(
  tx: Tx,
  streetId: number,
  filter: {
    kinds: readonly string[]
    ownKinds: readonly string[]
    by: string
    after: { at: string; id: string } | undefined
    limit: number
  },
): Promise<BatchRow[]> {
  const { kinds, ownKinds, by, after, limit } = filter
  return tx.many(sql<BatchRow>`select ${columns} from sheet_batches where street_id = ${streetId}
    and (kind = any(${kinds}::text[]) or (kind = any(${ownKinds}::text[]) and created_by = ${by}))
    and (${after?.at ?? null}::timestamptz is null
      or (created_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by created_at desc, id desc limit ${limit}`)
}

export interface BatchChange {
  readonly state?: BatchRow['state']
  readonly reading?: Reading
  readonly counts?: BatchCounts
  readonly confirmed?: { readonly by: string; readonly at: Date; readonly leaveOutBad: boolean }
  readonly undone?: { readonly by: string; readonly at: Date }
  readonly finishedAt?: Date
  readonly undoUntil?: Date
  readonly progress?: { readonly at: Date; readonly done: number; readonly total: number }
  readonly forgottenAt?: Date
}

/** Writes what is given and leaves the rest; the version goes up by one. */
export async function changeBatch(tx: Tx, streetId: number, id: string, change: BatchChange): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  await tx.run(sql`update sheet_batches set version = version + 1,
      state = coalesce(${change.state ?? null}, state),
      reading = coalesce(${json(change.reading)}::jsonb, reading),
      counts = coalesce(${json(change.counts)}::jsonb, counts),
      confirmed_by = coalesce(${change.confirmed?.by ?? null}::uuid, confirmed_by),
      confirmed_at = coalesce(${change.confirmed?.at ?? null}::timestamptz, confirmed_at),
      leave_out_bad = coalesce(${change.confirmed?.leaveOutBad ?? null}::boolean, leave_out_bad),
      undone_by = coalesce(${change.undone?.by ?? null}::uuid, undone_by),
      undone_at = coalesce(${change.undone?.at ?? null}::timestamptz, undone_at),
      finished_at = coalesce(${change.finishedAt ?? null}::timestamptz, finished_at),
      undo_until = coalesce(${change.undoUntil ?? null}::timestamptz, undo_until),
      progress_at = coalesce(${change.progress?.at ?? null}::timestamptz, progress_at),
      done_rows = coalesce(${change.progress?.done ?? null}::int, done_rows),
      total_rows = coalesce(${change.progress?.total ?? null}::int, total_rows),
      forgotten_at = coalesce(${change.forgottenAt ?? null}::timestamptz, forgotten_at)
    where street_id = ${streetId} and id = ${id}`)
}

export async function findContent(tx: Tx, streetId: number, id: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ content: string }>`select content_encrypted as content from sheet_batch_files
      where street_id = ${streetId} and batch_id = ${id}`,
  )
  return row?.content
}

export async function findPreview(tx: Tx, streetId: number, id: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ preview: string }>`select preview_encrypted as preview from sheet_batch_files
      where street_id = ${streetId} and batch_id = ${id}`,
  )
  return row?.preview
}

export async function putPreview(tx: Tx, streetId: number, id: string, sealed: string): Promise<void> {
  await tx.run(sql`update sheet_batch_files set preview_encrypted = ${sealed}
    where street_id = ${streetId} and batch_id = ${id}`)
}

/** Rows and file of a batch; the batch itself stays as a record. */
export async function deleteContent(tx: Tx, streetId: number, ids: readonly string[]): Promise<void> {
  await tx.run(
    sql`delete from sheet_batch_rows where street_id = ${streetId} and batch_id = any(${ids}::uuid[])`,
  )
  await tx.run(
    sql`delete from sheet_batch_files where street_id = ${streetId} and batch_id = any(${ids}::uuid[])`,
  )
}

/** Confirmed ones whose undo has ended, and unconfirmed ones from before `since`. */
export async function batchesToForget(tx: Tx, streetId: number, at: Date, since: Date): Promise<string[]> {
  const rows = await tx.many(
    sql<{ id: string }>`select id from sheet_batches where street_id = ${streetId} and forgotten_at is null
      and ((state in ('applied', 'undone') and undo_until < ${at}) or (state in ('uploaded', 'checked') and created_at < ${since}))
      order by id limit 100`,
  )
  return rows.map(({ id }) => id)
}

/** At work, and without a chunk kept since. */
export async function batchesStandingStill(tx: Tx, streetId: number, since: Date): Promise<string[]> {
  const rows = await tx.many(
    sql<{
      id: string
    }>`select id from sheet_batches where street_id = ${streetId} and state in ('applying', 'undoing')
      and progress_at < ${since} order by id`,
  )
  return rows.map(({ id }) => id)
}

export async function findMatching(
  tx: Tx,
  streetId: number,
  asked: { kind: string; source: string | null; headingPrint: string },
): Promise<Matching | undefined> {
  const row = await tx.maybe(
    sql<{ matching: Matching }>`select matching from sheet_matchings where street_id = ${streetId}
      and kind = ${asked.kind} and source = ${asked.source ?? ''} and heading_print = ${asked.headingPrint}`,
  )
  return row?.matching
}

export async function rememberMatching(
  tx: Tx,
  streetId: number,
  known: { kind: string; source: string | null; headingPrint: string; matching: Matching; at: Date },
): Promise<void> {
  await tx.run(sql`insert into sheet_matchings (street_id, kind, source, heading_print, matching, used_at)
    values (${streetId}, ${known.kind}, ${known.source ?? ''}, ${known.headingPrint}, ${JSON.stringify(known.matching)}::jsonb, ${known.at})
    on conflict (street_id, kind, source, heading_print) do update set matching = excluded.matching, used_at = excluded.used_at`)
}
