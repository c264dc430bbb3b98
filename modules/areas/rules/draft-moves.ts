/** Which buildings lie in another area after a draft. Pure. */
import { areaM2 } from '../../../lib/geometry.ts'
import { type AddedArea, type TreeAfter, type TreeArea, treeLocator } from './draft-tree.ts'

export interface PlacedBuilding {
  readonly id: string
  /** Its area on the day without the draft. */
  readonly areaId: string
  /** WGS-84. */
  readonly lng: number | null
  readonly lat: number | null
  readonly households: number | null
}

export interface BuildingMove<B extends PlacedBuilding = PlacedBuilding> {
  readonly building: B
  readonly from: string
  readonly to: string
  /** It has no place on the map and went with the largest part. */
  readonly guessed: boolean
}

/**
 * A building moves when its area ends, or when its place lies in another area than it would without the draft. So one
 * that a list put elsewhere than its place says stays where it was put until somebody draws over it.
 */
export function movesOf<B extends PlacedBuilding>(
  before: ReadonlyMap<string, TreeArea>,
  after: TreeAfter,
  buildings: readonly B[],
): BuildingMove<B>[] {
  const locateBefore = treeLocator(before.values())
  const locateAfter = treeLocator(after.areas.values())
  const heirs = heirsOf(after.added)
  return buildings.flatMap((building) => {
    const from = building.areaId
    const { lng, lat } = building
    const drawn = lng === null || lat === null ? undefined : locateAfter(lng, lat)
    const wasDrawn = lng === null || lat === null ? undefined : locateBefore(lng, lat)
    const ends = before.has(from) && !after.areas.has(from)
    if (drawn !== undefined && (ends || drawn !== wasDrawn))
      return drawn === from ? [] : [{ building, from, to: drawn, guessed: false }]
    if (!ends) return []
    const { to, sure } = heirOf(from, before, after, heirs)
    return [{ building, from, to, guessed: !sure }]
  })
}

function heirsOf(added: readonly AddedArea[]): Map<string, AddedArea[]> {
  const heirs = new Map<string, AddedArea[]>()
  for (const area of added)
    for (const origin of area.origins) heirs.set(origin, [...(heirs.get(origin) ?? []), area])
  return heirs
}

/** The largest of the areas that take its place; without any the nearest area above that stays. */
function heirOf(
  ended: string,
  before: ReadonlyMap<string, TreeArea>,
  after: TreeAfter,
  heirs: ReadonlyMap<string, readonly AddedArea[]>,
): { to: string; sure: boolean } {
  const own = heirs.get(ended) ?? []
  const [largest] = [...own].sort((a, b) => surface(b) - surface(a) || (a.code < b.code ? -1 : 1))
  if (largest) return { to: largest.id, sure: own.length === 1 }
  let above = before.get(before.get(ended)?.parentId ?? '')
  while (above && !after.areas.has(above.id) && above.parentId) above = before.get(above.parentId)
  return { to: above?.id ?? ended, sure: false }
}

const surface = ({ geometry }: TreeArea) => (geometry ? areaM2(geometry) : 0)
