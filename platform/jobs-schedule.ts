/** Repeated jobs: each turn is taken by one worker of many, and a turn that was slept through is not made up for. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import type { Job } from './jobs.ts'
import { type QueuedJob, queueJobs } from './relay.ts'

/** The start of the turn in which `at` lies. */
export function turnOf(everyMinutes: number, at: Date): Date {
  const lengthMs = everyMinutes * 60_000
  return new Date(Math.floor(at.getTime() / lengthMs) * lengthMs)
}

/** Queues the turns that nobody has taken yet, a job for each street; returns how many jobs. Part of the caller's transaction. */
export async function takeTurns(tx: Tx, jobs: readonly Job[], at: Date): Promise<number> {
  const repeated = jobs.flatMap((job) =>
    job.everyMinutes === undefined ? [] : [{ job, turn: turnOf(job.everyMinutes, at) }],
  )
  if (repeated.length === 0) return 0
  const taken = await tx.many(
    sql<{ task: string }>`insert into job_schedules (task, last_slot)
      select t.task, t.turn from jsonb_to_recordset(${JSON.stringify(
        repeated.map(({ job, turn }) => ({ task: job.task, turn: turn.toISOString() })),
      )}::jsonb) t(task text, turn timestamptz) order by t.task
      on conflict (task) do update set last_slot = excluded.last_slot where job_schedules.last_slot < excluded.last_slot
      returning task`,
  )
  if (taken.length === 0) return 0
  const streets = await tx.many(sql<{ id: number }>`select street_id as id from streets order by street_id`)
  const mine = new Set(taken.map((row) => row.task))
  const queued = repeated
    .filter(({ job }) => mine.has(job.task))
    .flatMap(({ job, turn }) =>
      (job.scope === 'system' ? [null] : streets.map((street) => street.id)).map((street) => ({
        task: job.task,
        // Still waiting from an earlier turn: the queue then keeps one of them.
        key: `${job.task}:${street ?? 'system'}`,
        job: { street, payload: { turn: turn.toISOString() } } satisfies QueuedJob,
      })),
    )
  if (queued.length > 0) await queueJobs(tx, queued)
  return queued.length
}
