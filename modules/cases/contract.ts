/** cases 诉求与事件: the matters catalogue, filing, the loop of acts, lists, search. */
import { Type } from 'typebox'
import {
  Bytes,
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { Place } from '../areas/contract.ts'
import { batchOperations } from './batch-operations.ts'
import { batchAtMost } from './batch-words.ts'
import { answerCall, listCallRuns } from './call-operations.ts'
import { caseActs } from './case-acts.ts'
import { caseFigures } from './case-figures.ts'
import { CaseSummary, CaseView, CaseWithEntries, FileIds, LongText } from './case-views.ts'
import { disputeOperations } from './dispute-acts.ts'
import { ExtraValues } from './extra-fields.ts'
import { figureOperations } from './figure-operations.ts'
import { gatheringOperations } from './gathering-operations.ts'
import { caseRoutes } from './gathering-words.ts'
import { harmOperations } from './harm-operations.ts'
import { exportMatters, listDutyRules, listMatters } from './matter-operations.ts'
import { nearOperations } from './near-operations.ts'
import { listPetitions, printPetition } from './petition-operations.ts'
import { listCasePoints } from './point-operations.ts'
import { suggestOperations } from './suggest-operations.ts'
import { giveTasks, listTasks } from './task-operations.ts'
import { templateOperations } from './template-operations.ts'
import { threeListsOperations } from './three-lists-operations.ts'
import { trustOperations } from './trust-operations.ts'
import { upstreamOperations } from './upstream-operations.ts'
import { whistleOperations } from './whistle-operations.ts'
import { caseKinds, caseStates, channels, desks } from './words.ts'

export * from './batch-operations.ts'
export * from './batch-words.ts'
export * from './calendar-operations.ts'
export * from './call-operations.ts'
export * from './case-acts.ts'
export { type CaseFigure, caseFigures, figureNames } from './case-figures.ts'
export * from './case-views.ts'
export * from './extra-fields.ts'
export * from './figure-operations.ts'
export * from './gathering-operations.ts'
export * from './gathering-words.ts'
export * from './hand-over-operations.ts'
export * from './harm-operations.ts'
export * from './harm-words.ts'
export * from './matter-operations.ts'
export * from './near-operations.ts'
export * from './order-operations.ts'
export * from './point-operations.ts'
export { type CaseRefusal, refusals } from './refusals.ts'
export * from './slip-operations.ts'
export * from './special-words.ts'
export * from './suggest-operations.ts'
export * from './template-operations.ts'
export * from './template-words.ts'
export * from './three-lists-operations.ts'
export * from './upstream-operations.ts'
export * from './whistle-operations.ts'
export * from './whistle-words.ts'
export * from './words.ts'

export const OnBehalfOf = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 40 })),
    phone: Type.Optional(Type.String({ maxLength: 20 })),
    address: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)

/** Rule: rights.md, file: a resident, or any staff role with an area; administrators see no case texts and write none. */
const whoMayFile: Who = [
  'resident',
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'viewer',
]

export const fileCase = defineOperation({
  name: 'cases.fileCase',
  method: 'POST',
  path: '/api/cases',
  summary: 'A resident’s word, or a staff member’s finding, becomes a case',
  who: whoMayFile,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      kind: Type.Optional(Words(caseKinds)),
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
      title: Type.Optional(Type.String({ maxLength: 80 })),
      text: Type.Optional(LongText),
      place: Type.Optional(Place),
      addressText: Type.Optional(Type.String({ maxLength: 200 })),
      buildingCode: Type.Optional(Type.String({ maxLength: 40 })),
      channel: Words(channels),
      onBehalfOf: Type.Optional(OnBehalfOf),
      confidential: Type.Optional(Type.Boolean()),
      fileIds: Type.Optional(FileIds),
      /** Values of the matter's extra fields; without a matter none are asked for. */
      extra: Type.Optional(ExtraValues),
      /** Whoever files says that it is happening now. Words that sound like an emergency then make it a P0. */
      happeningNow: Type.Optional(Type.Boolean()),
      /** A case that stands in public, which a resident joins instead of opening another. */
      joinCaseId: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  output: CaseView,
  refusals: [
    'cases/id-taken',
    'cases/extra-fields-wrong',
    'cases/matter-unknown',
    'cases/nothing-said',
    'cases/on-behalf-needs-staff',
    'cases/file-unknown',
    'cases/merge-target-wrong',
  ],
})

export const dueFilters = ['today', 'soon', 'overdue', 'long-term'] as const

/** What a list of cases can be narrowed by; an export takes the same. */
const listFilters = {
  state: Type.Optional(
    Type.String({ maxLength: 200, description: 'one or several states, comma-separated' }),
  ),
  areaId: Type.Optional(Id),
  organisationId: Type.Optional(Id),
  kind: Type.Optional(Words(caseKinds)),
  matterCode: Type.Optional(Type.String({ maxLength: 20 })),
  desk: Type.Optional(Words(desks)),
  route: Type.Optional(Words(caseRoutes)),
  q: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'case number, or at least two Chinese characters of text or address',
    }),
  ),
  /** Code of whoever sent the order from above. */
  source: Type.Optional(Type.String({ maxLength: 40 })),
  due: Type.Optional(Words(dueFilters)),
  /** The cases behind a figure over a period; `from` and `to` are its days, both counted in. */
  figure: Type.Optional(Words(caseFigures)),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Of a figure, only what no organisation holds. */
  noOrganisation: Type.Optional(Type.Boolean()),
  /** With `areaId`: what lies in the area itself and in none of its parts. */
  inNoPart: Type.Optional(Type.Boolean()),
  /** What waits for the actor: their desk's intake, their tasks, checks, approvals. */
  mine: Type.Optional(Type.Boolean()),
  /**
   * As of the end of a day: what was open then, unless states or a figure are asked for, with the state and the area of that
   * day; `areaId` and `state` are of that day too. Not with `due` or `mine`, which are about now.
   */
  onDay: Type.Optional(Day),
}

