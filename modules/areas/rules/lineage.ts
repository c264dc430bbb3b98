/** Which area came from which, and by how much. Pure. */
import { areaM2, boundingBox } from '../../../lib/geometry.ts'
import { boxesMeet, overlapOf } from '../../../lib/polygon-overlay.ts'
import type { BuildingMove } from './draft-moves.ts'
import { chainUp, type TreeAfter, type TreeArea } from './draft-tree.ts'

export interface Descent {
  readonly from: string
  readonly to: string
  /** Of `from`, above 0 and at most 1. */
  readonly share: number
  readonly basis: 'households' | 'surface' | 'whole'
}

/** What an area's households were before, its subtree included; only areas of which any are known. */
export type HouseholdsBefore = ReadonlyMap<string, number>

/**
 * For every area that ends or loses a part: where it went, at the same level of the tree. The share is of its
 * households where they are known, else of its surface; an area that nothing is known of goes whole to its only heir.
 * Shares of an ended area add up to 1 unless a part of it lies in no area any more.
 */
export function descentOf(
  before: ReadonlyMap<string, TreeArea>,
  after: TreeAfter,
  moves: readonly BuildingMove[],
  households: HouseholdsBefore,
): Descent[] {
  const byHouseholds = movedHouseholds(before, after, moves)
  const losers = [...after.ended, ...after.redrawn.map((one) => one.before)]
  return losers.flatMap((loser): Descent[] => {
    const known = households.get(loser.id) ?? 0
    const lines =
      known > 0
        ? [...(byHouseholds.get(loser.id) ?? [])].map(([to, moved]) => ({ to, share: moved / known }))
        : bySurface(loser, after)
    if (lines.length > 0 || after.areas.has(loser.id))
      return lines.map((line) => ({
        from: loser.id,
        to: line.to,
        share: rounded(line.share),
        basis: known > 0 ? 'households' : 'surface',
      }))
    const [heir, ...others] = after.added.filter((area) => area.origins.includes(loser.id))
    return heir && others.length === 0 ? [{ from: loser.id, to: heir.id, share: 1, basis: 'whole' }] : []
  })
}

/** Households that went from one area to another of the same level, by both their ids. */
function movedHouseholds(
  before: ReadonlyMap<string, TreeArea>,
  after: TreeAfter,
  moves: readonly BuildingMove[],
): Map<string, Map<string, number>> {
  const moved = new Map<string, Map<string, number>>()
  for (const { building, from, to } of moves) {
    const there = new Map(chainUp(after.areas, to).map((area) => [area.level, area.id]))
    for (const area of chainUp(before, from)) {
      const heir = there.get(area.level)
      if (heir === undefined || heir === area.id || !building.households) continue
      const of = moved.get(area.id) ?? new Map<string, number>()
      of.set(heir, (of.get(heir) ?? 0) + building.households)
      moved.set(area.id, of)
    }
  }
  return moved
}

/** Slivers below a thousandth of the surface are the drawing's and no transfer. */
const leastShare = 0.001

function bySurface(loser: TreeArea, after: TreeAfter): { to: string; share: number }[] {
  const whole = loser.geometry ? areaM2(loser.geometry) : 0
  if (!loser.geometry || whole === 0) return []
  const gainers = [...after.added, ...after.redrawn.map((one) => one.after)].filter(
    (area) => area.level === loser.level && area.id !== loser.id && area.geometry && meet(loser, area),
  )
  const lines = gainers.flatMap((area) => {
    const shared = loser.geometry && area.geometry ? overlapOf(loser.geometry, area.geometry) : []
    const share = shared.reduce((total, piece) => total + areaM2(piece), 0) / whole
    return share >= leastShare ? [{ to: area.id, share: Math.min(1, share) }] : []
  })
  const sum = lines.reduce((total, line) => total + line.share, 0)
  // Overlapping heirs would make more than the whole of it.
  return sum > 1 ? lines.map((line) => ({ ...line, share: line.share / sum })) : lines
}

function meet(a: TreeArea, b: TreeArea): boolean {
  const [one, other] = [a.geometry && boundingBox(a.geometry), b.geometry && boundingBox(b.geometry)]
  return Boolean(one && other && boxesMeet(one, other))
}

/** To a millionth, as it is kept; never down to nothing. */
const rounded = (share: number) => Math.max(1, Math.round(share * 1_000_000)) / 1_000_000
