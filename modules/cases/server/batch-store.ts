/** All SQL on batches and their cases. Row security keeps a batch to whoever made it, and to the worker. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { BatchOrder } from '../batch-operations.ts'
import type { BatchAct, BatchItemState } from '../batch-words.ts'
import type { CaseRow } from './case-row.ts'
import type { ReachFacts } from './case-view.ts'

export interface BatchRow {
  street_id: number
  id: string
  act: BatchAct
  said: BatchOrder | Record<string, never>
  undoes: string | null
  made_by: string
  made_at: Date
  ended_at: Date | null
}

export interface BatchCounts {
  waiting: number
  done: number
  partly: number
  refused: number
  undone: number
}

export interface NewItem {
  readonly caseId: string
  readonly version: number
}

export async function insertBatch(
  tx: Tx,
  row: Omit<BatchRow, 'ended_at'>,
  items: readonly NewItem[],
): Promise<void> {
  await tx.run(sql`insert into case_batches (street_id, id, act, said, undoes, made_by, made_at)
    values (${row.street_id}, ${row.id}, ${row.act}, ${JSON.stringify(row.said)}, ${row.undoes}, ${row.made_by}, ${row.made_at})`)
  await tx.run(sql`insert into case_batch_items (street_id, batch_id, case_id, made_by, seen_version, state)
    select ${row.street_id}, ${row.id}, i."caseId", ${row.made_by}, i.version, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i("caseId" uuid, version int)
    on conflict do nothing`)
}

export const findBatch = (tx: Tx, streetId: number, id: string): Promise<BatchRow | undefined> =>
  tx.maybe(sql<BatchRow>`select * from case_batches where street_id = ${streetId} and id = ${id}`)

/** So that two workers do not run one batch at once. */
export const lockBatch = (tx: Tx, streetId: number, id: string): Promise<BatchRow | undefined> =>
  tx.maybe(
    sql<BatchRow>`select * from case_batches where street_id = ${streetId} and id = ${id} for no key update`,
  )

export interface BatchItemRow {
  case_id: string
  seen_version: number
  state: BatchItemState
  why: string | null
  why_fill: Record<string, string> | null
  undone_at: Date | null
}

/** By their ids, so that two batches never wait for each other in a circle. */
export const waitingItems = (tx: Tx, batch: BatchRow, limit: number): Promise<BatchItemRow[]> =>
  tx.many(sql<BatchItemRow>`select case_id, seen_version, state, why, why_fill, undone_at from case_batch_items
    where street_id = ${batch.street_id} and batch_id = ${batch.id} and state = 'waiting' order by case_id limit ${limit}`)

export interface Settled {
  readonly caseId: string
  readonly state: Exclude<BatchItemState, 'waiting'>
  readonly why: string | null
  readonly fill: Readonly<Record<string, string>> | null
}

export async function settleItems(
  tx: Tx,
  batch: BatchRow,
  settled: readonly Settled[],
  at: Date,
): Promise<void> {
  await tx.run(sql`update case_batch_items i set state = s.state, why = s.why, why_fill = s.fill, settled_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as s("caseId" uuid, state text, why text, fill jsonb)
    where i.street_id = ${batch.street_id} and i.batch_id = ${batch.id} and i.case_id = s."caseId"`)
}

/** Settles everything that still waits, for one and the same reason. */
export async function settleRest(tx: Tx, batch: BatchRow, why: string, at: Date): Promise<void> {
  await tx.run(sql`update case_batch_items set state = 'refused', why = ${why}, settled_at = ${at}
    where street_id = ${batch.street_id} and batch_id = ${batch.id} and state = 'waiting'`)
}

/** Ends the batch when nothing waits any more; true when it did. */
export async function endIfSettled(tx: Tx, batch: BatchRow, at: Date): Promise<boolean> {
  const ended = await tx.run(sql`update case_batches set ended_at = ${at}
    where street_id = ${batch.street_id} and id = ${batch.id} and ended_at is null
      and not exists (select 1 from case_batch_items i
        where i.street_id = ${batch.street_id} and i.batch_id = ${batch.id} and i.state = 'waiting')`)
  return ended === 1
}

/** The act of this batch on this case was taken back: whom it concerns is not told of it any more. */
export async function markUndone(
  tx: Tx,
  { street_id, id }: { street_id: number; id: string },
  batchId: string,
  at: Date,
): Promise<void> {
  await tx.run(sql`update case_batch_items set undone_at = ${at}
    where street_id = ${street_id} and batch_id = ${batchId} and case_id = ${id}`)
}

/** Of these cases the ones whose act stands. */
export async function standingItems(
  tx: Tx,
  streetId: number,
  batchId: string,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{ case_id: string }>`select case_id from case_batch_items where street_id = ${streetId}
      and batch_id = ${batchId} and case_id = any(${[...caseIds]}::uuid[]) and undone_at is null`,
  )
  return new Set(rows.map((row) => row.case_id))
}

const counts = sql`count(*) filter (where i.state = 'waiting')::int as waiting, count(*) filter (where i.state = 'done')::int as done,
  count(*) filter (where i.state = 'partly')::int as partly, count(*) filter (where i.state = 'refused')::int as refused,
  count(*) filter (where i.undone_at is not null)::int as undone`

/** One's own, the newest first; one of them where an id is given. */
export function countedBatches(
  tx: Tx,
  streetId: number,
  { id, limit }: { id?: string; limit: number },
): Promise<(BatchRow & BatchCounts)[]> {
  return tx.many(
    sql<BatchRow & BatchCounts>`select b.*, ${counts} from case_batches b
      join case_batch_items i on i.street_id = b.street_id and i.batch_id = b.id
      where b.street_id = ${streetId} and (${id ?? null}::uuid is null or b.id = ${id ?? null}::uuid)
      group by b.street_id, b.id order by b.made_at desc, b.id desc limit ${limit}`,
  )
}

/** A case of a batch; of the case itself only what lies in the reader's sight. */
export interface SeenItem extends BatchItemRow {
  seen: (ReachFacts & Pick<CaseRow, 'number' | 'title' | 'version' | 'state'>) | null
}

/** Those that were not done first. */
export function itemsOf(tx: Tx, streetId: number, batchId: string): Promise<SeenItem[]> {
  return tx.many(
    sql<SeenItem>`select i.case_id, i.seen_version, i.state, i.why, i.why_fill, i.undone_at,
        case when c.id is not null then jsonb_build_object('number', c.number, 'title', c.title, 'version', c.version,
          'state', c.state, 'reporter_id', c.reporter_id, 'filed_by', c.filed_by, 'area', c.area::text,
          'organisation_id', c.organisation_id, 'shared_organisations', c.shared_organisations,
          'holder_post_id', c.holder_post_id) end as seen
      from case_batch_items i left join cases c on c.street_id = i.street_id and c.id = i.case_id
      where i.street_id = ${streetId} and i.batch_id = ${batchId}
      order by i.state <> 'refused', i.state <> 'partly', c.number, i.case_id`,
  )
}

/** The cases of a batch that were changed by it and not taken back. */
export function undoableItems(tx: Tx, streetId: number, batchId: string): Promise<NewItem[]> {
  return tx.many(
    sql<NewItem>`select case_id as "caseId", 0 as version from case_batch_items
      where street_id = ${streetId} and batch_id = ${batchId} and state in ('done', 'partly') and undone_at is null`,
  )
}
