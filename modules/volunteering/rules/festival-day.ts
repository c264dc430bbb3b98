import type { Day } from '../../../lib/time.ts'

export interface Festival {
  readonly calendar: 'solar' | 'lunar'
  /** 1 to 12, of its calendar. */
  readonly month: number
  readonly day: number
}

const lunarDay = new Intl.DateTimeFormat('en-u-ca-chinese-nu-latn', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
})

/** `6bis` is a leap month, which has no festivals of its own. */
function lunarOf(at: Date): string {
  const parts = lunarDay.formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('month')}-${part('day')}`
}

const daysIn = (year: number): Day[] =>
  Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)))
    .filter((at) => at.getUTCFullYear() === year)
    .map((at) => at.toISOString().slice(0, 10))

/**
 * The days of a calendar year on which these festivals fall, in the order given; undefined where it has no such day, as a
 * thirtieth of a short lunar month. The lunar calendar is the one that the runtime knows, of the Purple Mountain
 * Observatory's rules.
 */
export function festivalDays(year: number, festivals: readonly Festival[]): (Day | undefined)[] {
  const days = daysIn(year)
  const known = new Set<string>(days)
  const lunar = new Map<string, Day>()
  if (festivals.some(({ calendar }) => calendar === 'lunar'))
    for (const day of days) {
      const key = lunarOf(new Date(`${day}T00:00:00Z`))
      // A lunar date can fall twice into one year; a street keeps the first.
      if (!lunar.has(key)) lunar.set(key, day)
    }
  return festivals.map(({ calendar, month, day }) => {
    if (calendar === 'lunar') return lunar.get(`${month}-${day}`)
    const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    return known.has(text) ? (text as Day) : undefined
  })
}
