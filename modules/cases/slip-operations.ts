/** The printed slip 受理回执 for whoever has no phone, and the question by number and code that it opens. */
import { type Static, Type } from 'typebox'
import { defineOperation, IdParams, Instant, Nullable, type Who, Words } from '../../lib/contract.ts'
import { caseStates } from './words.ts'

/** Who stands before the person: the desks, and the grid's own people at the door. */
const whoPrints: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'grid-worker', 'grid-head']

export const SlipView = Type.Object({
  number: Type.String(),
  /** As it is printed: `ACDE-FGHJ`. */
  code: Type.String(),
  streetName: Type.String(),
  /** What was said, in short. */
  title: Type.String(),
  filedAt: Instant,
  /** Null while it was not formally accepted: the slip then says that it was filed. */
  acceptedAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  /** The desk that holds the case: a community or the street. */
  desk: Type.String(),
  deskPhone: Type.String(),
  printedAt: Instant,
})
export type SlipView = Static<typeof SlipView>

/** A POST although it shows: the first printing makes the code, and each one is audited. */
export const printSlip = defineOperation({
  name: 'cases.printSlip',
  method: 'POST',
  path: '/api/cases/{id}/slip',
  summary: 'The slip of a case with its query code, the same at each printing; audited',
  who: whoPrints,
  idempotency: 'unstored',
  params: IdParams,
  output: SlipView,
  refusals: ['cases/not-found'],
})

/** Progress and nothing else: no name, no text, no place. */
export const SlipProgress = Type.Object({
  number: Type.String(),
  streetName: Type.String(),
  state: Words(caseStates),
  filedAt: Instant,
  acceptedAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  answeredAt: Nullable(Instant),
  closedAt: Nullable(Instant),
  /** Whoever has no account may rate by the same number and code. */
  mayRate: Type.Boolean(),
  deskPhone: Type.String(),
})
export type SlipProgress = Static<typeof SlipProgress>

export const querySlip = defineOperation({
  name: 'cases.querySlip',
  method: 'POST',
  path: '/api/slip-query',
  summary: 'Where a case stands, by the number and the code of its slip; limited by address and number',
  who: 'anyone',
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    { number: Type.String({ maxLength: 40 }), code: Type.String({ maxLength: 20 }) },
    { additionalProperties: false },
  ),
  output: SlipProgress,
  refusals: ['cases/slip-unknown', 'cases/slip-too-often'],
})
