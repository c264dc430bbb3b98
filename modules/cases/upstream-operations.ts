/** Orders from above 上级工单: who sends them, bringing them in, taking an import back, what may be the same. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, type Who, Words } from '../../lib/contract.ts'
import { LongText } from './case-views.ts'
import { caseKinds, caseStates, insideUnits, upstreamKinds } from './words.ts'

const strict = { additionalProperties: false } as const
/** Orders hold texts and contacts, so the street centre brings them in; the system administrator sees neither. */
const centre: Who = ['dispatcher', 'duty-head']

const sourceFields = {
  code: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }),
  name: Type.String({ minLength: 1, maxLength: 40 }),
  nameEn: Type.String({ minLength: 1, maxLength: 60 }),
  kind: Words(upstreamKinds),
  /** Their classification to a code of our catalogue. */
  mapping: Type.Record(Type.String({ maxLength: 80 }), Type.String({ maxLength: 20 }), {
    maxProperties: 1000,
  }),
  insideAmount: Type.Integer({ minimum: 0, maximum: 720 }),
  insideUnit: Words(insideUnits),
  replyTemplate: Type.String({ minLength: 1, maxLength: 2000 }),
  /** Their words for a rating, best first. */
  ratingScale: Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { minItems: 1, maxItems: 10 }),
  contact: Nullable(Type.String({ maxLength: 120 })),
  active: Type.Boolean(),
}
export const UpstreamSource = Type.Object({
  ...sourceFields,
  /** 0: the one that every street has, not yet changed here. */
  version: Type.Integer(),
})
export type UpstreamSource = Static<typeof UpstreamSource>

export const listUpstreamSources = defineOperation({
  name: 'cases.listUpstreamSources',
  method: 'GET',
  path: '/api/upstream-sources',
  summary: 'Who sends orders from above, with their times, classes and words',
  who: 'staff',
  output: Type.Object({ items: Type.Array(UpstreamSource) }),
})

export const putUpstreamSource = defineOperation({
  name: 'cases.putUpstreamSource',
  method: 'POST',
  path: '/api/upstream-sources',
  summary: 'Adds a source of orders or changes it; `If-Match` names the version that was read',
  who: ['system-admin'],
  body: Type.Object(sourceFields, strict),
  output: UpstreamSource,
  refusals: ['cases/stale-version', 'cases/matter-unknown'],
})

export const OrderRow = Type.Object(
  {
    number: Type.String({ minLength: 1, maxLength: 60, description: 'their number' }),
    receivedAt: Type.Optional(Instant),
    dueAt: Type.Optional(Instant),
    class: Type.Optional(Type.String({ maxLength: 80 })),
    kind: Type.Optional(Words(caseKinds)),
    title: Type.Optional(Type.String({ maxLength: 80 })),
    text: LongText,
    addressText: Type.Optional(Type.String({ maxLength: 200 })),
    contact: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 40 })),
          phone: Type.Optional(Type.String({ maxLength: 20 })),
          address: Type.Optional(Type.String({ maxLength: 200 })),
        },
        strict,
      ),
    ),
    confidential: Type.Optional(Type.Boolean()),
    fileIds: Type.Optional(Type.Array(Id, { maxItems: 9 })),
  },
  strict,
)
export type OrderRow = Static<typeof OrderRow>

export const importOrders = defineOperation({
  name: 'cases.importOrders',
  method: 'POST',
  path: '/api/upstream-orders',
  summary: 'Up to 500 orders from above become cases; the same source and number twice is one order',
  who: centre,
  bodyLimitBytes: 4 * 1024 * 1024,
  body: Type.Object(
    {
      source: Type.String({ maxLength: 40 }),
      /** Several requests of one delivery share it, so that it can be taken back as one. */
      batchId: Type.Optional(Id),
      rows: Type.Array(OrderRow, { minItems: 1, maxItems: 500 }),
    },
    strict,
  ),
  output: Type.Object({
    batchId: Id,
    added: Type.Integer(),
    /** There already, from this source under this number. */
    known: Type.Integer(),
    rows: Type.Array(
      Type.Object({ number: Type.String(), caseId: Id, act: Words(['added', 'known'] as const) }),
    ),
  }),
  refusals: ['cases/source-unknown', 'cases/file-unknown'],
})

export const undoOrders = defineOperation({
  name: 'cases.undoOrders',
  method: 'POST',
  path: '/api/upstream-orders/undo',
  summary: 'Takes an import back within a day: orders on which nobody has worked go, the others are named',
  who: centre,
  body: Type.Object({ batchId: Id }, strict),
  output: Type.Object({
    withdrawn: Type.Integer(),
    kept: Type.Array(
      Type.Object({ caseId: Id, number: Type.String(), outsideNumber: Nullable(Type.String()) }),
    ),
  }),
  refusals: ['cases/undo-too-late'],
})

const whyAlike = ['same-number', 'same-phone', 'same-place'] as const
export type WhyAlike = (typeof whyAlike)[number]

export const listSimilarOrders = defineOperation({
  name: 'cases.listSimilarOrders',
  method: 'GET',
  path: '/api/cases/{id}/similar',
  summary: 'Cases that may be the same order from another source, and why',
  who: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'],
  params: IdParams,
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        number: Type.String(),
        title: Type.String(),
        state: Words(caseStates),
        source: Nullable(Type.String()),
        outsideNumber: Nullable(Type.String()),
        createdAt: Instant,
        why: Words(whyAlike),
      }),
    ),
  }),
  refusals: ['cases/not-found'],
})

export const getReplyText = defineOperation({
  name: 'cases.getReplyText',
  method: 'GET',
  path: '/api/cases/{id}/reply-text',
  summary: 'The answer in the form in which it is pasted back above',
  who: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'],
  params: IdParams,
  output: Type.Object({ text: Type.String() }),
  refusals: ['cases/not-found', 'cases/not-from-above'],
})

export const upstreamOperations = [
  listUpstreamSources,
  putUpstreamSource,
  importOrders,
  undoOrders,
  listSimilarOrders,
  getReplyText,
] as const
