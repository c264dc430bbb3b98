/** 三单: needs, responsibilities and progress of a community as live views; and what of them stands in public. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { Clock, Holder, MatterRef } from './case-views.ts'
import { caseRoutes, nextSteps, publicStages } from './gathering-words.ts'
import type { CaseRefusal } from './refusals.ts'
import { caseStates, desks, entryActs } from './words.ts'

const strict = { additionalProperties: false } as const

const whoReadsLists: Who = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]
const desk: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head']
const community: Who = ['clerk', 'secretary']

export const mostListed = 500

export const RoutePromises = Type.Object({
  'handle-now': Type.Integer(),
  coordinate: Type.Integer(),
  track: Type.Integer(),
})

/** One need with all three lists: what it is, who answers for it by when, what was done and what comes next. */
export const ListedNeed = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  /** Words that name nobody: the published summary, or the matter. */
  plainWords: Type.String(),
  plainWordsEn: Type.String(),
  matter: Nullable(MatterRef),
  place: Type.String(),
  route: Nullable(Words(caseRoutes)),
  fromGathering: Type.Boolean(),
  /** How many said it: itself and what was merged into it. */
  voices: Type.Integer(),
  createdAt: Instant,
  state: Words(caseStates),
  stage: Words(publicStages),
  reviewOn: Nullable(Day),
  desk: Words(desks),
  holder: Holder,
  dueAt: Nullable(Instant),
  clock: Clock,
  lastStep: Nullable(Type.Object({ act: Words(entryActs), at: Instant })),
  next: Words(nextSteps),
  nextBy: Nullable(Instant),
  closedAt: Nullable(Instant),
  isPublished: Type.Boolean(),
})
export type ListedNeed = Static<typeof ListedNeed>

export const ThreeLists = Type.Object({
  area: AreaRef,
  asOf: Instant,
  /** Days within which each route promises to be done; shown only. */
  promises: RoutePromises,
  open: Type.Integer(),
  settled: Type.Integer(),
  items: Type.Array(ListedNeed),
  /** True when there are more than the list holds. */
  capped: Type.Boolean(),
})
export type ThreeLists = Static<typeof ThreeLists>

const listQuery = {
  areaId: Id,
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  route: Type.Optional(Words(caseRoutes)),
  source: Type.Optional(Words(['gathering', 'other'] as const)),
  state: Type.Optional(Words(['open', 'settled'] as const)),
}

export const getThreeLists = defineOperation({
  name: 'cases.getThreeLists',
  method: 'GET',
  path: '/api/three-lists',
  summary: 'The three lists of a community or grid: needs, responsibilities, progress; newest first',
  who: whoReadsLists,
  audit: 'read',
  query: Type.Object(listQuery, strict),
  output: ThreeLists,
  refusals: ['cases/community-unknown'],
})

export const exportThreeLists = defineOperation({
  name: 'cases.exportThreeLists',
  method: 'GET',
  path: '/api/three-lists/export',
  summary: 'The three lists as one workbook with three sheets, in words that name nobody',
  who: whoReadsLists,
  audit: 'read',
  query: Type.Object({ ...listQuery, language: Type.Optional(Words(['zh', 'en'] as const)) }, strict),
  output: Bytes(xlsxMediaType),
  refusals: ['cases/community-unknown'],
})

const Allowed = Type.Unsafe<{ ok: true } | { ok: false; why: CaseRefusal }>(
  Type.Object({ ok: Type.Boolean(), why: Type.Optional(Type.String()) }),
)

export const PublicSummaryView = Type.Object({
  caseId: Id,
  draft: Nullable(Type.String()),
  draftAt: Nullable(Instant),
  mine: Type.Boolean(),
  published: Nullable(Type.String()),
  publishedAt: Nullable(Instant),
  withdrawnAt: Nullable(Instant),
  withdrawnReason: Nullable(Type.String()),
  version: Type.Integer(),
  /** Code of the community in whose public list it stands. */
  communityCode: Nullable(Type.String()),
  can: Type.Object({ write: Allowed, publish: Allowed, withdraw: Allowed }),
})
export type PublicSummaryView = Static<typeof PublicSummaryView>

const summaryRefusals = ['cases/not-found', 'cases/stale-version', 'cases/summary-not-public'] as const
const Summary = Type.String({ minLength: 4, maxLength: 120 })

export const getPublicSummary = defineOperation({
  name: 'cases.getPublicSummary',
  method: 'GET',
  path: '/api/public-summaries/{id}',
  summary: 'What is or may be said in public about a case; the id is the case’s',
  who: whoReadsLists,
  params: IdParams,
  output: PublicSummaryView,
  refusals: ['cases/not-found'],
})

export const writePublicSummary = defineOperation({
  name: 'cases.writePublicSummary',
  method: 'POST',
  path: '/api/public-summaries/{id}/write',
  summary:
    'Words of the staff about a case, without anybody’s name, phone or door; another person publishes them',
  who: desk,
  params: IdParams,
  body: Type.Object({ summary: Summary }, strict),
  output: PublicSummaryView,
  refusals: [...summaryRefusals, 'cases/summary-names-person', 'cases/summary-own-words'],
})

export const publishSummary = defineOperation({
  name: 'cases.publishSummary',
  method: 'POST',
  path: '/api/public-summaries/{id}/publish',
  summary: 'Puts the words that somebody else wrote into the community’s public list',
  who: community,
  params: IdParams,
  /** Which words were read: others may have been written meanwhile. */
  body: Type.Object({ version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }, strict),
  output: PublicSummaryView,
  refusals: [
    ...summaryRefusals,
    'cases/summary-missing',
    'cases/asker-may-not-approve',
    'cases/not-your-act',
    'cases/summary-names-person',
    'cases/summary-own-words',
  ],
})

export const withdrawSummary = defineOperation({
  name: 'cases.withdrawSummary',
  method: 'POST',
  path: '/api/public-summaries/{id}/withdraw',
  summary: 'Takes a case out of the public list, with the reason',
  who: community,
  params: IdParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, strict),
  output: PublicSummaryView,
  refusals: ['cases/not-found', 'cases/summary-missing', 'cases/not-your-act'],
})

/** A line of the public page: no id, no number, nobody's words but the staff's. */
export const PublicLine = Type.Object(
  {
    summary: Type.String(),
    place: Type.String(),
    route: Nullable(Words(caseRoutes)),
    stage: Words(publicStages),
    saidOn: Day,
    settledOn: Nullable(Day),
  },
  strict,
)
export type PublicLine = Static<typeof PublicLine>

export const getPublicList = defineOperation({
  name: 'cases.getPublicList',
  method: 'GET',
  path: '/api/public/lists/{code}',
  summary: 'What a community publishes of its needs and their progress; for everybody, without signing in',
  who: 'anyone',
  audit: 'none',
  params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }, strict),
  query: Type.Object(
    {
      street: Type.Optional(
        Type.String({ maxLength: 40, description: 'where two streets use the same code' }),
      ),
    },
    strict,
  ),
  output: Type.Object(
    {
      communityName: Type.String(),
      streetName: Type.String(),
      asOf: Instant,
      promises: RoutePromises,
      items: Type.Array(PublicLine),
    },
    strict,
  ),
  refusals: ['cases/list-unknown', 'platform/too-many-requests'],
})

export const threeListsOperations = [
  getThreeLists,
  exportThreeLists,
  getPublicSummary,
  writePublicSummary,
  publishSummary,
  withdrawSummary,
  getPublicList,
] as const
