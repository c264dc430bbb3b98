/**
 * The clocks of a case. A rule is data: how long until the resident is contacted (response) and until the matter is
 * finished, each in one of four units that never mix, with the source that set it. Pure: the caller brings the
 * instants and the calendar.
 */
import type { Bilingual } from '../../../lib/language.ts'
import { addDays, type Day, dayMs, dayOf, daysBetween, endOfDay, startOfDay } from '../../../lib/time.ts'
import {
  addWorkingDays,
  type CalendarMissing,
  countWorkingDays,
  type WorkingCalendar,
  workingDayFrom,
} from './working-days.ts'

export const clockUnits = ['clock-minutes', 'clock-hours', 'natural-days', 'working-days'] as const
export type ClockUnit = (typeof clockUnits)[number]

/** A length of time; `amount` is a whole number from 1 to 3,650. */
export interface ClockSpan {
  readonly amount: number
  readonly unit: ClockUnit
}

export interface ClockRule {
  readonly response: ClockSpan
  readonly finish: ClockSpan
  /** The longest extension that may be approved; absent where none may. */
  readonly extension?: ClockSpan
  /** Where the rule comes from: a law, a standard or the street's own decision. */
  readonly source: Bilingual
  /** The rule in words, shown with every deadline that it sets. */
  readonly words: Bilingual
}

export interface Deadline {
  readonly ok: true
  readonly dueAt: Date
  /** For day units the day that ends at the deadline; null for clock units. */
  readonly lastDay: Day | null
  /** The day on which a natural-day deadline would have ended, had it not been a day off. */
  readonly rolledFrom: Day | null
}

const minuteMs = 60_000

/**
 * When a span that starts at `start` is over.
 * - Clock minutes and hours run from the instant, day and night, weekends included.
 * - For days the starting day (at UTC+8) is not counted, and the deadline is 24:00 of the last day: its last
 *   millisecond, which still lies in that day. In time is whatever happens at or before `dueAt`.
 * - A natural-day span whose last day is not worked ends with the next working day. Weekends count as days off
 *   here, as courts read 法定休假日; weekend days that are worked (调休) do not.
 * - When the calendar lacks a year that decides, the answer is `{ok: false, missingYear}`: the caller shows it and
 *   sets no deadline by guess. Clock units need no calendar and always answer.
 *
 * `pausedMinutes` is the place for pauses: the whole minutes for which the clock stood still so far. Clock units end
 * that much later; day units end with the day that the shifted end falls in, moved on to a working day.
 * @throws RangeError for an amount that is no whole number from 1 to 3,650, or a negative pause
 */
// Rule: 民法典 201–203 (rules.md 4.4).
export function dueAt(
  start: Date,
  span: ClockSpan,
  calendar: WorkingCalendar,
  pausedMinutes = 0,
): Deadline | CalendarMissing {
  if (!Number.isInteger(span.amount) || span.amount < 1 || span.amount > 3650)
    throw new RangeError(`no span of ${span.amount} ${span.unit}`)
  if (!(pausedMinutes >= 0)) throw new RangeError(`no pause of ${pausedMinutes} minutes`)
  const pausedMs = pausedMinutes * minuteMs
  const clockMs = clockLength(span)
  if (clockMs !== undefined) {
    return {
      ok: true,
      dueAt: new Date(start.getTime() + clockMs + pausedMs),
      lastDay: null,
      rolledFrom: null,
    }
  }
  const counted = lastCountedDay(dayOf(start), span, calendar)
  if (!counted.ok) return counted
  const end = dayOf(new Date(endOfDay(counted.day).getTime() + pausedMs))
  const last = workingDayFrom(calendar, end)
  if (!last.ok) return last
  return { ok: true, dueAt: endOfDay(last.day), lastDay: last.day, rolledFrom: last.day === end ? null : end }
}

