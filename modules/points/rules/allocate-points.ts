/** Whose reserve pays for the points that a run turns into vouchers: the oldest award first. */

export interface Earned {
  readonly points: number
  /** The sponsor; null where the rule named none. */
  readonly reserveId: string | null
}

export interface Part {
  readonly reserveId: string | null
  readonly points: number
}

/**
 * `take` points after the first `gone` ones, by reserve in the order in which they first pay. What is not found among
 * the awards (points that kin gave) has no reserve of its own.
 */
export function allocatePoints(earned: readonly Earned[], gone: number, take: number): Part[] {
  const parts = new Map<string | null, number>()
  let skip = gone
  let left = take
  for (const { points, reserveId } of earned) {
    const skipped = Math.min(skip, points)
    skip -= skipped
    const used = Math.min(left, points - skipped)
    if (used > 0) parts.set(reserveId, (parts.get(reserveId) ?? 0) + used)
    left -= used
  }
  if (left > 0) parts.set(null, (parts.get(null) ?? 0) + left)
  return [...parts].map(([reserveId, points]) => ({ reserveId, points }))
}

/** Values of the vouchers of one sum: as many of the size as there are, then what is left over. */
export function splitValue(fen: number, sizeFen: number): number[] {
  const whole = Array.from({ length: Math.floor(fen / sizeFen) }, () => sizeFen)
  return fen % sizeFen === 0 ? whole : [...whole, fen % sizeFen]
}
