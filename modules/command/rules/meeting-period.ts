/** Which days a meeting is about: what lies behind it, and the seven days ahead. */
import { addDays, type Day, dayOf, daysBetween, isDay, weekdayOf } from '../../../lib/time.ts'

export interface MeetingDays {
  readonly from: Day
  readonly to: Day
  readonly meetsOn: Day
}

const longestDays = 366

/**
 * A meeting on Mondays looks back on the week before: today if it is a Monday, else the next one. Days that are given
 * stay. Undefined for a period that ends before it begins, is longer than a year, or holds no real day.
 */
export function meetingDays(given: Partial<MeetingDays>, at: Date): MeetingDays | undefined {
  const today = dayOf(at)
  const meetsOn = given.meetsOn ?? addDays(today, (8 - weekdayOf(today)) % 7)
  if (!isDay(meetsOn)) return undefined
  const from = given.from ?? addDays(meetsOn, -7)
  const to = given.to ?? addDays(from, 6)
  return periodIsSound(from, to) ? { from, to, meetsOn } : undefined
}

export function periodIsSound(from: Day, to: Day): boolean {
  return isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < longestDays
}

/** 本周: the seven days that begin with the meeting. */
export const daysAhead = (meetsOn: Day): { aheadFrom: Day; aheadTo: Day } => ({
  aheadFrom: meetsOn,
  aheadTo: addDays(meetsOn, 6),
})
