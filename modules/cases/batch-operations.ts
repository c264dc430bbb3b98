/** Bulk work 批量处理: one act on many cases, each by the act itself; its report; taking it back. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, type Role, Words } from '../../lib/contract.ts'
import { batchActs, batchAtMost, batchItemStates } from './batch-words.ts'
import { deskOrOnDuty, OptionalText, strict } from './case-act.ts'
import { CaseView, Text } from './case-views.ts'
import { caseKinds, caseStates, declineReasons } from './words.ts'

/** Whoever may do any of the acts; each act asks again for itself. */
export const whoTriages: readonly Role[] = [...deskOrOnDuty, 'grid-worker', 'grid-head']

/** An organisation, a post, or for each case the one organisation that its duty list names. */
export const BatchHolder = Type.Union([
  Type.Object({ organisationId: Id }, strict),
  Type.Object({ postId: Id }, strict),
  Type.Object({ byDuty: Type.Literal(true) }, strict),
])

/** Words of one's own, or a template that is filled for each case. */
const answerFields = { answer: OptionalText, templateId: Type.Optional(Id) }

/** What the form says, the same for every case. */
export const BatchOrder = Type.Union([
  Type.Object(
    {
      act: Type.Literal('accept'),
      /** Left out: each case's own matter, or the one suggested for it where that is sure. */
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
      kind: Type.Optional(Words(caseKinds)),
      /** Given out at once; what is accepted already is only given out. */
      holder: Type.Optional(BatchHolder),
      note: OptionalText,
    },
    strict,
  ),
  Type.Object({ act: Type.Literal('assign'), holder: BatchHolder, note: OptionalText }, strict),
  Type.Object({ act: Type.Literal('merge'), parentCaseId: Id, words: OptionalText }, strict),
  Type.Object(
    { act: Type.Literal('decline'), reason: Words(declineReasons), whereToTurn: Text, ...answerFields },
    strict,
  ),
  Type.Object({ act: Type.Literal('answer-now'), ...answerFields }, strict),
  Type.Object({ act: Type.Literal('escalate'), reason: Text }, strict),
  Type.Object({ act: Type.Literal('send-down'), areaId: Id, reason: OptionalText }, strict),
  Type.Object({ act: Type.Literal('remind'), words: Text }, strict),
])
export type BatchOrder = Static<typeof BatchOrder>

export const BatchItem = Type.Object({
  caseId: Id,
  /** Null once the case is out of the reader's sight. */
  number: Nullable(Type.String()),
  title: Nullable(Type.String()),
  caseState: Nullable(Words(caseStates)),
  version: Nullable(Type.Integer()),
  state: Words(batchItemStates),
  /** The code of the refusal, and its words. */
  why: Nullable(Type.String()),
  whyWords: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  undone: Type.Boolean(),
})
export type BatchItem = Static<typeof BatchItem>

export const BatchSummary = Type.Object({
  id: Id,
  act: Words(batchActs),
  undoes: Nullable(Id),
  madeAt: Instant,
  endedAt: Nullable(Instant),
  waiting: Type.Integer(),
  done: Type.Integer(),
  partly: Type.Integer(),
  refused: Type.Integer(),
  undone: Type.Integer(),
  /** Until when it may be taken back; null for what can not be. */
  undoUntil: Nullable(Instant),
  /** Until then nobody is told of it, so that taking it back leaves no message behind. */
  quietUntil: Nullable(Instant),
})
export type BatchSummary = Static<typeof BatchSummary>

export const BatchView = Type.Object({ ...BatchSummary.properties, items: Type.Array(BatchItem) })
export type BatchView = Static<typeof BatchView>

export const startCaseBatch = defineOperation({
  name: 'cases.startCaseBatch',
  method: 'POST',
  path: '/api/case-batches',
  summary: 'One act on many cases: exactly those named, each with its rights, its version and its entry',
  who: whoTriages,
  status: 201,
  bodyLimitBytes: 262_144,
  body: Type.Object(
    {
      items: Type.Array(
        Type.Object({ caseId: Id, version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }, strict),
        {
          minItems: 1,
          maxItems: batchAtMost,
        },
      ),
      order: BatchOrder,
    },
    strict,
  ),
  output: BatchSummary,
  refusals: ['cases/template-unknown', 'cases/answer-missing'],
})

export const getCaseBatch = defineOperation({
  name: 'cases.getCaseBatch',
  method: 'GET',
  path: '/api/case-batches/{id}',
  summary: 'How far one’s own batch has come: done, refused each with its reason, taken back',
  who: whoTriages,
  params: IdParams,
  output: BatchView,
  refusals: ['cases/batch-not-found'],
})

export const listCaseBatches = defineOperation({
  name: 'cases.listCaseBatches',
  method: 'GET',
  path: '/api/case-batches',
  summary: 'One’s own newest twenty batches',
  who: whoTriages,
  output: Type.Object({ items: Type.Array(BatchSummary) }),
})

export const undoCaseBatch = defineOperation({
  name: 'cases.undoCaseBatch',
  method: 'POST',
  path: '/api/case-batches/{id}/undo',
  summary: 'Takes a batch back, or some of its cases: those on which nobody acted since',
  who: whoTriages,
  status: 201,
  params: IdParams,
  body: Type.Object(
    { caseIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: batchAtMost })) },
    strict,
  ),
  output: BatchSummary,
  refusals: ['cases/batch-not-found', 'cases/batch-running', 'cases/nothing-to-undo', 'cases/undo-over'],
})

export const undoCase = defineOperation({
  name: 'cases.undoCase',
  method: 'POST',
  path: '/api/cases/{id}/undo',
  summary: 'Takes back one’s own last act, while nobody acted after it; an entry of its own says so',
  who: whoTriages,
  params: IdParams,
  body: Type.Object(
    {
      /** Only what this batch did. */
      batchId: Type.Optional(Id),
    },
    strict,
  ),
  output: CaseView,
  refusals: [
    'cases/not-found',
    'cases/stale-version',
    'cases/nothing-to-undo',
    'cases/undo-acted-since',
    'cases/undo-not-yours',
    'cases/undo-over',
    'cases/undo-told',
  ],
})

export const batchOperations = [
  startCaseBatch,
  getCaseBatch,
  listCaseBatches,
  undoCaseBatch,
  undoCase,
] as const
