/** The figures page: every rate with its counts, by area, organisation, matter or day, and how long things took. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  Instant,
  Nullable,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { caseFigures } from './case-figures.ts'
import { caseLengths } from './case-lengths.ts'
import { figureSplits } from './figure-plan.ts'
import { clockUnits } from './rules/clock.ts'

/** Rule: rights.md: the desks of street and community in their areas; a viewer reads figures and lists without texts. */
const readers: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer']

/**
 * A count, and what it is a part of: a denominator of null is a plain count, of zero there is no rate. The bounds (95 %) stand where
 * there are enough cases to compare. The list behind it is `GET /api/cases` with the figure, the days and the same filters.
 */
const CountedFigure = Type.Object({
  figure: Words(caseFigures),
  numerator: Type.Integer(),
  denominator: Nullable(Type.Integer()),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
})
export type CountedFigure = Static<typeof CountedFigure>

/** In minutes. Half of the cases took at most the median; nine of ten at most `p90`. */
const Spread = { cases: Type.Integer(), median: Type.Integer(), p90: Type.Integer() }
const LengthView = Type.Object({
  length: Words(caseLengths),
  ...Spread,
  /** By the clock that each rule sets, pauses left out; units never mix. 1,440 minutes are a day of its unit. */
  lawful: Type.Array(Type.Object({ unit: Words(clockUnits), ...Spread })),
})
export type LengthView = Static<typeof LengthView>

/** Per cent of full satisfaction, each grade counted as the street's setting says; null where nobody rated. Its counts are the four grades. */
const Graded = Nullable(Type.Number())

const Line = Type.Object({
  /** Null for what has none: no organisation, no matter, or no part of the area. */
  id: Nullable(Type.String()),
  /** The matter's code, by which its list is found. */
  code: Nullable(Type.String()),
  name: Nullable(Type.String()),
  figures: Type.Array(CountedFigure),
  lengths: Type.Array(LengthView),
  graded: Graded,
})
export type FigureLineView = Static<typeof Line>

const FiguresView = Type.Object({
  at: Instant,
  from: Day,
  to: Day,
  onDay: Day,
  scope: AreaRef,
  organisation: Nullable(OrganisationRef),
  total: Type.Object({
    figures: Type.Array(CountedFigure),
    lengths: Type.Array(LengthView),
    graded: Graded,
  }),
  /** What each grade counts for, in per cent. */
  weights: Type.Object({
    satisfied: Type.Integer(),
    mostly: Type.Integer(),
    fair: Type.Integer(),
    dissatisfied: Type.Integer(),
  }),
  /** In the order of the tree, of names or of days: this is no ranking. */
  lines: Type.Array(Line),
  /** Cases that changed in the last moments and are not counted yet; above zero only in a storm of reports. */
  waiting: Type.Integer(),
  /** The last recount of the street, and how much it had to put right; null before the first. */
  recount: Nullable(Type.Object({ at: Instant, cases: Type.Integer(), wrong: Type.Integer() })),
})
export type FiguresView = Static<typeof FiguresView>

const asked = {
  from: Day,
  to: Day,
  /** The widest area of one's posts unless given. */
  areaId: Type.Optional(Id),
  organisationId: Type.Optional(Id),
  noOrganisation: Type.Optional(Type.Boolean()),
  matterCode: Type.Optional(Type.String({ maxLength: 20 })),
  by: Type.Optional(Words(figureSplits)),
  /** By the areas of this day; today unless said. */
  onDay: Type.Optional(Day),
}

export const getFigures = defineOperation({
  name: 'cases.getFigures',
  method: 'GET',
  path: '/api/case-figures',
  summary: 'Every figure of a period for an area, whole and by its parts, organisations, matters or days',
  who: readers,
  query: Type.Object(asked, { additionalProperties: false }),
  output: FiguresView,
  refusals: ['cases/period-wrong', 'cases/figures-being-counted', 'cases/not-found'],
})

export const exportFigures = defineOperation({
  name: 'cases.exportFigures',
  method: 'GET',
  path: '/api/case-figures/export',
  summary: 'The same as one xlsx file, with counts and denominators beside each other',
  who: readers,
  audit: 'read',
  query: Type.Object(
    { ...asked, language: Type.Optional(Words(['zh', 'en'] as const)) },
    { additionalProperties: false },
  ),
  output: Bytes(xlsxMediaType),
  refusals: ['cases/period-wrong', 'cases/figures-being-counted', 'cases/not-found'],
})

export const figureOperations = [getFigures, exportFigures] as const
