const hourMs = 3_600_000

/**
 * Until when a place that became free is kept for one person: so many hours, and no longer than to the beginning.
 * Undefined once the shift began: then nobody is kept waiting, and the place is simply free.
 */
export function offerEnd(at: Date, startsAt: Date, hours: number): Date | undefined {
  if (at >= startsAt) return undefined
  return new Date(Math.min(at.getTime() + hours * hourMs, startsAt.getTime()))
}
