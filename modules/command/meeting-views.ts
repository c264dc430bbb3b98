/** What the server shows of meetings and figures. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { caseFigures, caseStates } from '../cases/contract.ts'

export const meetingStates = ['draft', 'held', 'minutes-kept'] as const
export type MeetingState = (typeof meetingStates)[number]
export const paperFormats = ['xlsx', 'docx'] as const
export type PaperFormat = (typeof paperFormats)[number]

/**
 * A number with what it is a part of. A denominator of null: it is a plain count; of zero: there is no rate. `of` names
 * the figure that the denominator is. The list behind it is `GET /api/cases` with this figure, `from`, `to` and area.
 */
export const FigureView = Type.Object({
  figure: Words(caseFigures),
  numerator: Type.Integer(),
  denominator: Nullable(Type.Integer()),
  of: Nullable(Words(caseFigures)),
  from: Day,
  to: Day,
})
export type FigureView = Static<typeof FigureView>

/** The figures of one organisation or community. `id` null: what no organisation holds, or what lies in no community. */
export const FigureLine = Type.Object({
  id: Nullable(Id),
  name: Nullable(Type.String()),
  figures: Type.Array(FigureView),
})
export type FigureLine = Static<typeof FigureLine>

/** One case of a section, as it stood at the time of the paper. */
export const PaperRow = Type.Object({
  caseId: Id,
  number: Type.String(),
  /** Read now with the reader's own rights: null for one who reads no texts, or no longer sees the case. */
  title: Nullable(Type.String()),
  matter: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  area: Nullable(Type.String()),
  organisation: Nullable(Type.String()),
  state: Words(caseStates),
  dueAt: Nullable(Instant),
  reviewOn: Nullable(Day),
})
export type PaperRow = Static<typeof PaperRow>

export const paperSections = ['overdue', 'coming', 'long-term', 'returned', 'whistle-late'] as const
export type PaperSection = (typeof paperSections)[number]

export const SectionView = Type.Object({
  section: Words(paperSections),
  /** All of them; the rows stop at 100. */
  count: Type.Integer(),
  from: Day,
  to: Day,
  rows: Type.Array(PaperRow),
})
export type SectionView = Static<typeof SectionView>

/** What came of a decision: answered in time or late, still open within its date or past it. */
export const decisionFates = ['in-time', 'late', 'open', 'past-date'] as const
export type DecisionFate = (typeof decisionFates)[number]

export const DecisionView = Type.Object({
  id: Id,
  caseId: Id,
  number: Nullable(Type.String()),
  title: Nullable(Type.String()),
  organisation: Nullable(OrganisationRef),
  dueOn: Day,
  words: Nullable(Type.String()),
  madeAt: Instant,
  /** Null when the case is out of sight. */
  fate: Nullable(Words(decisionFates)),
  answeredAt: Nullable(Instant),
})
export type DecisionView = Static<typeof DecisionView>

/** The figures and rows of a meeting, as of `at`. */
export const PaperView = Type.Object({
  at: Instant,
  scope: AreaRef,
  from: Day,
  to: Day,
  /** What lies ahead: the seven days from the meeting on. */
  aheadFrom: Day,
  aheadTo: Day,
  figures: Type.Array(FigureView),
  sections: Type.Array(SectionView),
  byOrganisation: Type.Array(FigureLine),
  byCommunity: Type.Array(FigureLine),
  /** What the meeting before this one decided, and what became of it. */
  before: Type.Array(DecisionView),
})
export type PaperView = Static<typeof PaperView>

const summary = {
  id: Id,
  area: AreaRef,
  from: Day,
  to: Day,
  meetsOn: Day,
  state: Words(meetingStates),
  heldAt: Nullable(Instant),
  decisions: Type.Integer(),
}
export const MeetingSummary = Type.Object(summary)
export type MeetingSummary = Static<typeof MeetingSummary>

export const MeetingView = Type.Object({
  ...summary,
  minutes: Nullable(Type.String()),
  minutesAt: Nullable(Instant),
  paper: PaperView,
  decided: Type.Array(DecisionView),
  can: Type.Object({ decide: Type.Boolean(), hold: Type.Boolean(), keepMinutes: Type.Boolean() }),
})
export type MeetingView = Static<typeof MeetingView>

export const TemplateView = Type.Object({
  format: Words(paperFormats),
  /** Null: the shipped one. */
  fileName: Nullable(Type.String()),
  putAt: Nullable(Instant),
})
export type TemplateView = Static<typeof TemplateView>

export const solvedLevels = ['grid', 'community', 'street', 'organisation'] as const
export type SolvedLevel = (typeof solvedLevels)[number]

/** Residents for each member of staff by one way of counting residents and one way of counting staff. */
export const StaffRatio = Type.Object({
  /** Rounded to whole residents; null without staff. */
  perStaff: Nullable(Type.Integer()),
  residents: Type.Integer(),
  /** Whom the denominator counts, of which day, from where; two when a sum was made of figures of one day. */
  counted: Type.Array(
    Type.Object({ scope: Type.String(), value: Type.Integer(), onDay: Day, source: Type.String() }),
  ),
  /** A sum in which some people may stand twice. */
  mayOverlap: Type.Boolean(),
  staff: Type.Integer(),
  staffScope: Type.String(),
  staffOn: Day,
  staffSource: Nullable(Type.String()),
})
export type StaffRatio = Static<typeof StaffRatio>

export const SolvedWhereView = Type.Object({
  at: Instant,
  scope: AreaRef,
  from: Day,
  to: Day,
  /** The day whose areas and given figures these are; null for those of now. */
  onDay: Nullable(Day),
  /** By the level that solved it; together they are all that was solved. */
  solved: FigureView,
  /** The areas right below on the day; null is what lies in the area itself and in none of them. Together they are `solved`. */
  parts: Type.Array(Type.Object({ area: Nullable(AreaRef), solved: FigureView })),
  levels: Type.Array(Type.Object({ level: Words(solvedLevels), figure: FigureView })),
  /** Of what lies in a level's duty and was solved: how much did not have to go higher. */
  kept: Type.Array(FigureView),
  staff: Type.Object({
    ratios: Type.Array(StaffRatio),
    /** Population figures of different days stand beside each other and are not added up. */
    datesDiffer: Type.Boolean(),
  }),
})
export type SolvedWhereView = Static<typeof SolvedWhereView>
