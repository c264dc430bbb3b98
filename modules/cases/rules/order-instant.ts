import { endOfDay, isDay } from '../../../lib/time.ts'

/**
 * A time as orders from above write it: '2026-11-22', '2026-11-22 17:30', '2026/11/22 17:30:05', '2026年11月22日17时30分'.
 * A day alone is its beginning, or its end where it is a deadline (civil code, article 203: until 24:00).
 */
export function readOrderInstant(text: string, dayEnds: boolean): Date | undefined {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?[分秒]?(?:\.\d+)?)?$/.exec(
      text.trim(),
    )
  if (!match) return undefined
  const [, year, month, dayText, hour, minute, second] = match
  const two = (part: string | undefined) => (part ?? '0').padStart(2, '0')
  const day = `${year}-${two(month)}-${two(dayText)}`
  if (!isDay(day)) return undefined
  if (hour === undefined && dayEnds) return endOfDay(day)
  const at = new Date(`${day}T${two(hour)}:${two(minute)}:${two(second)}+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
