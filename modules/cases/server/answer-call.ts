import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { displayNames } from '../../accounts/server/index.ts'
import { tell } from '../../messages/server/index.ts'
import type { CallRunView } from '../call-operations.ts'
import * as contract from '../contract.ts'
import { postToAnswer, stillWaiting } from '../rules/call-out.ts'
import { notice, wasCalled } from './call-chain.ts'
import {
  answerRun,
  type CallRunRow,
  type CallStepRow,
  lockRunOfCase,
  openRuns,
  runsOfCase,
  stepsOfRuns,
} from './call-run-store.ts'
import type { CaseRow } from './case-row.ts'
import { addEntry, findCase, getCases } from './case-store.ts'
import { factsOf, mayReadTexts } from './case-view.ts'
import { areaRef, namesOf } from './names.ts'
import { audienceOf } from './perform-act.ts'

type AnyCall = Pick<Call<typeof contract.answerCall>, 'tx' | 'actor' | 'services'>

/** 我来处理. Pressed again by the same person it says the same; a second person is told that somebody has it. */
export const answerCall = operation(contract.answerCall, async (call) => {
  const { tx, actor, at, params } = call
  const { streetId, accountId } = actor
  const row = await findCase(tx, streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const run = await lockRunOfCase(tx, streetId, row.id)
  if (run === undefined || run.state === 'ended') throw new Refusal('cases/no-call')
  const steps = await stepsOfRuns(tx, streetId, [run.id])
  if (run.state === 'answered') {
    if (run.answeredBy !== accountId) throw new Refusal('cases/call-answered')
    call.skipAudit()
    return oneView(call, run, row)
  }
  const post = postToAnswer(factsOf(row), actor, wasCalled(steps, actor))
  if (post === undefined) throw new Refusal('cases/not-called')
  await answerRun(tx, streetId, run.id, { accountId, postId: post.id, at })
  await addEntry(tx, row, {
    id: call.newId(),
    at,
    act: 'answer-call',
    actor_id: accountId,
    post_id: post.id,
    from_state: row.state,
    to_state: null,
    words: null,
    detail: {},
    file_ids: [],
    internal: true,
  })
  const others = steps.map((step) => step.accountId).filter((id) => id !== accountId)
  if (others.length > 0) await tell(call, [notice(row, run, 'duty.answered', others)])
  call.audit({ subjectType: 'case', subjectId: row.id, postId: post.id, detail: { act: 'answer-call' } })
  const audience = audienceOf(row)
  const accounts = [...new Set([...(audience.accounts ?? []), ...others])]
  call.event({ type: 'case.answer-call', subjectId: row.id, audience: { ...audience, accounts } })
  return oneView(
    call,
    { ...run, state: 'answered', nextAt: null, answeredBy: accountId, answeredAt: at },
    row,
  )
})

/** A run whose case has gone on meanwhile waits for nobody, also before the job has looked again. */
export const listCallRuns = operation(contract.listCallRuns, async (call) => {
  const { tx, actor, query } = call
  const { streetId } = actor
  const runs =
    query.caseId === undefined ? await openRuns(tx, streetId) : await runsOfCase(tx, streetId, query.caseId)
  const rows = await getCases(
    tx,
    streetId,
    runs.map(({ caseId }) => caseId),
  )
  const shown = runs.flatMap((run) => {
    const row = rows.find(({ id }) => id === run.caseId)
    const wanted = row && mayReadTexts(row, actor) && (query.caseId !== undefined || stillWaiting(row.state))
    return wanted ? [{ run, row }] : []
  })
  return { items: await runViews(call, shown) }
})

async function oneView(call: AnyCall, run: CallRunRow, row: CaseRow): Promise<CallRunView> {
  const [view] = await runViews(call, [{ run, row }])
  if (view === undefined) throw new Error('the run is gone')
  return view
}

async function runViews(
  { tx, actor, services }: AnyCall,
  shown: readonly { run: CallRunRow; row: CaseRow }[],
): Promise<CallRunView[]> {
  if (shown.length === 0) return []
  const steps = await stepsOfRuns(
    tx,
    actor.streetId,
    shown.map(({ run }) => run.id),
  )
  const people = [
    ...steps.map(({ accountId }) => accountId),
    ...shown.flatMap(({ run }) => (run.answeredBy === null ? [] : [run.answeredBy])),
  ]
  const names = await displayNames(tx, services.keys, people)
  const { areas } = await namesOf(tx, actor.streetId)
  const person = (accountId: string) => ({
    accountId,
    displayName: names.get(accountId) ?? '',
    me: accountId === actor.accountId,
  })
  const stepView = ({ accountId, part, calledAt }: CallStepRow) => ({
    ...person(accountId),
    part,
    calledAt: calledAt.toISOString(),
  })
  return shown.map(({ run, row }) => {
    const own = steps.filter(({ runId }) => runId === run.id)
    const area = areas.byId.get(row.area_id)
    const open = run.state === 'calling' || run.state === 'exhausted'
    return {
      caseId: row.id,
      number: row.number,
      title: row.title,
      area: area ? areaRef(area) : null,
      placeText: row.place_text,
      state: run.state,
      startedAt: run.startedAt.toISOString(),
      nextAt: run.nextAt?.toISOString() ?? null,
      steps: own.map(stepView),
      answeredBy: run.answeredBy === null ? null : person(run.answeredBy),
      answeredAt: run.answeredAt?.toISOString() ?? null,
      can: { answer: open && postToAnswer(factsOf(row), actor, wasCalled(own, actor)) !== undefined },
    }
  })
}
