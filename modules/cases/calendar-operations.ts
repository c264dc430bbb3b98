/** The working-day calendar 日历: the years known, the yearly notice checked and imported, an import undone. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, Instant, Nullable } from '../../lib/contract.ts'

const Bilingual = Type.Object({ zh: Type.String(), en: Type.String() })
const Year = Type.Integer({ minimum: 2020, maximum: 2100 })
const strict = { additionalProperties: false } as const

export const CalendarDay = Type.Object({ day: Day, working: Type.Boolean(), name: Type.String() })
export type CalendarDay = Static<typeof CalendarDay>

/** A coming year without a notice: told from ninety days before, and in force as an alarm when it has begun. */
export const MissingYear = Type.Object({
  year: Year,
  /** 0 and below: the year has begun. */
  daysUntil: Type.Integer(),
})

export const CalendarYearRef = Type.Object({
  year: Year,
  source: Type.String(),
  /** Null for a year that shipped with the program. */
  importedAt: Nullable(Instant),
  daysOff: Type.Integer(),
  makeUpDays: Type.Integer(),
})
export type CalendarYearRef = Static<typeof CalendarYearRef>

const CalendarChangeView = Type.Object({
  id: Id,
  at: Instant,
  by: Nullable(Type.String()),
  source: Type.String(),
  undone: Nullable(Type.Object({ at: Instant, by: Nullable(Type.String()) })),
  /** Cases of this street whose deadline or its note changed; null while they are still being counted. */
  moved: Nullable(Type.Integer()),
  can: Type.Object({ undo: Type.Boolean() }),
})

const CalendarYear = Type.Object({
  year: Year,
  known: Type.Boolean(),
  source: Nullable(Type.String()),
  days: Type.Array(CalendarDay),
  /** Imports of this year, the latest first. */
  history: Type.Array(CalendarChangeView),
  can: Type.Object({ import: Type.Boolean() }),
})
export type CalendarYear = Static<typeof CalendarYear>

export const listCalendar = defineOperation({
  name: 'cases.listCalendar',
  method: 'GET',
  path: '/api/calendar',
  summary: 'The years whose days off are known, and the coming one that is missing',
  who: 'staff',
  output: Type.Object({
    years: Type.Array(CalendarYearRef),
    missing: Nullable(MissingYear),
  }),
})

const YearParams = Type.Object({ year: Year }, strict)

export const getCalendarYear = defineOperation({
  name: 'cases.getCalendarYear',
  method: 'GET',
  path: '/api/calendar/{year}',
  summary: 'One year with its days off and make-up days, and the imports it came from',
  who: 'staff',
  params: YearParams,
  output: CalendarYear,
})

const NoticeText = Type.String({ maxLength: 20_000 })

export const checkNotice = defineOperation({
  name: 'cases.checkNotice',
  method: 'POST',
  path: '/api/calendar/{year}/check',
  summary: 'Reads a pasted notice, table or JSON and says what it found; keeps nothing',
  who: ['system-admin'],
  audit: 'none',
  idempotency: 'unstored',
  params: YearParams,
  body: Type.Object({ text: NoticeText }, strict),
  output: Type.Object({
    days: Type.Array(CalendarDay),
    errors: Type.Array(Bilingual),
    warnings: Type.Array(Bilingual),
    /** Days that would change against what is known now. */
    changed: Type.Integer(),
  }),
})

export const importNotice = defineOperation({
  name: 'cases.importNotice',
  method: 'POST',
  path: '/api/calendar/{year}/import',
  summary: 'Puts a year’s days off in force; running deadlines are counted again',
  who: ['system-admin'],
  params: YearParams,
  body: Type.Object({ text: NoticeText, source: Type.String({ minLength: 2, maxLength: 200 }) }, strict),
  output: CalendarYear,
  refusals: ['cases/notice-unreadable', 'cases/calendar-same'],
})

export const undoImport = defineOperation({
  name: 'cases.undoCalendarImport',
  method: 'POST',
  path: '/api/calendar/{year}/undo',
  summary: 'Takes an import back; the year is what it was before, and running deadlines are counted again',
  who: ['system-admin'],
  params: YearParams,
  body: Type.Object({ importId: Id }, strict),
  output: CalendarYear,
  refusals: ['cases/import-not-found', 'cases/import-not-latest'],
})