/** The length of a span in clock units in milliseconds; undefined for days, whose length the calendar decides. */
function clockLength(span: ClockSpan): number | undefined {
  if (span.unit === 'clock-minutes') return span.amount * minuteMs
  if (span.unit === 'clock-hours') return span.amount * 60 * minuteMs
  return undefined
}

function lastCountedDay(startDay: Day, span: ClockSpan, calendar: WorkingCalendar) {
  return span.unit === 'working-days'
    ? addWorkingDays(calendar, startDay, span.amount)
    : ({ ok: true, day: addDays(startDay, span.amount) } as const)
}

export interface Remaining {
  readonly ok: true
  /** From 1 at the start to 0 at the deadline and after. A working-day bar stands still on days off. */
  readonly fractionLeft: number
  /** Whole clock minutes to the deadline, rounded up; 0 or negative once it has passed. */
  readonly minutesLeft: number
  /** For day units the days of that unit after today, 0 on the last day and after; null for clock units. */
  readonly daysLeft: number | null
}

/** What is left of a span, for the bar and its words. `due` is the stored deadline, extensions included. */
export function remaining(
  now: Date,
  due: Date,
  span: ClockSpan,
  start: Date,
  calendar: WorkingCalendar,
): Remaining | CalendarMissing {
  const untilDue = due.getTime() - now.getTime()
  // Math.ceil(-0.5) is -0, which JSON and people do not know.
  const minutesLeft = Math.ceil(untilDue / minuteMs) + 0
  if (span.unit !== 'working-days') {
    const whole = due.getTime() - start.getTime()
    const daysLeft = span.unit === 'natural-days' ? Math.max(0, daysBetween(dayOf(now), dayOf(due))) : null
    return { ok: true, fractionLeft: share(untilDue, whole), minutesLeft, daysLeft }
  }
  const whole = workedMs(start, due, calendar)
  if (!whole.ok) return whole
  const left = workedMs(now, due, calendar)
  if (!left.ok) return left
  const days = countWorkingDays(calendar, dayOf(now), dayOf(due))
  if (!days.ok) return days
  return { ok: true, fractionLeft: share(left.ms, whole.ms), minutesLeft, daysLeft: days.count }
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0
}

/** The milliseconds between two instants that lie in working days; 0 when `to` is not later. */
function workedMs(
  from: Date,
  to: Date,
  calendar: WorkingCalendar,
): { readonly ok: true; readonly ms: number } | CalendarMissing {
  let ms = 0
  for (let day = dayOf(from), lastDay = dayOf(to); day <= lastDay; day = addDays(day, 1)) {
    const answer = calendar.isWorking(day)
    if (!answer.ok) return answer
    if (!answer.working) continue
    const dayStart = startOfDay(day).getTime()
    const worked = Math.min(to.getTime(), dayStart + dayMs) - Math.max(from.getTime(), dayStart)
    ms += Math.max(0, worked)
  }
  return { ok: true, ms }
}

/** When a clock counts as due soon: in the last `share` of its span, but at most `atMostMinutes` before the deadline. */
export interface DueSoonRule {
  readonly share: number
  readonly atMostMinutes: number
}

/** The last quarter, at most a day: two hours warn for 30 minutes, five working days for 24 hours. */
export const dueSoonRule: DueSoonRule = { share: 0.25, atMostMinutes: 24 * 60 }

/** The instant from which a clock is due soon; the sweep may store and index it. */
export function dueSoonAt(due: Date, start: Date, rule: DueSoonRule = dueSoonRule): Date {
  const whole = Math.max(0, due.getTime() - start.getTime())
  return new Date(due.getTime() - Math.min(whole * rule.share, rule.atMostMinutes * minuteMs))
}

export type ClockState = 'running' | 'due-soon' | 'overdue'

/** Where a running clock stands. The deadline's own instant is still in time. */
export function clockState(now: Date, due: Date, start: Date, rule: DueSoonRule = dueSoonRule): ClockState {
  if (now.getTime() > due.getTime()) return 'overdue'
  return now.getTime() >= dueSoonAt(due, start, rule).getTime() ? 'due-soon' : 'running'
}
