/**
 * What whoever runs an installation looks at: jobs that wait, entries that are not sealed, the last backup, the disk. Asked
 * of the database at most every ten seconds, as the role of the worker, and only counts.
 */
import { sql } from 'kysely'
import { Gauge, type Registry } from 'prom-client'
import { systemActor } from './actor.ts'
import type { Clock } from './clock.ts'
import { inTransaction, type Pool, type Tx } from './db.ts'
import { diskOf, lastBackup } from './last-backup.ts'

export interface OperationsWatch {
  /** Signs in as linli_worker. */
  readonly pool: Pool
  /** The data folder. */
  readonly root: string
  readonly clock: Clock
}

export interface OperationFigures {
  readonly up: 0 | 1
  readonly outboxJobs: number
  readonly outboxOldestSeconds: number
  readonly waiting: number
  readonly running: number
  readonly retried: number
  readonly givenUp: number
  readonly queueOldestSeconds: number
  readonly sealWaiting: number
  readonly sealOldestSeconds: number
  /** When a checkpoint was signed last, in any street; null for never. */
  readonly sealLastAt: string | null
}

const unknown: OperationFigures = {
  up: 0,
  outboxJobs: 0,
  outboxOldestSeconds: 0,
  waiting: 0,
  running: 0,
  retried: 0,
  givenUp: 0,
  queueOldestSeconds: 0,
  sealWaiting: 0,
  sealOldestSeconds: 0,
  sealLastAt: null,
}

const keptMs = 10_000

/** Adds the gauges to a registry; nothing is asked before somebody looks. @returns the look that they share */
export function watchOperations(registry: Registry, watch: OperationsWatch): () => Promise<OperationFigures> {
  const look = remembered(watch)
  const gauge = (name: string, help: string, of: (figures: OperationFigures) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(of(await look()))
      },
    })
  gauge('linli_database_up', 'Whether the database answered these questions', ({ up }) => up)
  gauge('linli_outbox_jobs', 'Jobs due that acts asked for and no worker has taken', (f) => f.outboxJobs)
  gauge('linli_outbox_oldest_seconds', 'How long the oldest of them is due', (f) => f.outboxOldestSeconds)
  gauge(
    'linli_queue_oldest_seconds',
    'How long the oldest job of the queue is due',
    (f) => f.queueOldestSeconds,
  )
  gauge('linli_seal_waiting', 'Entries of the history that are not sealed yet', (f) => f.sealWaiting)
  gauge(
    'linli_seal_oldest_seconds',
    'Where entries wait: how long ago the last seal of their street was; of all streets the longest',
    (f) => f.sealOldestSeconds,
  )
  new Gauge({
    name: 'linli_queue_jobs',
    help: 'Jobs of the queue: waiting, running, to be tried again after a failure, given up',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { waiting, running, retried, givenUp } = await look()
      for (const [state, count] of Object.entries({ waiting, running, retried, 'given-up': givenUp }))
        this.set({ state }, count)
    },
  })
  machineGauges(registry, watch)
  return look
}

function machineGauges(registry: Registry, { root }: OperationsWatch): void {
  new Gauge({
    name: 'linli_disk_free_bytes',
    help: 'Free where data and files lie',
    registers: [registry],
    collect() {
      this.set(diskOf(root).free)
    },
  })
  new Gauge({
    name: 'linli_disk_size_bytes',
    help: 'All there is where data and files lie',
    registers: [registry],
    collect() {
      this.set(diskOf(root).size)
    },
  })
  new Gauge({
    name: 'linli_last_backup_seconds',
    help: 'When the last backup ended, in seconds since 1970; 0 when none is known',
    registers: [registry],
    collect() {
      this.set((lastBackup(root)?.at.getTime() ?? 0) / 1000)
    },
  })
}

/** All gauges of one look share one question, and looks close together share its answer. */
function remembered({ pool, clock }: OperationsWatch): () => Promise<OperationFigures> {
  let asked: { figures: Promise<OperationFigures>; untilMs: number } | undefined
  return () => {
    const now = performance.now()
    if (asked === undefined || asked.untilMs <= now)
      asked = { figures: readFigures(pool, clock.now()).catch(() => unknown), untilMs: now + keptMs }
    return asked.figures
  }
}

async function readFigures(pool: Pool, at: Date): Promise<OperationFigures> {
  return inTransaction(pool, { actor: undefined, readOnly: true }, async (tx) => {
    const jobs = await tx.one(
      sql<Omit<OperationFigures, 'up' | keyof SealFigures>>`select
        o.jobs::int as "outboxJobs", o.oldest::float8 as "outboxOldestSeconds", q.*
        from (select count(*) as jobs, coalesce(extract(epoch from ${at}::timestamptz - min(run_at)), 0) as oldest
              from job_outbox where run_at <= ${at}) o,
          (select count(*) filter (where locked_at is null and attempts = 0)::int as waiting,
                  count(*) filter (where locked_at is not null)::int as running,
                  count(*) filter (where locked_at is null and attempts between 1 and max_attempts - 1)::int as retried,
                  count(*) filter (where locked_at is null and attempts >= max_attempts)::int as "givenUp",
                  greatest(0, coalesce(extract(epoch from now() - min(run_at)
                    filter (where locked_at is null and attempts < max_attempts)), 0))::float8 as "queueOldestSeconds"
           from graphile_worker._private_jobs) q`,
    )
    return { up: 1, ...jobs, ...(await readSeals(tx, at)) }
  })
}

type SealFigures = Pick<OperationFigures, 'sealWaiting' | 'sealOldestSeconds' | 'sealLastAt'>

/** Street by street, for what waits to be sealed is seen from within its street only. */
async function readSeals(tx: Tx, at: Date): Promise<SealFigures> {
  const streets = await tx.many(sql<{ id: number }>`select street_id as id from streets order by street_id`)
  let sealWaiting = 0
  let sealOldestSeconds = 0
  let last: Date | undefined
  for (const { id } of streets) {
    await tx.enter(systemActor(id, 'none'))
    const { waiting, sealed } = await tx.one(
      sql<{ waiting: number; sealed: Date | null }>`select
        (select count(*)::int from seal_queue where street_id = ${id}) as waiting,
        (select max(at) from seal_checkpoints where street_id = ${id}) as sealed`,
    )
    sealWaiting += waiting
    if (sealed && (last === undefined || sealed > last)) last = sealed
    if (waiting > 0 && sealed)
      sealOldestSeconds = Math.max(sealOldestSeconds, (at.getTime() - sealed.getTime()) / 1000)
  }
  return { sealWaiting, sealOldestSeconds, sealLastAt: last?.toISOString() ?? null }
}
