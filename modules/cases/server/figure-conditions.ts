/** What each figure counts, as one condition on `cases`: the list behind a number, and the number where no roll-up holds it. */
import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import type { CaseFigure } from '../case-figures.ts'
import {
  type Condition,
  counted,
  countedWithDeclined,
  countsDeclined,
  definitionOf,
  type FigureDefinition,
  isRolled,
  namesAsLists,
  type RolledFigure,
} from './figure-table.ts'
import type { Names } from './names.ts'

export interface FigureTime {
  /** First and last instant of the period, at UTC+8. */
  from: Date
  to: Date
  /** As of when. */
  at: Date
}

const acts = (names: readonly string[], from: Date, to: Date): Condition =>
  sql`case_acts(${[...names]}::text[], ${from}, ${to})`

/** The last ask of each case in the period and the post that asked: who gave it back, for the case has nobody now. */
export const lastReturns = ({ from, to }: FigureTime): Condition =>
  sql`(select distinct on (a.case_id) a.case_id, a.post_id from ${acts(['return'], from, to)} a
    order by a.case_id, a.at desc)`

function inPeriod(definition: FigureDefinition, { from, to, at }: FigureTime): Condition {
  if ('instant' in definition)
    return definition.standing ? sql`true` : sql`${definition.instant} between ${from} and ${to}`
  const { followedBy } = definition
  const later = followedBy
    ? sql`join ${acts(followedBy.acts, from, at)} b on b.case_id = a.case_id and b.at >= a.at and ${followedBy.act ?? sql`true`}`
    : sql``
  return sql`id in (select a.case_id from ${acts(definition.acts, from, to)} a ${later} where ${definition.act ?? sql`true`})`
}

/** A call of a whistle whose time to report falls in the period. */
const whistled = ({ from, to, at }: FigureTime, late: boolean): Condition =>
  sql`id in (select w.case_id from whistle_calls k
    join whistles w on w.street_id = k.street_id and w.id = k.whistle_id
    where k.street_id = cases.street_id and k.due_at between ${from} and ${to} ${
      late
        ? sql`and k.due_at < ${at} and (k.arrived_at > k.due_at
          or k.arrived_at is null and (w.released_at is null or w.released_at > k.due_at))`
        : sql``
    })`

type MadeFigure = Exclude<CaseFigure, RolledFigure>

const made: Record<MadeFigure, (time: FigureTime, of: (figure: RolledFigure) => Condition) => Condition> = {
  overdue: ({ at }, of) => sql`${of('running')} and due_at < ${at}`,
  coming: ({ from, to, at }, of) =>
    sql`${of('running')} and due_at >= ${at} and due_at between ${from} and ${to}`,
  'review-due': ({ to }, of) => sql`${of('long-term')} and review_on <= ${dayOf(to)}::date`,
  received: (_, of) => of('dispatched'),
  whistled: (time) => sql`${counted} and ${whistled(time, false)}`,
  'whistle-late': (time) => sql`${counted} and ${whistled(time, true)}`,
}

/** The condition of a figure; always within what counts. */
export function figureCondition(figure: CaseFigure, time: FigureTime, names: Names): RawBuilder<unknown> {
  const of = (one: RolledFigure) => {
    const definition = definitionOf(one, namesAsLists(names))
    const counts = countsDeclined(one) ? countedWithDeclined : counted
    return sql`${counts} and ${inPeriod(definition, time)} and ${definition.where}`
  }
  return isRolled(figure) ? of(figure) : made[figure](time, of)
}
