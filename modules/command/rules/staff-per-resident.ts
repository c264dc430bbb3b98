/**
 * Residents for each member of staff. Two counts of residents with different scopes or days are two denominators: each
 * ratio says which one it used, and nothing is added up in silence.
 */
import type { Day } from '../../../lib/time.ts'

export interface CountedPeople {
  /** Whom it counts: 户籍人口, 流动人口, 常住人口. */
  readonly scope: string
  readonly value: number
  readonly onDay: Day
  readonly source: string
}

export interface CountedStaff {
  readonly scope: string
  readonly value: number
  readonly onDay: Day
  /** Null: counted from the posts. */
  readonly source: string | null
}

export interface Ratio {
  readonly perStaff: number | null
  readonly residents: number
  readonly counted: readonly CountedPeople[]
  /** A sum in which some people may stand twice. */
  readonly mayOverlap: boolean
  readonly staff: CountedStaff
}

/**
 * Scopes whose sum counts people: 户籍 and 流动 are different people. 常住人口 as statistics count it holds those who
 * stay for half a year, so together with 流动人口 some may stand in both: that sum is shown and says so.
 */
const sums: readonly { parts: readonly [string, string]; mayOverlap: boolean }[] = [
  { parts: ['户籍人口', '流动人口'], mayOverlap: false },
  { parts: ['常住人口', '流动人口'], mayOverlap: true },
]

/**
 * One ratio for each count of residents and each of staff, and one for each sum of two scopes of the same day.
 * `datesDiffer`: a sum was left out because its parts are of different days.
 */
// Rule: systems.md §0, 4: 24,000 / 30 = 800 leaves out 11,000 floating people (35,000 / 30 = 1,167).
export function staffPerResident(
  people: readonly CountedPeople[],
  staff: readonly CountedStaff[],
): { ratios: Ratio[]; datesDiffer: boolean } {
  const counts = people.map((one) => ({ counted: [one], mayOverlap: false }))
  let datesDiffer = false
  for (const { parts, mayOverlap } of sums) {
    const [a, b] = parts.map((part) => people.find(({ scope }) => scope === part))
    if (!a || !b) continue
    if (a.onDay === b.onDay) counts.push({ counted: [a, b], mayOverlap })
    else datesDiffer = true
  }
  const ratios = staff.flatMap((one) =>
    counts.map(({ counted, mayOverlap }) => {
      const residents = counted.reduce((sum, { value }) => sum + value, 0)
      const perStaff = one.value > 0 ? Math.round(residents / one.value) : null
      return { perStaff, residents, counted, mayOverlap, staff: one }
    }),
  )
  return { ratios, datesDiffer }
}
