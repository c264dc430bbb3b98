/** How many points something earns under a dated rule: caps limit points, never the record. */

export interface EarningTerms {
  readonly basis: 'hour' | 'time'
  /** For each hour, or each time. */
  readonly points: number
  readonly capActivity: number | null
  readonly capDay: number | null
}

export interface EarnedSoFar {
  /** By the same activity, and on the same day under the same rule. */
  readonly activity: number
  readonly day: number
}

export interface Award {
  readonly points: number
  /** What it would have been without caps. */
  readonly uncapped: number
  readonly cappedBy: 'activity' | 'day' | null
}

/** Whole points; a started point does not count. `minutes` is asked for by the hour only. */
// Rule: rules.md 8: one hour is one point, two hours at most count for an activity; the numbers are the street's.
export function decideAward(terms: EarningTerms, minutes: number, sofar: EarnedSoFar): Award {
  const uncapped = terms.basis === 'time' ? terms.points : Math.floor((minutes * terms.points) / 60)
  const left = (cap: number | null, had: number) =>
    cap === null ? Number.POSITIVE_INFINITY : Math.max(0, cap - had)
  const byActivity = left(terms.capActivity, sofar.activity)
  const byDay = left(terms.capDay, sofar.day)
  const points = Math.min(uncapped, byActivity, byDay)
  const cappedBy = points === uncapped ? null : byActivity <= byDay ? 'activity' : 'day'
  return { points, uncapped, cappedBy }
}