export const listCases = defineOperation({
  name: 'cases.listCases',
  method: 'GET',
  path: '/api/cases',
  summary: 'Cases the actor may see, newest first; with `due` or `mine`, the one due first comes first',
  who: 'signed-in',
  query: Type.Object(
    {
      ...listFilters,
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Page(CaseSummary),
  refusals: ['cases/search-too-short', 'cases/search-without-texts'],
})

/** Every case of a list by its id and version: what a person chooses when they choose all of it. */
export const listCaseKeys = defineOperation({
  name: 'cases.listCaseKeys',
  method: 'GET',
  path: '/api/case-keys',
  summary: 'The ids and versions of a whole list, at most 1,000, in its order',
  who: 'staff',
  query: Type.Object(listFilters, { additionalProperties: false }),
  output: Type.Object({
    items: Type.Array(Type.Object({ id: Id, version: Type.Integer(), state: Words(caseStates) })),
    /** There are more than these. */
    more: Type.Boolean(),
  }),
  refusals: ['cases/search-too-short', 'cases/search-without-texts'],
})
export const caseKeysAtMost = batchAtMost

/** The columns that an export may hold, in the order asked for. */
export const exportColumns = [
  'number',
  'title',
  'state',
  'clock',
  'matter',
  'area',
  'holder',
  'createdAt',
  'kind',
  'place',
  'urgency',
  'channel',
  'desk',
  'dueAt',
  'outcome',
  'satisfaction',
  'reviewOn',
  'closedAt',
] as const
export type ExportColumn = (typeof exportColumns)[number]

/** More rows than this leave the street only as several files. */
export const exportRowLimit = 20_000

/** The same rows as `listCases` with the same filters, as one xlsx file; never a reporter's name or contact. */
export const exportCases = defineOperation({
  name: 'cases.exportCases',
  method: 'GET',
  path: '/api/cases/export',
  summary: 'The list as seen, as an xlsx file of at most 20,000 rows, with the columns asked for',
  who: 'staff',
  audit: 'read',
  query: Type.Object(
    {
      ...listFilters,
      columns: Type.String({ maxLength: 300, description: 'column keys, comma-separated, in order' }),
      language: Type.Optional(Words(['zh', 'en'] as const)),
    },
    { additionalProperties: false },
  ),
  output: Bytes(xlsxMediaType),
  refusals: ['cases/search-too-short', 'cases/search-without-texts'],
})

/** By whole phone or its last four: never in an address, a log or a saved view. */
export const searchCases = defineOperation({
  name: 'cases.searchCases',
  method: 'POST',
  path: '/api/cases/search',
  summary: 'Cases by the reporter’s phone, whole or its last four digits',
  who: ['clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'],
  audit: 'read',
  idempotency: 'unstored',
  body: Type.Object(
    { phone: Type.String({ pattern: '^[0-9]{4}$|^1[0-9]{10}$' }) },
    { additionalProperties: false },
  ),
  output: Page(CaseSummary),
})

export const getCase = defineOperation({
  name: 'cases.getCase',
  method: 'GET',
  path: '/api/cases/{id}',
  summary: 'One case with its entries and what the actor may do',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: CaseWithEntries,
  refusals: ['cases/not-found'],
})

export const countCases = defineOperation({
  name: 'cases.countCases',
  method: 'GET',
  path: '/api/case-counts',
  summary: 'Open cases by state and by lateness, within what the actor may see',
  who: 'signed-in',
  output: Type.Object({
    at: Instant,
    states: Type.Array(Type.Object({ state: Words(caseStates), count: Type.Integer() })),
    dueToday: Type.Integer(),
    overdue: Type.Integer(),
    longTerm: Type.Integer(),
    mine: Type.Integer(),
  }),
})

export const unmaskReporter = defineOperation({
  name: 'cases.unmaskReporter',
  method: 'POST',
  path: '/api/cases/{id}/unmask',
  summary: 'Shows one masked field of the reporter, with a reason that is kept',
  who: [
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
  ],
  idempotency: 'unstored',
  params: IdParams,
  body: Type.Object(
    {
      field: Words(['name', 'phone', 'address'] as const),
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ field: Type.String(), value: Nullable(Type.String()) }),
  refusals: [
    'cases/not-found',
    'cases/not-your-act',
    'cases/confidential',
    'cases/not-the-holder',
    'cases/wrong-state',
  ],
})

export const operations = [
  listCallRuns,
  answerCall,
  listMatters,
  listDutyRules,
  exportMatters,
  fileCase,
  listCases,
  listCaseKeys,
  exportCases,
  searchCases,
  getCase,
  listCasePoints,
  countCases,
  unmaskReporter,
  ...suggestOperations,
  ...nearOperations,
  ...figureOperations,
  ...gatheringOperations,
  ...Object.values(disputeOperations),
  ...Object.values(whistleOperations),
  ...Object.values(trustOperations),
  giveTasks,
  listTasks,
  ...Object.values(harmOperations),
  listPetitions,
  printPetition,
  ...threeListsOperations,
  ...upstreamOperations,
  ...batchOperations,
  ...templateOperations,
  ...Object.values(caseActs),
] as const
