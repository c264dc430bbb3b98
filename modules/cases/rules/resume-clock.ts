import { dayOf, endOfDay } from '../../../lib/time.ts'
import { assumingWeekdays } from './assumed-weekdays.ts'
import { type WorkingCalendar, workingDayFrom } from './working-days.ts'

const minuteMs = 60_000

export interface SuspendedClock {
  suspendedAt: Date | null
  responseDueAt: Date | null
  dueAt: Date | null
}

/** The units in which the two deadlines were set; days end with a day, clock units with an instant. */
export interface ClockUnits {
  readonly response: string
  readonly finish: string
}

/** A deadline after its clock stood still for so many whole minutes: days end with a working day, as always. */
// Rule: 民法典 203, as in clock.ts.
export function moved(due: Date, minutes: number, unit: string, calendar: WorkingCalendar): Date {
  const later = new Date(due.getTime() + minutes * minuteMs)
  if (minutes === 0 || (unit !== 'working-days' && unit !== 'natural-days')) return later
  const last = workingDayFrom(assumingWeekdays(calendar), dayOf(later))
  return last.ok ? endOfDay(last.day) : later
}

/** Both deadlines move by the whole minutes for which the clock stood still. */
export function resumed(
  clock: SuspendedClock,
  at: Date,
  units: ClockUnits,
  calendar: WorkingCalendar,
): { responseDueAt: Date | null; dueAt: Date | null; pausedMinutes: number } {
  const pausedMinutes =
    clock.suspendedAt === null
      ? 0
      : Math.max(0, Math.floor((at.getTime() - clock.suspendedAt.getTime()) / minuteMs))
  const move = (due: Date | null, unit: string) => due && moved(due, pausedMinutes, unit, calendar)
  return {
    responseDueAt: move(clock.responseDueAt, units.response),
    dueAt: move(clock.dueAt, units.finish),
    pausedMinutes,
  }
}
