/** Shifts in words, for a phone. */
import { dayOf, formatDay, weekdayOf } from '../../../lib/time.ts'
import { language, say } from '../../../ui/language.ts'
import type { ShiftKindView, ShiftView } from '../contract.ts'
import { weekdayNames } from '../roster-words.ts'
import { dutyWords as words } from './duty-words.ts'

export function dayWords(day: string): string {
  const short = formatDay(day, language.value).replace(/^\d{4}年| \d{4}$/g, '')
  const weekday = weekdayNames[weekdayOf(day)]
  return weekday ? `${short} ${say(weekday)}` : short
}

export function shiftWords(
  kinds: readonly ShiftKindView[],
  { day, kind }: Pick<ShiftView, 'day' | 'kind'>,
): string {
  const found = kinds.find(({ code }) => code === kind)
  const name = found ? (language.value === 'zh' ? found.name : found.nameEn) : kind
  return say(words.shift, { day: dayWords(day), kind: name })
}

const clock = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16)

/** 17:30–次日 08:30. */
export function hoursWords({ startsAt, endsAt }: Pick<ShiftView, 'startsAt' | 'endsAt'>): string {
  const sameDay = dayOf(new Date(startsAt)) === dayOf(new Date(endsAt))
  const to = sameDay ? clock(endsAt) : say(words.nextDay, { time: clock(endsAt) })
  return say(words.hours, { from: clock(startsAt), to })
}
