/**
 * The job behind bulk work: some cases at a time, each settled in the same transaction as its act. Whatever stops it, a
 * case is done once or waits for the next try; the browser that began it need not stay open.
 */
import { systemActor } from '../../../platform/actor.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { actorOfAccount } from '../../accounts/server/index.ts'
import { type HeldNotice, tellHeld } from '../../messages/server/index.ts'
import type { BatchOrder } from '../batch-operations.ts'
import { quietMinutes } from '../bulk-settings.ts'
import { type Outcome, type Person, runStep, type Step } from './batch-call.ts'
import { stepsFor } from './batch-steps.ts'
import {
  type BatchItemRow,
  type BatchRow,
  endIfSettled,
  lockBatch,
  type Settled,
  settleItems,
  settleRest,
  standingItems,
  waitingItems,
} from './batch-store.ts'
import type { CaseRow } from './case-row.ts'
import { findCase } from './case-store.ts'
import { type Names, namesOf } from './names.ts'
import { undoCase } from './undo-case.ts'

export const batchTask = 'cases.runBatch'
export const heldTask = 'cases.tellHeld'

/** So many cases in one transaction: their rows stay locked no longer than some tenths of a second. */
const piece = 20

interface Held {
  readonly caseId: string
  readonly notices: readonly HeldNotice[]
}

export async function runBatch(job: JobCall): Promise<void> {
  const { tx, at, actor: system, payload, streetPath } = job
  if (typeof payload.batchId !== 'string') return
  const batch = await lockBatch(tx, system.streetId, payload.batchId)
  if (!batch || batch.ended_at !== null) return
  const actor = await actorOfAccount(tx, system.streetId, batch.made_by, at)
  const items = actor ? await waitingItems(tx, batch, piece) : []
  const held: Held[] = []
  if (actor === undefined) await settleRest(tx, batch, 'cases/batch-post-ended', at)
  else if (items.length > 0) {
    const quiet = await readSetting(tx, system.streetId, quietMinutes, at)
    const toldAt = new Date(at.getTime() + quiet * 60_000)
    const person: Person = {
      job,
      actor,
      batchId: batch.id,
      ...(batch.act === 'undo' || batch.act === 'remind' ? {} : { batch: { id: batch.id, toldAt } }),
    }
    await tx.enter(actor)
    const names = await namesOf(tx, system.streetId)
    const settled: Settled[] = []
    for (const item of items) settled.push(await runItem(person, batch, item, names, held))
    await tx.enter(systemActor(system.streetId, streetPath))
    await settleItems(tx, batch, settled, at)
    if (held.length > 0)
      job.job({ task: heldTask, payload: { batchId: batch.id, held }, runAt: quiet > 0 ? toldAt : at })
  }
  const ended = await endIfSettled(tx, batch, at)
  if (!ended) job.job({ task: batchTask, payload: { batchId: batch.id }, runAt: at })
  job.event({ type: 'case-batch', subjectId: batch.id, audience: { accounts: [batch.made_by] } })
}

async function runItem(
  person: Person,
  batch: BatchRow,
  item: BatchItemRow,
  names: Names,
  held: Held[],
): Promise<Settled> {
  const caseId = item.case_id
  const row = await findCase(person.job.tx, batch.street_id, caseId)
  const refused = ({ why, fill }: Extract<Outcome, { ok: false }>, partly = false): Settled => ({
    caseId,
    state: partly ? 'partly' : 'refused',
    why,
    fill: Object.keys(fill).length > 0 ? fill : null,
  })
  if (!row) return refused({ ok: false, why: 'cases/not-found', fill: {} })
  const steps = await stepsOrWhy(person, batch, row, names)
  if ('why' in steps) return refused(steps)
  let version = batch.act === 'undo' ? row.version : item.seen_version
  for (const [index, step] of steps.entries()) {
    const outcome = await runStep(person, step, { caseId, version })
    if (!outcome.ok) return refused(outcome, index > 0)
    version = outcome.version
    if (outcome.held.length > 0) held.push({ caseId, notices: outcome.held })
  }
  return { caseId, state: 'done', why: null, fill: null }
}

async function stepsOrWhy(
  person: Person,
  batch: BatchRow,
  row: CaseRow,
  names: Names,
): Promise<readonly Step[] | Extract<Outcome, { ok: false }>> {
  if (batch.undoes !== null) return [{ operation: undoCase, body: { batchId: batch.undoes } }]
  try {
    return await stepsFor(person, batch.said as BatchOrder, row, names)
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, why: error.code, fill: error.fill }
    throw error
  }
}

/** Tells what a batch held back, but for the cases on which it was taken back meanwhile. */
export async function tellHeldNotices(job: JobCall): Promise<void> {
  const { batchId, held } = job.payload as { batchId?: string; held?: readonly Held[] }
  if (typeof batchId !== 'string' || held === undefined) return
  const standing = await standingItems(
    job.tx,
    job.actor.streetId,
    batchId,
    held.map(({ caseId }) => caseId),
  )
  tellHeld(
    job,
    held.filter(({ caseId }) => standing.has(caseId)).flatMap(({ notices }) => notices),
  )
}
