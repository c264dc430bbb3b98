/**
 * 强制报告: one act writes down who told which authority what and when, and takes the case it came from out of everybody's
 * sight. None of these acts stands in the common audit trail: the report has a trail of its own behind its own wall
 * (decision 0040), for a line “mandatory report” there would tell what the report keeps.
 */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, type Role, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { strict } from './case-act.ts'
import { ByPost, Text } from './case-views.ts'
import { harmActs, harmAuthorities, harmConcerns } from './harm-words.ts'

/** Rule: 未成年人保护法 art. 11: everybody who works here; administrators and viewers meet nobody. */
const whoReports: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]
const untraced = { audit: 'none', method: 'POST' } as const

/** Which authority was told, when, and who took it there: a name, a badge or a receipt number. */
const Told = Type.Object(
  {
    authority: Words(harmAuthorities),
    at: Type.Optional(Instant),
    takenBy: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
)

export const reportHarm = defineOperation({
  ...untraced,
  name: 'cases.reportHarm',
  path: '/api/harm-reports',
  summary:
    'A mandatory report that a minor is or may be harmed; a case that it names leaves everybody’s sight',
  who: whoReports,
  status: 201,
  body: Type.Object(
    {
      caseId: Type.Optional(Id),
      /** Where no case tells the place. */
      areaId: Type.Optional(Id),
      concern: Words(harmConcerns),
      words: Text,
      /** Told already, by phone: the report is made to them, not to this system. */
      told: Type.Array(Told, { minItems: 1, maxItems: 4 }),
    },
    strict,
  ),
  output: Type.Object({ id: Id }),
  refusals: [
    'cases/not-found',
    'cases/guarded',
    'cases/place-needed',
    'cases/community-unknown',
    'cases/date-in-future',
  ],
})

const HarmLine = Type.Object({
  id: Id,
  concern: Words(harmConcerns),
  area: Nullable(AreaRef),
  madeAt: Instant,
  by: ByPost,
  mine: Type.Boolean(),
  /** The case that it came from, where there is one. */
  caseId: Nullable(Id),
  caseNumber: Nullable(Type.String()),
  /** The case is still out of everybody's sight. */
  guarded: Type.Boolean(),
  told: Type.Array(Words(harmAuthorities)),
})

export const HarmReportView = Type.Object({
  ...HarmLine.properties,
  words: Type.String(),
  entries: Type.Array(
    Type.Object({
      id: Id,
      act: Words(harmActs),
      at: Instant,
      by: ByPost,
      authority: Nullable(Words(harmAuthorities)),
      toldAt: Nullable(Instant),
      words: Nullable(Type.String()),
    }),
  ),
  /** Whether this reader may bring the case back into the loop. */
  canRelease: Type.Boolean(),
})
export type HarmReportView = Static<typeof HarmReportView>

export const listHarmReports = defineOperation({
  name: 'cases.listHarmReports',
  method: 'GET',
  path: '/api/harm-reports',
  summary:
    'Reports that the reader made, or watches over as supervisor or duty head; newest first, without their words',
  who: whoReports,
  output: Type.Object({ items: Type.Array(HarmLine) }),
})

const onReport = {
  ...untraced,
  who: whoReports,
  params: IdParams,
  output: HarmReportView,
  /** The reply holds what is sealed: it is not kept for a repeated key. */
  idempotency: 'unstored',
} as const

export const openHarmReport = defineOperation({
  ...onReport,
  name: 'cases.openHarmReport',
  path: '/api/harm-reports/{id}/open',
  summary: 'The whole report; who opened it when is written into its own trail',
  refusals: ['cases/not-found'],
})

export const addToHarmReport = defineOperation({
  ...onReport,
  name: 'cases.addToHarmReport',
  path: '/api/harm-reports/{id}/add',
  summary: 'Another authority that was told, or what came of it',
  body: Type.Object({ told: Type.Optional(Told), words: Type.Optional(Text) }, strict),
  refusals: ['cases/not-found', 'cases/nothing-said', 'cases/date-in-future'],
})

export const releaseHarmCase = defineOperation({
  ...onReport,
  name: 'cases.releaseHarmCase',
  path: '/api/harm-reports/{id}/release',
  summary:
    'A supervising post brings the case back into the loop, with the reason; the report stays where it is',
  who: ['supervisor', 'duty-head'],
  body: Type.Object({ words: Text }, strict),
  refusals: ['cases/not-found', 'cases/wrong-state'],
})

export const harmOperations = {
  reportHarm,
  listHarmReports,
  openHarmReport,
  addToHarmReport,
  releaseHarmCase,
} as const
