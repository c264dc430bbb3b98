/**
 * Small catalogues that every view needs (areas, organisations, matters) kept in the process for a moment. A name
 * may be as old as `ttlMs`; rights and states are never read from here.
 */
import type { Tx } from './db.ts'

interface Kept<T> {
  until: number
  value: Promise<T>
}

export interface StreetCache<T> {
  get(tx: Tx, streetId: number): Promise<T>
  /** For a write in this process, and for an id that a reader did not find. */
  forget(streetId: number): void
}

export function streetCache<T>(
  ttlMs: number,
  load: (tx: Tx, streetId: number) => Promise<T>,
): StreetCache<T> {
  // Tests run several databases in one process: a transaction's pool decides which cache it reads.
  const kept = new WeakMap<object, Map<number, Kept<T>>>()
  const all = new Set<Map<number, Kept<T>>>()
  return {
    get(tx, streetId) {
      let streets = kept.get(tx.cacheKey)
      if (!streets) {
        streets = new Map()
        kept.set(tx.cacheKey, streets)
        all.add(streets)
      }
      const now = performance.now()
      const found = streets.get(streetId)
      if (found && found.until > now) return found.value
      const value = load(tx, streetId)
      streets.set(streetId, { until: now + ttlMs, value })
      value.catch(() => streets.delete(streetId))
      return value
    },
    forget(streetId) {
      for (const streets of all) streets.delete(streetId)
    },
  }
}
