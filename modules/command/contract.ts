/** command 指挥中心: Monday's meeting 调度会 with its figures and decisions, and where matters were solved. */
import { type Static, Type } from 'typebox'
import {
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Nothing,
  Page,
  type RefusalCatalogue,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { superviseCase } from '../cases/contract.ts'
import { MeetingSummary, MeetingView, paperFormats, SolvedWhereView, TemplateView } from './meeting-views.ts'

export * from './meeting-views.ts'

export const refusals = {
  'command/meeting-not-found': 404,
  'command/not-your-area': 403,
  'command/period-wrong': 422,
  'command/meeting-exists': 409,
  'command/meeting-over': 409,
  'command/not-held-yet': 409,
  'command/day-past': 422,
  'command/organisation-unknown': 422,
  'command/template-unfit': 422,
} as const satisfies RefusalCatalogue
export type CommandRefusal = keyof typeof refusals

/** Rule: rights.md: the street's centre; a secretary in their community. A viewer reads figures and lists without texts. */
const runners: Who = ['secretary', 'dispatcher', 'duty-head', 'supervisor']
const readers: Who = ['secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer']

const strict = { additionalProperties: false } as const
const Long = Type.String({ minLength: 1, maxLength: 4000 })

export const listMeetings = defineOperation({
  name: 'command.listMeetings',
  method: 'GET',
  path: '/api/meetings',
  summary: 'Meetings of the areas that one reaches, newest first',
  who: readers,
  query: Type.Object(
    { cursor: Type.Optional(Cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    strict,
  ),
  output: Page(MeetingSummary),
})

export const planMeeting = defineOperation({
  name: 'command.planMeeting',
  method: 'POST',
  path: '/api/meetings',
  summary:
    'A meeting on the cases of an area over a period; without days, the week before the meeting’s Monday',
  who: runners,
  status: 201,
  body: Type.Object(
    {
      /** The widest area of one's posts unless given. */
      areaId: Type.Optional(Id),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      meetsOn: Type.Optional(Day),
    },
    strict,
  ),
  output: MeetingView,
  refusals: ['command/not-your-area', 'command/period-wrong', 'command/meeting-exists'],
})

export const getMeeting = defineOperation({
  name: 'command.getMeeting',
  method: 'GET',
  path: '/api/meetings/{id}',
  summary: 'The paper of a meeting: as things stand now, or as they stood when it was held',
  who: readers,
  params: IdParams,
  output: MeetingView,
  refusals: ['command/meeting-not-found'],
})

export const decideOnCase = defineOperation({
  name: 'command.decideOnCase',
  method: 'POST',
  path: '/api/meetings/{id}/decisions',
  summary: 'What the meeting decides on a case; it stands on the case as a supervision with the new date',
  who: ['supervisor'],
  params: IdParams,
  body: Type.Object(
    {
      caseId: Id,
      /** Who answers for it; the organisation that holds the case unless given. */
      organisationId: Type.Optional(Id),
      dueOn: Day,
      words: Long,
    },
    strict,
  ),
  output: MeetingView,
  refusals: [
    ...superviseCase.refusals,
    'command/meeting-not-found',
    'command/meeting-over',
    'command/day-past',
    'command/organisation-unknown',
  ],
})

export const holdMeeting = defineOperation({
  name: 'command.holdMeeting',
  method: 'POST',
  path: '/api/meetings/{id}/hold',
  summary: 'The meeting is held: its figures and rows are kept as they stand now',
  who: runners,
  params: IdParams,
  body: Nothing,
  output: MeetingView,
  refusals: ['command/meeting-not-found', 'command/meeting-over'],
})

export const keepMinutes = defineOperation({
  name: 'command.keepMinutes',
  method: 'POST',
  path: '/api/meetings/{id}/minutes',
  summary: 'The minutes are kept; after that nothing of the meeting changes',
  who: runners,
  params: IdParams,
  body: Type.Object({ words: Long }, strict),
  output: MeetingView,
  refusals: ['command/meeting-not-found', 'command/meeting-over', 'command/not-held-yet'],
})

const FileBytes = Type.Unsafe<Uint8Array>(Type.Any())
const Language = Type.Optional(Words(['zh', 'en'] as const))

export const exportMeeting = defineOperation({
  name: 'command.exportMeeting',
  method: 'GET',
  path: '/api/meetings/{id}/export',
  summary: 'The paper as xlsx or docx, in the street’s own template if it has one',
  who: readers,
  audit: 'read',
  params: IdParams,
  query: Type.Object({ format: Words(paperFormats), language: Language }, strict),
  output: FileBytes,
  refusals: ['command/meeting-not-found'],
})

const templateReaders: Who = ['secretary', 'dispatcher', 'duty-head', 'supervisor', 'system-admin']
const FormatParams = Type.Object({ format: Words(paperFormats) }, strict)

export const listTemplates = defineOperation({
  name: 'command.listTemplates',
  method: 'GET',
  path: '/api/meeting-templates',
  summary: 'Which templates of the meeting’s paper count now',
  who: templateReaders,
  output: Type.Object({ items: Type.Array(TemplateView) }),
})

export const getTemplate = defineOperation({
  name: 'command.getTemplate',
  method: 'GET',
  path: '/api/meeting-templates/{format}',
  summary: 'The template that counts now, as a file to change',
  who: templateReaders,
  params: FormatParams,
  query: Type.Object({ language: Language }, strict),
  output: FileBytes,
})

/** Rule: rights.md: settings are the system administrator's. */
export const putTemplate = defineOperation({
  name: 'command.putTemplate',
  method: 'POST',
  path: '/api/meeting-templates/{format}',
  summary: 'The street’s own template with {{fields}}, from now on; without content, the shipped one again',
  who: ['system-admin'],
  bodyLimitBytes: 4 * 1024 * 1024,
  params: FormatParams,
  body: Type.Object(
    {
      fileName: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
      contentBase64: Type.Optional(
        Type.String({ minLength: 4, maxLength: 3_900_000, pattern: '^[A-Za-z0-9+/]+=*$' }),
      ),
    },
    strict,
  ),
  output: TemplateView,
  refusals: ['command/template-unfit'],
})

export const getSolvedWhere = defineOperation({
  name: 'command.getSolvedWhere',
  method: 'GET',
  path: '/api/solved-where',
  summary: 'At which level matters were solved in a period, and staff per resident with every scope and date',
  who: readers,
  query: Type.Object(
    {
      from: Day,
      to: Day,
      areaId: Type.Optional(Id),
      /** By the areas of this day, and with the figures that were given for it; today unless said. */
      onDay: Type.Optional(Day),
    },
    strict,
  ),
  output: SolvedWhereView,
  refusals: ['command/not-your-area', 'command/period-wrong', 'areas/not-found'],
})

export const giveAreaFigure = defineOperation({
  name: 'command.giveAreaFigure',
  method: 'POST',
  path: '/api/area-figures',
  summary: 'A figure of an area as the street gives it, with whom it counts, its day and its source',
  who: ['system-admin', 'secretary', 'duty-head'],
  body: Type.Object(
    {
      areaId: Id,
      name: Words(['population', 'households', 'staff'] as const),
      scope: Type.String({ minLength: 1, maxLength: 40 }),
      value: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
      onDay: Day,
      source: Type.String({ minLength: 1, maxLength: 100 }),
    },
    strict,
  ),
  output: Nothing,
  refusals: ['command/not-your-area'],
})

export const operations = [
  listMeetings,
  planMeeting,
  getMeeting,
  decideOnCase,
  holdMeeting,
  keepMinutes,
  exportMeeting,
  listTemplates,
  getTemplate,
  putTemplate,
  getSolvedWhere,
  giveAreaFigure,
] as const

export type MeetingPaper = Static<typeof MeetingView>['paper']
