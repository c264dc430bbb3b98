import { type Day, isDay } from '../../../lib/time.ts'

/** The same date so many months later, the last of the month where there is none: 31 August and six months is 28 February. */
export function termEnd(from: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number)
  const index = month - 1 + months
  const [lateYear, lateMonth] = [year + Math.floor(index / 12), (index % 12) + 1]
  for (let day = date; day > 0; day--) {
    const text = `${lateYear}-${String(lateMonth).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    if (isDay(text)) return text
  }
  return from
}
