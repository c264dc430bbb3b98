/**
 * A share with its bounds: the score interval of Wilson (1927), which stays true for few cases and near 0 and 1.
 * Rule: edge.md 3.23 and 4.29: whoever closed one case in four minutes is the best of nobody.
 */

/** Two-sided 95 %. */
const z = 1.959964

export interface Proportion {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Null for nothing. @throws RangeError unless 0 ≤ count ≤ of, both whole */
export function proportion(count: number, of: number): Proportion | null {
  if (!Number.isInteger(count) || !Number.isInteger(of) || count < 0 || count > of)
    throw new RangeError(`no share of ${count} in ${of}`)
  if (of === 0) return null
  const share = count / of
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const reach = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of)
  // At 0 and 1 one bound is the share itself; a rounding must not put it on the wrong side.
  const low = Math.min(share, Math.max(0, middle - reach))
  return { share, low, high: Math.max(share, Math.min(1, middle + reach)) }
}

/** Fewer than this are shown and never compared. */
export const fewestToCompare = 20

/**
 * Whoever can be compared first, by the lower bound of what was counted against them; then the others by name, for
 * among few cases there is no order.
 */
export function inOrder<R extends { readonly name: string; readonly count: number; readonly of: number }>(
  rows: readonly R[],
): R[] {
  const low = (row: R) => proportion(row.count, row.of)?.low ?? 0
  const comparable = (row: R) => row.of >= fewestToCompare
  const byName = (a: R, b: R) => a.name.localeCompare(b.name, 'zh')
  return [
    ...rows.filter(comparable).sort((a, b) => low(b) - low(a) || byName(a, b)),
    ...rows.filter((row) => !comparable(row)).sort(byName),
  ]
}
