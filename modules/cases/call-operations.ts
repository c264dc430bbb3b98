/** Calls of people for an urgent case: down the desk's call chain until somebody has it. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, type Who, Words } from '../../lib/contract.ts'
import { Colleague } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'

/** `exhausted`: everybody was called and nobody answered; `ended`: the case went on without an answer. */
export const callStates = ['calling', 'answered', 'exhausted', 'ended'] as const
export const callParts = ['on-duty', 'chain', 'supervisor', 'secretary'] as const

export const CallRunView = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  area: Nullable(AreaRef),
  placeText: Nullable(Type.String()),
  state: Words(callStates),
  startedAt: Instant,
  /** When the next person is called, while nobody has answered. */
  nextAt: Nullable(Instant),
  steps: Type.Array(
    Type.Object({ ...Colleague.properties, part: Words(callParts), calledAt: Instant, me: Type.Boolean() }),
  ),
  answeredBy: Nullable(Type.Object({ ...Colleague.properties, me: Type.Boolean() })),
  answeredAt: Nullable(Instant),
  can: Type.Object({ answer: Type.Boolean() }),
})
export type CallRunView = Static<typeof CallRunView>

/** Staff whose own area can hold a case's desk. */
const whoIsCalled: Who = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]

export const listCallRuns = defineOperation({
  name: 'cases.listCallRuns',
  method: 'GET',
  path: '/api/call-runs',
  summary: 'Urgent cases that nobody has yet; with a case, its latest run whatever became of it',
  who: whoIsCalled,
  query: Type.Object({ caseId: Type.Optional(Id) }, { additionalProperties: false }),
  output: Type.Object({ items: Type.Array(CallRunView) }),
})

export const answerCall = defineOperation({
  name: 'cases.answerCall',
  method: 'POST',
  path: '/api/cases/{id}/answer-call',
  summary: '我来处理: the first who says so has it, and the calling stops',
  who: whoIsCalled,
  params: IdParams,
  body: Type.Object({}, { additionalProperties: false }),
  output: CallRunView,
  refusals: ['cases/not-found', 'cases/no-call', 'cases/call-answered', 'cases/not-called'],
})
