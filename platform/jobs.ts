/** What a job is, and how one is run: in one transaction, as the system, in one street. */
import { sql } from 'kysely'
import { newId } from '../lib/ids.ts'
import { type Actor, systemActor } from './actor.ts'
import { tellCommitted } from './committed.ts'
import { inTransaction, type Pool, type Tx } from './db.ts'
import type { AuditNote, EventNote, JobNote } from './operation.ts'
import type { QueuedJob } from './relay.ts'
import type { Services } from './services.ts'

/** What reaches a job of one street. Its transaction reaches that street's whole tree and nothing else. */
export interface JobCall {
  readonly payload: Record<string, unknown>
  readonly at: Date
  readonly tx: Tx
  readonly services: Services
  readonly actor: Actor
  /** ltree path of the street itself. */
  readonly streetPath: string
  newId(): string
  audit(note: AuditNote): void
  event(note: EventNote): void
  job(note: JobNote): void
}

/** A job of the whole system sees no street at all: it is for tables that belong to none. */
export interface SystemJobCall {
  readonly payload: Record<string, unknown>
  readonly at: Date
  readonly tx: Tx
  readonly services: Services
}

interface Repeated {
  /** `module.verbNoun`, unique. */
  task: string
  /** Runs once in each such stretch of time, whichever worker is first; left out when only acts ask for it. */
  everyMinutes?: number
}

/** A job may run again after a fault, so what it does must be right when done twice. */
export type Job = Repeated &
  (
    | { scope: 'street'; run(call: JobCall): Promise<void> }
    | { scope: 'system'; run(call: SystemJobCall): Promise<void> }
  )

export interface JobModule {
  name: string
  jobs: readonly Job[]
}

/** Runs one job to its end or throws; then nothing of it is kept. */
export async function runJob(
  machine: { pool: Pool; services: Services },
  job: Job,
  queued: QueuedJob,
  at: Date,
): Promise<void> {
  const { pool, services } = machine
  if (job.scope === 'system') {
    await inTransaction(pool, { actor: undefined }, (tx) =>
      job.run({ payload: queued.payload, at, tx, services }),
    )
    return
  }
  const street = queued.street
  if (street === null) throw new Error(`${job.task} is a job of one street and was given none`)
  const notes = { audit: [] as AuditNote[], events: [] as EventNote[], jobs: [] as JobNote[] }
  await inTransaction(pool, { actor: undefined }, async (tx) => {
    const { actor, streetPath } = await enterStreet(tx, street)
    await job.run({
      payload: queued.payload,
      at,
      tx,
      services,
      actor,
      streetPath,
      newId: () => newId(at.getTime()),
      audit: (note) => notes.audit.push(note),
      event: (note) => notes.events.push(note),
      job: (note) => notes.jobs.push(note),
    })
    finishJob(tx, job.task, actor, at, notes)
  })
  tellCommitted({ events: notes.events.length > 0, jobs: notes.jobs.length > 0 })
}

/** The system sees the tree below the street's root; where that root is, only the street's own context shows. */
async function enterStreet(tx: Tx, street: number): Promise<{ actor: Actor; streetPath: string }> {
  await tx.enter({ ...systemActor(street, 'none'), scope: { areas: [], organisations: [] } })
  const root = await tx.one(
    sql<{ path: string }>`select path::text from areas where street_id = ${street} and parent_id is null`,
  )
  const actor = systemActor(street, root.path)
  await tx.enter(actor)
  return { actor, streetPath: root.path }
}

function finishJob(
  tx: Tx,
  task: string,
  actor: Actor,
  at: Date,
  notes: { audit: AuditNote[]; events: EventNote[]; jobs: JobNote[] },
): void {
  if (notes.audit.length + notes.events.length + notes.jobs.length === 0) return
  const id = () => newId(at.getTime())
  tx.finishActAtCommit({
    street: actor.streetId,
    actor: actor.accountId,
    at: at.toISOString(),
    requestId: `job:${task}`,
    audit: notes.audit.map((note) => ({
      id: id(),
      post_id: null,
      operation: task,
      subject_type: note.subjectType ?? task.split('.')[0],
      subject_id: note.subjectId ?? null,
      outcome: note.outcome ?? 'done',
      detail: note.detail ?? {},
    })),
    events: notes.events.map((note) => ({
      id: id(),
      type: note.type,
      subject_id: note.subjectId,
      audience: note.audience,
    })),
    jobs: notes.jobs.map((note) => ({
      id: id(),
      task: note.task,
      payload: note.payload,
      run_at: note.runAt.toISOString(),
    })),
  })
}
