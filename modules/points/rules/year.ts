/** The end of a year: what of its points expires, what is carried over, and the list of it in its one spelling. */
import { addDays, type Day, startOfDay } from '../../../lib/time.ts'

/** A period is a quarter, 2026Q3, or a whole year, 2026. */
export const yearPattern = '^20[0-9]{2}$'
export const isYear = (period: string): boolean => /^20[0-9]{2}$/.test(period)

/** The first instant after a year: what was booked before it belongs to it. */
export const yearEnd = (year: string | number): Date => startOfDay(`${Number(year) + 1}-01-01`)

/** The first day on which what is left of a year can be prepared: its points may be used until the day before. */
export const yearRunOn = (year: string | number, graceDays: number): Day =>
  addDays(`${Number(year) + 1}-01-01`, graceDays)

export interface YearStanding {
  readonly accountId: string
  /** What the account had when the year ended. */
  readonly standing: number
  /** What was spent, given away or held since then: the oldest points go first. */
  readonly gone: number
}

/** How many points expire: what is left of the year but for what each account keeps. */
// Rule: rules.md 8: expiry at the calendar year's end with carry-over; the numbers are the street's.
export const decideExpiry = ({ standing, gone }: Omit<YearStanding, 'accountId'>, keeps: number): number =>
  Math.max(0, standing - gone - keeps)

/** The list as text, in the order of the accounts' ids: the same entries give the same bytes. */
export function yearText(
  head: { readonly area: string; readonly year: string; readonly counted: Date; readonly keeps: number },
  lines: readonly YearStanding[],
): string {
  const first = ['linli-year-1', head.area, head.year, head.counted.toISOString(), head.keeps].join('\t')
  const rest = lines
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
    .map(({ accountId, standing, gone }) =>
      [accountId, standing, gone, decideExpiry({ standing, gone }, head.keeps)].join('\t'),
    )
  return `${[first, ...rest].join('\n')}\n`
}
