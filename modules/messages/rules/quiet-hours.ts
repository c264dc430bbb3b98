/** Quiet hours: what leaves the system waits until they end, unless a life may hang on it. */
import { addDays, dayOf, startOfDay } from '../../../lib/time.ts'
import type { NoticeUrgency } from '../notice-parts.ts'

/** Times of the street's day, HH:MM. From 22:00 until 07:00 spans midnight; equal times mean none. */
export interface QuietHours {
  readonly from: string
  readonly until: string
}

const minuteMs = 60_000

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** When the quiet hours in which `at` lies end; undefined outside them. */
export function endOfQuiet(at: Date, quiet: QuietHours): Date | undefined {
  const from = minutesOf(quiet.from)
  const until = minutesOf(quiet.until)
  const today = dayOf(at)
  const now = (at.getTime() - startOfDay(today).getTime()) / minuteMs
  const end = (day: string) => new Date(startOfDay(day).getTime() + until * minuteMs)
  if (from < until) return now >= from && now < until ? end(today) : undefined
  if (from === until) return undefined
  if (now >= from) return end(addDays(today, 1))
  return now < until ? end(today) : undefined
}

/** Until when something must wait that would leave at `at`. Rule: issue 3, 3: all but P0 waits. */
export function heldUntil(at: Date, urgency: NoticeUrgency, quiet: QuietHours): Date {
  return urgency === 'P0' ? at : (endOfQuiet(at, quiet) ?? at)
}
