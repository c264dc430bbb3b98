/** Moves what acts wanted done from the outbox into the job queue, in batches that several workers share without waiting. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

const batch = 100
const maxAttempts = 12

/** What the queue keeps for one job. `street` is null for a job of the whole system. */
export interface QueuedJob {
  street: number | null
  payload: Record<string, unknown>
}

/**
 * Moves one batch of jobs that are due at `at` and returns how many. A job for later stays in the outbox until then,
 * so that one clock, ours, decides when anything runs. Gone from there and there in the queue are one transaction.
 */
async function relayBatch(tx: Tx, at: Date): Promise<number> {
  const row = await tx.one(
    sql<{ moved: number }>`with due as (
        delete from job_outbox o using (
          select street_id, id from job_outbox where run_at <= ${at} order by run_at, id limit ${batch} for update skip locked
        ) d where o.street_id = d.street_id and o.id = d.id
        returning o.street_id, o.id, o.task, o.payload)
      select count(*) as moved from graphile_worker.add_jobs((
        select array_agg(row(task, json_build_object('street', street_id, 'payload', payload), null, null,
          ${maxAttempts}, id::text, null, null)::graphile_worker.job_spec) from due))`,
  )
  return row.moved
}

export async function relayJobs(tx: Tx, at: Date): Promise<number> {
  let moved = 0
  for (;;) {
    const now = await relayBatch(tx, at)
    moved += now
    if (now < batch) return moved
  }
}

/** Puts jobs straight into the queue; for turns of repeated jobs, which no act asked for. */
export async function queueJobs(
  tx: Tx,
  jobs: readonly { task: string; key: string; job: QueuedJob }[],
): Promise<void> {
  await tx.many(
    sql`select 1 from graphile_worker.add_jobs((
      select array_agg(row(j.task, j.job, null, null, ${maxAttempts}, j.key, null, null)::graphile_worker.job_spec)
      from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) j(task text, key text, job json)))`,
  )
}
