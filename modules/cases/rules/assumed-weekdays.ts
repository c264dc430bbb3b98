import { weekdayOf, yearOf } from '../../../lib/time.ts'
import type { WorkingCalendar } from './working-days.ts'

/**
 * The same calendar with an answer for every year: one without an announcement is counted by its weekdays, as every
 * provisional deadline is. Rule: docs/decisions/0005-provisional-deadlines.md.
 */
export function assumingWeekdays(calendar: WorkingCalendar): WorkingCalendar {
  return {
    years: calendar.years,
    isWorking: (day) => {
      if (calendar.years.has(yearOf(day))) return calendar.isWorking(day)
      const weekday = weekdayOf(day)
      return { ok: true, working: weekday !== 0 && weekday !== 6 }
    },
  }
}
