/**
 * The working-day calendar. The State Council announces each year's days off and weekend days worked (调休) late in
 * the year before, so a year is either known or not: a day of an unknown year has no answer, never a guess.
 */
// Rule: rules.md 5; packages on npm answer unknown years silently wrong.
import { addDays, type Day, isDay, weekdayOf, yearOf } from '../../../lib/time.ts'
import shipped from './calendar-2024-2026.json' with { type: 'json' }

/** One day that is announced, as it stands in the calendar table. Days that agree with the week may stand there too. */
export interface CalendarRow {
  readonly day: Day
  readonly working: boolean
}

/** No announcement for a year is known: an administrator has to import it. */
export interface CalendarMissing {
  readonly ok: false
  readonly missingYear: number
}

export interface WorkingCalendar {
  readonly years: ReadonlySet<number>
  /** Whether the day is worked; refuses for a year that is not known. */
  isWorking(day: Day): { readonly ok: true; readonly working: boolean } | CalendarMissing
}

/** The announced days of 2024 to 2026 and their source, from which a new system's table is filled. */
export const shippedCalendar: {
  readonly source: string
  readonly years: readonly number[]
  readonly exceptions: readonly (CalendarRow & { readonly name: string })[]
} = shipped

/**
 * A calendar from the known years and the announced rows. Without a row Monday to Friday is worked. Rows of years
 * that are not known change nothing: half an announcement is none.
 * @throws RangeError for a row whose day is no day
 */
export function buildWorkingCalendar(years: Iterable<number>, rows: Iterable<CalendarRow>): WorkingCalendar {
  const known = new Set(years)
  const announced = new Map<Day, boolean>()
  for (const { day, working } of rows) {
    if (!isDay(day)) throw new RangeError(`not a day: ${day}`)
    announced.set(day, working)
  }
  return {
    years: known,
    isWorking: (day) => {
      const year = yearOf(day)
      if (!known.has(year)) return { ok: false, missingYear: year }
      const weekday = weekdayOf(day)
      return { ok: true, working: announced.get(day) ?? (weekday !== 0 && weekday !== 6) }
    },
  }
}

/** Years between two days, both included, of which nothing is known: what the health alarm shows. */
export function missingYears(calendar: WorkingCalendar, from: Day, to: Day): number[] {
  const missing: number[] = []
  for (let year = yearOf(from); year <= yearOf(to); year++) if (!calendar.years.has(year)) missing.push(year)
  return missing
}

type DayAnswer = { readonly ok: true; readonly day: Day } | CalendarMissing

/** The first working day on or after a day. */
export function workingDayFrom(calendar: WorkingCalendar, day: Day): DayAnswer {
  for (let candidate = day; ; candidate = addDays(candidate, 1)) {
    const answer = calendar.isWorking(candidate)
    if (!answer.ok) return answer
    if (answer.working) return { ok: true, day: candidate }
  }
}

/** The `count`-th working day after a day, which is itself not counted; `count` is a whole number of at least 1. */
export function addWorkingDays(calendar: WorkingCalendar, day: Day, count: number): DayAnswer {
  let last = day
  for (let counted = 0; counted < count; counted++) {
    const next = workingDayFrom(calendar, addDays(last, 1))
    if (!next.ok) return next
    last = next.day
  }
  return { ok: true, day: last }
}

/** How many working days lie after `from`, up to and with `to`; 0 when `to` is not later. */
export function countWorkingDays(
  calendar: WorkingCalendar,
  from: Day,
  to: Day,
): { readonly ok: true; readonly count: number } | CalendarMissing {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const answer = calendar.isWorking(day)
    if (!answer.ok) return answer
    if (answer.working) count++
  }
  return { ok: true, count }
}
