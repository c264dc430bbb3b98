/** The calendar as it stood: years that shipped, years that were imported, imports that were undone. */
import type { Day } from '../../../lib/time.ts'
import type { NoticeDay } from './read-notice.ts'
import { buildWorkingCalendar, shippedCalendar, type WorkingCalendar } from './working-days.ts'

/** One line of the history: a notice that was imported, or the undoing of such an import. */
export interface CalendarChange {
  readonly id: string
  readonly year: number
  readonly act: 'import' | 'undo'
  readonly undoes: string | null
  readonly source: string
  readonly days: readonly NoticeDay[]
}

/** What is known of one year. */
export interface KnownYear {
  readonly year: number
  /** The import that it stands on; null for a year that shipped. */
  readonly importId: string | null
  readonly source: string
  readonly days: readonly NoticeDay[]
}

/** The years known after these changes, oldest first. The last import that is not undone says what a year is. */
export function knownYears(changes: readonly CalendarChange[]): Map<number, KnownYear> {
  const undone = new Set(changes.flatMap(({ undoes }) => undoes ?? []))
  const years = new Map<number, KnownYear>()
  for (const year of shippedCalendar.years)
    years.set(year, {
      year,
      importId: null,
      source: shippedCalendar.source,
      days: shippedCalendar.exceptions.filter(({ day }) => day.startsWith(`${year}-`)),
    })
  for (const { id, year, act, source, days } of changes)
    if (act === 'import' && !undone.has(id)) years.set(year, { year, importId: id, source, days })
  return years
}

/** Days by date over all known years; a notice may name days of the December before. */
export function announcedDays(years: ReadonlyMap<number, KnownYear>): Map<Day, NoticeDay> {
  const inOrder = [...years.values()].sort((a, b) => a.year - b.year)
  return new Map(inOrder.flatMap(({ days }) => days.map((day) => [day.day, day] as const)))
}

export function calendarAfter(changes: readonly CalendarChange[]): WorkingCalendar {
  const years = knownYears(changes)
  return buildWorkingCalendar(years.keys(), announcedDays(years).values())
}
