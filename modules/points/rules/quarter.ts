/** Quarters, and the list of a run in its one spelling. */
import { addDays, type Day, startOfDay } from '../../../lib/time.ts'

export const quarterPattern = '^20[0-9]{2}Q[1-4]$'

/** 2026Q3 for a day in September 2026. */
export function quarterOf(day: Day): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** The quarter before, which is the one that a run is about. */
export function quarterBefore(quarter: string): string {
  const [year = 0, part = 0] = quarter.split('Q').map(Number)
  return part === 1 ? `${year - 1}Q4` : `${year}Q${part - 1}`
}

/** The first instant after a quarter: what was booked before it counts. */
export function cutoffOf(quarter: string): Date {
  const [year = 0, part = 0] = quarter.split('Q').map(Number)
  const next = part === 4 ? `${year + 1}-01-01` : `${year}-${String(part * 3 + 1).padStart(2, '0')}-01`
  return startOfDay(next)
}

export interface ListLine {
  readonly accountId: string
  readonly points: number
  readonly parts: readonly {
    readonly reserveId: string | null
    readonly points: number
    readonly fen: number
  }[]
}

/**
 * The list as text: a head, then a line for each account in the order of their ids, with nothing that depends on a
 * machine. The same entries give the same bytes, so a hash of it can be checked years later.
 */
export function listText(
  head: { readonly area: string; readonly quarter: string; readonly cutoff: Date; readonly rateFen: number },
  lines: readonly ListLine[],
): string {
  const first = ['linli-quarter-1', head.area, head.quarter, head.cutoff.toISOString(), head.rateFen].join(
    '\t',
  )
  const rest = lines
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
    .map(({ accountId, points, parts }) =>
      [
        accountId,
        points,
        ...parts
          .toSorted((a, b) => ((a.reserveId ?? '') < (b.reserveId ?? '') ? -1 : 1))
          .map((part) => `${part.reserveId ?? '-'}:${part.points}:${part.fen}`),
      ].join('\t'),
    )
  return `${[first, ...rest].join('\n')}\n`
}

/** The last day of a notice that begins today: its days count from the day after. */
export const noticeEnd = (today: Day, days: number): Day => addDays(today, days)
