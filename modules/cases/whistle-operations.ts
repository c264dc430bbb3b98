/** 吹哨报到: whoever can not settle a case calls organisations; they report, do their tasks, and the caller ends it. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, type Role, Words } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { ByPost, Text } from './case-views.ts'
import type { CaseRefusal } from './refusals.ts'
import { whistleKinds, whistleSteps, whistleTaskStates } from './whistle-words.ts'
import { satisfactions } from './words.ts'

const strict = { additionalProperties: false } as const

const Can = Type.Union([
  Type.Object({ ok: Type.Literal(true) }),
  Type.Object({ ok: Type.Literal(false), why: Type.Unsafe<CaseRefusal>(Type.String()) }),
])

export const WhistleCallView = Type.Object({
  organisation: Nullable(OrganisationRef),
  isLead: Type.Boolean(),
  calledAt: Instant,
  /** Until when it has to report. */
  dueAt: Instant,
  arrivedAt: Nullable(Instant),
  arrivedBy: Nullable(ByPost),
  arrivedWords: Nullable(Type.String()),
  /** The last step that an unanswered call has climbed. */
  climbed: Nullable(Words(whistleSteps)),
  rating: Nullable(Words(satisfactions)),
  ratedWords: Nullable(Type.String()),
  /** The reader belongs to this organisation. */
  mine: Type.Boolean(),
})
export type WhistleCallView = Static<typeof WhistleCallView>

export const WhistleTaskView = Type.Object({
  id: Id,
  organisation: Nullable(OrganisationRef),
  words: Type.String(),
  dueAt: Nullable(Instant),
  state: Words(whistleTaskStates),
  doneAt: Nullable(Instant),
  doneWords: Nullable(Type.String()),
  judgedWords: Nullable(Type.String()),
  vetoes: Type.Integer(),
  can: Type.Object({ finish: Type.Boolean(), judge: Type.Boolean() }),
})
export type WhistleTaskView = Static<typeof WhistleTaskView>

export const WhistleView = Type.Object({
  id: Id,
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  placeText: Nullable(Type.String()),
  area: Nullable(AreaRef),
  kind: Words(whistleKinds),
  words: Type.String(),
  by: ByPost,
  /** The reader blew it, or holds the post that did. */
  mine: Type.Boolean(),
  raisedAt: Instant,
  releasedAt: Nullable(Instant),
  releasedWords: Nullable(Type.String()),
  calls: Type.Array(WhistleCallView),
  tasks: Type.Array(WhistleTaskView),
  can: Type.Object({ arrive: Type.Boolean(), giveTask: Type.Boolean(), rate: Type.Boolean(), release: Can }),
})
export type WhistleView = Static<typeof WhistleView>

/** Rule: rights.md: grid head and up. */
const callers: readonly Role[] = ['grid-head', 'clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor']
const called: readonly Role[] = ['handler', 'organisation-lead']
const readers: readonly Role[] = [...callers, 'verifier', ...called]

const refusals: CaseRefusal[] = ['cases/whistle-unknown', 'cases/whistle-over', 'cases/whistle-not-yours']

export const raiseWhistle = defineOperation({
  name: 'cases.raiseWhistle',
  method: 'POST',
  path: '/api/cases/{id}/whistles',
  summary: '吹哨: calls organisations to a case, each until its time',
  who: callers,
  status: 201,
  params: IdParams,
  body: Type.Object(
    {
      kind: Words(whistleKinds),
      words: Text,
      /** The first is in the lead. */
      calls: Type.Array(
        Type.Object(
          {
            organisationId: Id,
            task: Type.Optional(Text),
            /** Minutes to report; the street's own number for the kind unless given. */
            withinMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 10_080 })),
          },
          strict,
        ),
        { minItems: 1, maxItems: 10 },
      ),
    },
    strict,
  ),
  output: WhistleView,
  refusals: [
    'cases/not-found',
    'cases/wrong-state',
    'cases/not-your-act',
    'cases/organisation-unknown',
    'cases/whistle-open',
  ],
})

export const listWhistles = defineOperation({
  name: 'cases.listWhistles',
  method: 'GET',
  path: '/api/whistles',
  summary: 'Whistles within sight, open ones first; of one case where one is named',
  who: readers,
  query: Type.Object({ caseId: Type.Optional(Id), open: Type.Optional(Type.Boolean()) }, strict),
  /** `canRaise`: whether the reader may blow one on the case that was asked for. */
  output: Type.Object({ items: Type.Array(WhistleView), canRaise: Type.Boolean() }),
})

const onWhistle = { method: 'POST', params: IdParams, output: WhistleView } as const

export const arriveAtWhistle = defineOperation({
  ...onWhistle,
  name: 'cases.arriveAtWhistle',
  path: '/api/whistles/{id}/arrive',
  summary: '报到: a called organisation says that it is here, and who comes',
  who: called,
  body: Type.Object({ words: Text }, strict),
  refusals: [...refusals, 'cases/whistle-arrived'],
})

export const giveWhistleTask = defineOperation({
  ...onWhistle,
  name: 'cases.giveWhistleTask',
  path: '/api/whistles/{id}/tasks',
  summary: 'A task for one called organisation, by the caller or the organisation in the lead',
  who: [...callers, ...called],
  body: Type.Object({ organisationId: Id, words: Text, dueAt: Type.Optional(Instant) }, strict),
  refusals: [...refusals, 'cases/organisation-unknown', 'cases/date-in-past'],
})

export const finishWhistleTask = defineOperation({
  ...onWhistle,
  name: 'cases.finishWhistleTask',
  path: '/api/whistle-tasks/{id}/finish',
  summary: 'The organisation says what it did',
  who: called,
  body: Type.Object({ words: Text }, strict),
  refusals: [...refusals, 'cases/wrong-state'],
})

export const judgeWhistleTask = defineOperation({
  ...onWhistle,
  name: 'cases.judgeWhistleTask',
  path: '/api/whistle-tasks/{id}/judge',
  summary: 'The caller accepts a result or vetoes it; a veto holds until it is done again',
  who: callers,
  body: Type.Object({ accept: Type.Boolean(), words: Type.Optional(Text) }, strict),
  refusals: [...refusals, 'cases/wrong-state', 'cases/whistle-veto-words'],
})

export const rateWhistleCall = defineOperation({
  ...onWhistle,
  name: 'cases.rateWhistleCall',
  path: '/api/whistles/{id}/rate',
  summary: 'The caller rates how a called organisation answered',
  who: callers,
  body: Type.Object({ organisationId: Id, rating: Words(satisfactions), words: Type.Optional(Text) }, strict),
  refusals: [...refusals, 'cases/organisation-unknown', 'cases/already-rated'],
})

export const releaseWhistle = defineOperation({
  ...onWhistle,
  name: 'cases.releaseWhistle',
  path: '/api/whistles/{id}/release',
  summary: 'The caller, and nobody else, ends the whistle',
  who: callers,
  body: Type.Object({ words: Text }, strict),
  refusals: [...refusals, 'cases/whistle-task-open', 'cases/whistle-vetoed', 'cases/whistle-unrated'],
})

export const whistleOperations = {
  raiseWhistle,
  listWhistles,
  arriveAtWhistle,
  giveWhistleTask,
  finishWhistleTask,
  judgeWhistleTask,
  rateWhistleCall,
  releaseWhistle,
} as const
