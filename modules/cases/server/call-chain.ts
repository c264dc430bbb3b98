/**
 * An urgent case goes down the call chain of its desk: the head on duty, then each next after their minutes, until
 * somebody has it. A job takes the steps; each is taken once, told, and written into the case's history.
 */
import { type Actor, systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { type ChainStep, callOrderOf, lastResort, nextCall } from '../../accounts/server/index.ts'
import { areaIndex, chainOf } from '../../areas/server/index.ts'
import { type NoticeAsk, tell } from '../../messages/server/index.ts'
import { stillWaiting } from '../rules/call-out.ts'
import { callTask } from './call-out-if-urgent.ts'
import {
  type CallRunRow,
  type CallStepRow,
  changeRun,
  insertRun,
  insertSteps,
  lockDueRuns,
  stepsOfRuns,
} from './call-run-store.ts'
import type { CaseRow } from './case-row.ts'
import { addEntry, findCase } from './case-store.ts'
import { audienceOf } from './perform-act.ts'

/** The desk that holds a case, as the area whose roster and chain count. */
export async function deskAreaOf(tx: Tx, row: Pick<CaseRow, 'street_id' | 'desk' | 'area'>): Promise<string> {
  const areas = await areaIndex(tx, row.street_id)
  const community = row.desk === 'community' ? chainOf(areas, row.area)[1] : undefined
  return (community ?? areas.root).id
}

/** Begins the run that an act asked for, and takes every step that is due. */
export async function callPeople(call: JobCall): Promise<void> {
  const { tx, at, actor, payload } = call
  const { streetId } = actor
  if (typeof payload.caseId === 'string') await beginRun(call, payload.caseId)
  const runs = await lockDueRuns(tx, streetId, at)
  const steps = await stepsOfRuns(
    tx,
    streetId,
    runs.map(({ id }) => id),
  )
  for (const run of runs)
    await takeStep(
      call,
      run,
      steps.filter(({ runId }) => runId === run.id),
    )
}

async function beginRun(call: JobCall, caseId: string): Promise<void> {
  const { tx, at, actor } = call
  const row = await findCase(tx, actor.streetId, caseId)
  if (row?.urgency !== 'P0' || !stillWaiting(row.state)) return
  await insertRun(tx, actor.streetId, {
    id: call.newId(),
    caseId,
    round: row.reopen_count,
    area: row.area,
    deskAreaId: await deskAreaOf(tx, row),
    at,
  })
}

async function takeStep(call: JobCall, run: CallRunRow, called: readonly CallStepRow[]): Promise<void> {
  const { tx, at, actor } = call
  const { streetId } = actor
  const row = await findCase(tx, streetId, run.caseId)
  if (!row || !stillWaiting(row.state)) {
    await changeRun(tx, streetId, run.id, { state: 'ended', nextAt: null })
    return
  }
  const next = nextCall(await orderOf(tx, streetId, run.deskAreaId, at), called, at)
  if (next.do === 'wait') return waitUntil(call, run, next.until)
  if (next.do === 'call') {
    await callOne(call, run, row, next.step)
    return waitUntil(call, run, new Date(at.getTime() + next.step.waitMinutes * 60_000))
  }
  await changeRun(tx, streetId, run.id, { state: 'exhausted', nextAt: null })
  await tellLastResort(call, run, row)
}

/** A community's people first; then the street's, whose centre is staffed around the clock. */
async function orderOf(tx: Tx, streetId: number, deskAreaId: string, at: Date): Promise<ChainStep[]> {
  const { root } = await areaIndex(tx, streetId)
  const order = await callOrderOf(tx, streetId, deskAreaId, at)
  const street = deskAreaId === root.id ? [] : await callOrderOf(tx, streetId, root.id, at)
  return [...order, ...street.filter((step) => order.every((one) => one.accountId !== step.accountId))]
}

async function waitUntil(call: JobCall, run: CallRunRow, until: Date): Promise<void> {
  await changeRun(call.tx, call.actor.streetId, run.id, { state: 'calling', nextAt: until })
  call.job({ task: callTask, payload: {}, runAt: until })
}

async function callOne(call: JobCall, run: CallRunRow, row: CaseRow, step: ChainStep): Promise<void> {
  const one = { runId: run.id, accountId: step.accountId, part: step.part, calledAt: call.at }
  const fresh = await insertSteps(call.tx, call.actor.streetId, [one])
  if (fresh.size === 0) return
  await noteOnCase(call, row, step.part)
  await tell(call, [notice(row, run, 'duty.called', [step.accountId])])
  call.event({ type: 'case.call-out', subjectId: row.id, audience: hears(row, [step.accountId]) })
}

async function tellLastResort(call: JobCall, run: CallRunRow, row: CaseRow): Promise<void> {
  const { tx, at, actor } = call
  const people = await lastResort(tx, actor.streetId, run.deskAreaId, at)
  const steps = people.map(({ accountId, part }) => ({ runId: run.id, accountId, part, calledAt: at }))
  await insertSteps(tx, actor.streetId, steps)
  await noteOnCase(call, row, 'unanswered')
  const accounts = people.map(({ accountId }) => accountId)
  await tell(call, [notice(row, run, 'duty.unanswered', accounts)])
  call.event({ type: 'case.call-out', subjectId: row.id, audience: hears(row, accounts) })
}

const hears = (row: CaseRow, accounts: readonly string[]) => {
  const audience = audienceOf(row)
  return { ...audience, accounts: [...new Set([...(audience.accounts ?? []), ...accounts])] }
}

function noteOnCase(call: JobCall, row: CaseRow, part: string): Promise<void> {
  return addEntry(call.tx, row, {
    id: call.newId(),
    at: call.at,
    act: 'call-out',
    actor_id: systemAccountId,
    post_id: null,
    from_state: row.state,
    to_state: null,
    words: null,
    detail: { part },
    file_ids: [],
    internal: true,
  })
}

/** A call is as urgent as can be, whatever the hour. */
export const notice = (
  row: CaseRow,
  run: Pick<CallRunRow, 'id'>,
  event: NoticeAsk['event'],
  accounts: readonly string[],
): NoticeAsk => ({
  event,
  reader: 'desk',
  to: accounts.map((account) => ({ account })),
  about: { type: 'case', id: row.id, area: row.area },
  facts: { number: row.number },
  urgency: event === 'duty.answered' ? 'P2' : 'P0',
  dedupe: run.id,
})

/** Whether this actor is one of those called. */
export const wasCalled = (steps: readonly CallStepRow[], actor: Pick<Actor, 'accountId'>): boolean =>
  steps.some(({ accountId }) => accountId === actor.accountId)
