/** Sums by group in which nobody is told apart. */

export interface Benefit<K> {
  readonly key: K
  readonly holders: number
  readonly spentFen: number
}

/** Rule: product.md principle 8: small samples; here it is privacy too: a sum of one is a person. */
export const leastHolders = 5

/**
 * Groups with fewer than five are put together, and when even these are fewer than five, the smallest of the others
 * joins them: else the missing ones could be reckoned from the whole. Null when all together are too few.
 */
export function tellGroups<K>(rows: readonly Benefit<K>[]): (Benefit<K> | Benefit<null>)[] | null {
  const large = rows.filter(({ holders }) => holders >= leastHolders).sort((a, b) => b.holders - a.holders)
  const small: Benefit<K>[] = rows.filter(({ holders }) => holders > 0 && holders < leastHolders)
  const count = () => small.reduce((sum, { holders }) => sum + holders, 0)
  while (small.length > 0 && count() < leastHolders) {
    const next = large.pop()
    if (!next) return null
    small.push(next)
  }
  if (small.length === 0) return large.length === 0 ? null : large
  const others = {
    key: null,
    holders: count(),
    spentFen: small.reduce((sum, { spentFen }) => sum + spentFen, 0),
  }
  return [...large, others]
}
