/**
 * A call of one act on one case of a batch: the same as over HTTP, in the name and within the scope of whoever made the
 * batch, in a savepoint of its own. What it audits, announces and schedules goes with it or not at all.
 */
import { sql } from 'kysely'
import type { OperationContract } from '../../../lib/contract.ts'
import { type Actor, systemActor } from '../../../platform/actor.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import {
  type AuditNote,
  authorise,
  type Call,
  type EventNote,
  type JobNote,
  type Operation,
} from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { HeldNotice, TellCall } from '../../messages/server/index.ts'
import type { CaseView } from '../contract.ts'
import type { InBatch } from './in-batch.ts'

export interface Person {
  readonly job: JobCall
  readonly actor: Actor
  /** Left out: those whom an act concerns are told at once. */
  readonly batch?: InBatch['batch']
  readonly batchId: string
}

export interface Step {
  readonly operation: Operation
  readonly body: unknown
}

export type Outcome =
  | { readonly ok: true; readonly version: number; readonly held: readonly HeldNotice[] }
  | { readonly ok: false; readonly why: string; readonly fill: Readonly<Record<string, string>> }

interface Notes {
  audit: AuditNote[]
  events: EventNote[]
  jobs: JobNote[]
  held: HeldNotice[]
}

/** Runs one act. @throws what breaks the transaction itself: the whole piece is then done again */
export async function runStep(
  person: Person,
  { operation, body }: Step,
  on: { caseId: string; version: number | undefined },
): Promise<Outcome> {
  const { tx } = person.job
  const notes: Notes = { audit: [], events: [], jobs: [], held: [] }
  await tx.run(sql`savepoint one_case`)
  try {
    authorise(operation.contract, person.actor)
    const call = callFor(person, notes, { body, id: on.caseId, version: on.version })
    const view = (await operation.handle(call)) as CaseView
    await tx.finishAct(leftBehind(person, operation, notes))
    await tx.run(sql`release savepoint one_case`)
    return { ok: true, version: view.version, held: notes.held }
  } catch (error) {
    // Throws again where the connection itself is gone.
    await tx.run(sql`rollback to savepoint one_case`)
    await tx.enter(person.actor)
    if (error instanceof Refusal) return { ok: false, why: error.code, fill: error.fill }
    if (mayPass(error)) throw error
    return { ok: false, why: 'cases/batch-fault', fill: {} }
  }
}

/** Deadlocks and the like: the next try finds things otherwise. */
const mayPass = (error: unknown): boolean =>
  ['40001', '40P01', '55P03', '57014', '57P01'].includes((error as { code?: string }).code ?? '')

/** `asSystem` of a call, in the transaction of a batch. */
export const asSystemIn =
  ({ tx }: JobCall, actor: Actor): Call<OperationContract>['asSystem'] =>
  async (streetPath, work) => {
    await tx.enter(systemActor(actor.streetId, streetPath))
    const result = await work()
    await tx.enter(actor)
    return result
  }

function callFor(
  { job, actor, batch, batchId }: Person,
  notes: Notes,
  sent: { body: unknown; id: string; version: number | undefined },
): Call<OperationContract> {
  const { tx, at } = job
  const refuse = () => {
    throw new Error('an act of a batch has no connection, browser or session of its own')
  }
  const call: Call<OperationContract> & InBatch & Pick<TellCall, 'holdNotices'> = {
    params: { id: sent.id },
    query: {},
    body: sent.body,
    actor,
    at,
    tx,
    services: job.services,
    requestId: `batch:${batchId}`,
    ifMatch: sent.version,
    remoteAddress: '',
    sessionToken: undefined,
    device: null,
    newId: job.newId,
    takeNumber: refuse,
    audit: (note) => notes.audit.push(note),
    skipAudit: refuse,
    event: (note) => notes.events.push(note),
    job: (note) => notes.jobs.push(note),
    enter: refuse,
    asSystem: asSystemIn(job, actor),
    setSessionCookie: refuse,
    sendAs: refuse,
    afterwards: refuse,
    ...(batch ? { batch, holdNotices: (held) => notes.held.push(...held) } : {}),
  }
  return call
}

/** Audit, events and jobs of one act, as over HTTP. */
const leftBehind = ({ job, actor, batchId }: Person, { contract }: Operation, notes: Notes) => ({
  street: actor.streetId,
  actor: actor.accountId,
  at: job.at.toISOString(),
  requestId: `batch:${batchId}`,
  audit: notes.audit.map((note) => ({
    id: job.newId(),
    post_id: note.postId ?? null,
    operation: contract.name,
    subject_type: note.subjectType ?? 'case',
    subject_id: note.subjectId ?? null,
    outcome: note.outcome ?? 'done',
    detail: note.detail ?? {},
  })),
  events: notes.events.map((note) => ({
    id: job.newId(),
    type: note.type,
    subject_id: note.subjectId,
    audience: note.audience,
  })),
  jobs: notes.jobs.map((note) => ({
    id: job.newId(),
    task: note.task,
    payload: note.payload,
    run_at: note.runAt.toISOString(),
  })),
})
