/** Dates of what comes again, in the local time of a form. */

export const everyKinds = ['week', 'two-weeks', 'month'] as const
export type Every = (typeof everyKinds)[number]

const days: Readonly<Record<Exclude<Every, 'month'>, number>> = { week: 7, 'two-weeks': 14 }
const dayMs = 86_400_000

interface Times {
  /** YYYY-MM-DDTHH:MM, as a field for local time gives it. */
  readonly starts: string
  readonly ends: string
}

/**
 * The first and those that follow, twelve at most. Monthly on the same day; a month that has no such day, as the 31st, is
 * left out.
 */
export function repeated(starts: string, ends: string, every: Every, times: number): Times[] {
  const wanted = Math.min(12, Math.max(1, Math.floor(times) || 1))
  const long = utcOf(ends) - utcOf(starts)
  const all: Times[] = []
  for (let turn = 0; all.length < wanted; turn++) {
    const begin = every === 'month' ? monthsOn(starts, turn) : utcOf(starts) + turn * days[every] * dayMs
    if (begin !== undefined) all.push({ starts: localOf(begin), ends: localOf(begin + long) })
  }
  return all
}

// A wall clock without summer time is counted as if it were UTC.
const utcOf = (local: string) => Date.parse(`${local}:00Z`)
const localOf = (ms: number) => new Date(ms).toISOString().slice(0, 16)

function monthsOn(local: string, months: number): number | undefined {
  const at = new Date(utcOf(local))
  const moved = new Date(at)
  moved.setUTCMonth(at.getUTCMonth() + months)
  return moved.getUTCDate() === at.getUTCDate() ? moved.getTime() : undefined
}
