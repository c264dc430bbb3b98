/** Accepting and assigning by the system, where a street has switched it on for a matter and nothing is open. */
import type { JobCall } from '../../../platform/jobs.ts'
import type { Call, JobNote } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { decideDispatch } from '../rules/auto-dispatch.ts'
import { higherUrgency } from '../rules/higher-urgency.ts'
import { startClocks } from '../rules/start-clocks.ts'
import { autoDispatch } from '../suggest-settings.ts'
import { workingCalendar } from './calendar.ts'
import type { CaseRow } from './case-row.ts'
import { changeCase, lockCase, type NewEntry } from './case-store.ts'
import type { MatterRow } from './matter-store.ts'
import { type Names, namesOf } from './names.ts'
import { audienceOf } from './perform-act.ts'
import { clockTable } from './street-clocks.ts'
import { guessMatters } from './suggest-matters.ts'
import { organisationsOnDuty } from './suggest-organisations.ts'
import { tellOfAct } from './tell-people.ts'

export const dispatchTask = 'cases.autoDispatch'

/** Asks for a look at a case that was just filed, where the street lets the system dispatch anything. */
export async function dispatchIfAllowed(
  call: Pick<Call<never>, 'tx' | 'at'> & { actor: { streetId: number }; job(note: JobNote): void },
  row: CaseRow,
): Promise<void> {
  const switchedOn = await readSetting(call.tx, row.street_id, autoDispatch, call.at)
  if (switchedOn.length > 0) call.job({ task: dispatchTask, payload: { caseId: row.id }, runAt: call.at })
}

/** Done twice it does nothing the second time: the case is no longer pending. */
export async function dispatchBySystem(call: JobCall): Promise<void> {
  const { tx, at, actor, payload } = call
  if (typeof payload.caseId !== 'string') return
  const row = await lockCase(tx, actor.streetId, payload.caseId)
  if (row?.state !== 'pending') return
  const names = await namesOf(tx, actor.streetId)
  const { guesses, inUse } = await guessMatters(call, row, names, 1)
  const [best] = guesses
  if (!best) return
  const { matter, share } = best
  const must = organisationsOnDuty(row, matter, names).filter(({ duty }) => duty === 'must')
  const decision = decideDispatch({
    state: row.state,
    desk: row.desk,
    text: `${row.title} ${row.text}`,
    confidential: row.confidential || row.petition !== null,
    fromAbove: row.channel === 'upstream',
    placeKnown: row.area !== names.areas.root.path,
    urgency: higherUrgency(row.urgency, matter.urgency),
    matter: { code: matter.code, sensitive: matter.sensitive, asksMore: matter.extra_fields !== null },
    share: row.matter_id === null || row.matter_id === matter.id ? (share ?? 0) : 0,
    mustTake: must.map(({ organisation }) => organisation.id),
    switchedOn: await readSetting(tx, actor.streetId, autoDispatch, at),
  })
  if ('why' in decision) return
  const basis = must[0]?.why ?? ''
  const told = {
    auto: true,
    matter: matter.code,
    sharePercent: Math.floor((share ?? 0) * 100),
    words: best.words.join('、'),
    basis,
    model: inUse.version,
  }
  await dispatch(call, row, { matter, organisationId: decision.organisationId, names, told })
}

interface Dispatching {
  matter: MatterRow
  organisationId: string
  names: Names
  told: NewEntry['detail']
}

async function dispatch(
  call: JobCall,
  row: CaseRow,
  { matter, organisationId, names, told }: Dispatching,
): Promise<void> {
  const { tx, at, actor } = call
  const urgency = higherUrgency(row.urgency, matter.urgency)
  const kind = row.kind ?? matter.kind
  const clocks = startClocks(
    at,
    kind,
    urgency,
    matter.clock,
    await workingCalendar(tx, row.street_id),
    await clockTable(tx, row.street_id, at),
  )
  const entry = (
    act: 'accept' | 'assign',
    from: CaseRow['state'],
    to: CaseRow['state'],
    detail: NewEntry['detail'],
  ) => ({
    id: call.newId(),
    at,
    act,
    actor_id: actor.accountId,
    post_id: null,
    from_state: from,
    to_state: to,
    words: null,
    detail: { ...told, ...detail },
    file_ids: [],
    internal: false,
  })
  const change = {
    state: 'assigned' as const,
    kind,
    matter_id: matter.id,
    urgency,
    accepted_at: at,
    clock_start_at: at,
    response_due_at: clocks.responseDueAt,
    due_at: clocks.dueAt,
    clock_rule: clocks.rule,
    organisation_id: organisationId,
    assigned_at: at,
    hops: row.hops + 1,
    assigned_by: [...new Set([...row.assigned_by, actor.accountId])],
  }
  const { row: after } = await changeCase(tx, row, change, [
    entry('accept', 'pending', 'accepted', { kind, urgency, dueAt: clocks.dueAt.toISOString() }),
    entry('assign', 'accepted', 'assigned', { organisation: organisationId, post: null, helpers: 0 }),
  ])
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    detail: { act: 'assign', from: 'pending', to: 'assigned', ...told },
  })
  call.event({ type: 'case.assign', subjectId: row.id, audience: audienceOf(after, row) })
  await tellOfAct(call, names.people, { act: 'assign', before: row, after })
}
