/** Which open cases may be the same as what is being written down. A suggestion only: a person joins them. */

export interface AlikePlace {
  /** ltree path. */
  readonly area: string
  readonly lng: number | null
  readonly lat: number | null
  readonly buildingId: string | null
}

export interface AlikeCase extends AlikePlace {
  readonly id: string
  readonly createdAt: Date
}

/** Older ones are another matter, however alike they read. */
export const alikeWithinDays = 180
const mostShown = 3
const metresPerDegree = 111_320
const dayMs = 86_400_000

/** Metres between two places; undefined where one of them has no point. */
export function metres(a: AlikePlace, b: AlikePlace): number | undefined {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return undefined
  const x = (a.lng - b.lng) * Math.cos((a.lat * Math.PI) / 180)
  return Math.hypot(x, a.lat - b.lat) * metresPerDegree
}

/**
 * How near two places lie in the tree, 0 to 0.9: by the levels that they share. An area is near to what lies in it,
 * for a meeting of a whole community names no grid; neighbours of one grid are near, another grid is not.
 */
function treeNearness(a: string, b: string): number {
  const [one, two] = [a.split('.'), b.split('.')]
  let shared = 0
  while (shared < Math.min(one.length, two.length) && one[shared] === two[shared]) shared++
  const inside = shared / Math.min(one.length, two.length)
  return inside * (0.6 + (0.3 * shared) / Math.max(one.length, two.length))
}

/** How near two places are, 0 to 1: the same building, else by metres, else by the levels of the tree that they share. */
export function nearness(a: AlikePlace, b: AlikePlace): number {
  if (a.buildingId !== null && a.buildingId === b.buildingId) return 1
  const apart = metres(a, b)
  return apart === undefined ? treeNearness(a.area, b.area) : Math.max(0, 1 - apart / 500)
}

/**
 * The nearest and newest of `candidates`, best first, at most three. The caller gives only open cases of the same
 * public matter (rights.md, merge); place counts twice as much as age.
 */
export function alikeCases<C extends AlikeCase>(place: AlikePlace, candidates: readonly C[], at: Date): C[] {
  return candidates
    .map((one) => {
      const days = Math.max(0, (at.getTime() - one.createdAt.getTime()) / dayMs)
      const near = nearness(place, one)
      return { one, near, score: near * 2 + Math.max(0, 1 - days / alikeWithinDays) }
    })
    .filter(
      ({ near, one }) => near >= 0.5 && at.getTime() - one.createdAt.getTime() <= alikeWithinDays * dayMs,
    )
    .sort((a, b) => b.score - a.score || (a.one.id < b.one.id ? 1 : -1))
    .slice(0, mostShown)
    .map(({ one }) => one)
}
