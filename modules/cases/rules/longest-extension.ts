import { type Day, dayOf, endOfDay } from '../../../lib/time.ts'
import { addWorkingDays, type WorkingCalendar } from './working-days.ts'

/**
 * The last instant to which a deadline may be put off, however often it is asked: so many working days after the
 * deadline that the clock itself gave. A year without an announced calendar counts its weekdays (decision 0005).
 * Rule: rules.md 4.4, extension at most so many working days, with approval.
 */
export function latestExtension(firstDueAt: Date, workingDays: number, calendar: WorkingCalendar): Date {
  const from: Day = dayOf(firstDueAt)
  const counted = addWorkingDays(calendar, from, workingDays)
  if (counted.ok) return endOfDay(counted.day)
  const weekdays = addWorkingDays(
    { years: calendar.years, isWorking: (day) => ({ ok: true, working: isWeekday(day) }) },
    from,
    workingDays,
  )
  return weekdays.ok ? endOfDay(weekdays.day) : firstDueAt
}

const isWeekday = (day: Day): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
