/**
 * Ratings that can be believed: each marked by how it came, those that look coaxed asked again by somebody who does not
 * know them; closings that came too soon, with their bounds; and demands that can not be met, found by two people.
 */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, IdParams, Instant, Nullable, Words } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { act, checkers, desk, holders, OptionalText, strict } from './case-act.ts'
import { Text } from './case-views.ts'
import { findingKinds } from './trust-words.ts'
import { satisfactions } from './words.ts'

const said = {
  reached: Type.Boolean(),
  solved: Type.Boolean(),
  satisfaction: Words(satisfactions),
  words: OptionalText,
}

export const recordRating = act(
  'record-rating',
  'recordRating',
  'What the resident said of it at the desk or in a call-back, word for word; never by whoever handled it',
  [...desk, ...checkers],
  Type.Object({ way: Words(['desk', 'call-back'] as const), ...said }, strict),
  ['cases/handler-may-not-check', 'cases/already-rated', 'cases/rating-closed', 'cases/rated-above'],
)

export const findUnreasonable = act(
  'find-unreasonable',
  'findUnreasonable',
  'Asks for the finding that a demand is unlawful or impossible; another person reviews it',
  [...holders, 'dispatcher', 'duty-head'],
  Type.Object({ kind: Words(findingKinds), reason: Text }, strict),
  ['cases/finding-there'],
)

export const rateByCode = defineOperation({
  name: 'cases.rateByCode',
  method: 'POST',
  path: '/api/slip-rating',
  summary: 'The rating of somebody without an account, by the number and code of their slip or message',
  who: 'anyone',
  /** A second one is refused by the case itself. */
  idempotency: 'unstored',
  body: Type.Object(
    {
      number: Type.String({ maxLength: 40 }),
      code: Type.String({ maxLength: 20 }),
      /** A random id that this browser tab keeps until it is closed; it recognises no device. */
      session: Id,
      ...said,
    },
    strict,
  ),
  output: Type.Object({ number: Type.String(), closed: Type.Boolean() }),
  refusals: [
    'cases/slip-unknown',
    'cases/slip-too-often',
    'cases/wrong-state',
    'cases/already-rated',
    'cases/rating-closed',
  ],
})

export const CallBackLine = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  area: Nullable(AreaRef),
  /** What the resident was told. What they answered stands nowhere here. */
  answer: Nullable(Type.String()),
  flaggedAt: Instant,
})

export const listCallBacks = defineOperation({
  name: 'cases.listCallBacks',
  method: 'GET',
  path: '/api/rating-call-backs',
  summary:
    'Cases whose resident is to be asked again; without the rating, and without those that the reader had a part in',
  who: checkers,
  output: Type.Object({ items: Type.Array(CallBackLine) }),
})

export const settleCallBack = defineOperation({
  name: 'cases.settleCallBack',
  method: 'POST',
  path: '/api/rating-call-backs/{id}',
  summary:
    'What the resident said when asked again; it counts from now on, and the first rating stays in the history',
  who: checkers,
  params: IdParams,
  body: Type.Object(
    {
      /** Nobody answered: the first rating stands. */
      answered: Type.Boolean(),
      reached: Type.Optional(Type.Boolean()),
      solved: Type.Optional(Type.Boolean()),
      satisfaction: Type.Optional(Words(satisfactions)),
      words: OptionalText,
    },
    strict,
  ),
  /** Shown only now. `same`: the same satisfaction as at first; null where nobody answered. */
  output: Type.Object({ caseId: Id, first: Words(satisfactions), same: Nullable(Type.Boolean()) }),
  refusals: ['cases/not-found', 'cases/not-flagged', 'cases/not-blind', 'cases/nothing-said'],
})

const Share = Type.Object({
  count: Type.Integer(),
  of: Type.Integer(),
  /** Null for nothing; bounds of the score interval at 95 %. */
  share: Nullable(Type.Number()),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
})

export const TrustLine = Type.Object({
  /** Null for what street, communities and grids did themselves. */
  organisation: Nullable(OrganisationRef),
  /** Closings after which the same came again, of the closings of the period. */
  again: Share,
  flagged: Share,
  /** Asked again and told otherwise, of those that answered. */
  contradicted: Share,
  /** False: too few closings to stand in any order. */
  comparable: Type.Boolean(),
})
export type TrustLine = Static<typeof TrustLine>

export const getTrust = defineOperation({
  name: 'cases.getTrust',
  method: 'GET',
  path: '/api/rating-trust',
  summary:
    'Closings that came too soon and ratings that look coaxed, per organisation with bounds, never per person',
  who: [...desk, ...checkers],
  query: Type.Object({ from: Day, to: Day }, strict),
  output: Type.Object({
    lines: Type.Array(TrustLine),
    withinDays: Type.Integer(),
    /** Ratings of the period by how they came. */
    ways: Type.Array(Type.Object({ way: Type.String(), count: Type.Integer() })),
    /** Reviewed findings of the period: a figure of its own, beside satisfaction. */
    findings: Type.Integer(),
  }),
  refusals: ['cases/period-wrong'],
})

export const trustActs = { 'record-rating': recordRating, 'find-unreasonable': findUnreasonable } as const
export const trustOperations = { rateByCode, listCallBacks, settleCallBack, getTrust } as const
