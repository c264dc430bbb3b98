/** Buildings that lie in no leaf or in two, and grids of too few or too many households. */
import Flatbush from 'flatbush'
import { boundingBox, containsPoint } from '../../../lib/geometry.ts'
import type { CheckedArea, CheckedBuilding, CheckedTree, Finding } from './check.ts'

export interface SizeRule {
  /** The level whose areas are counted. */
  readonly level: string
  readonly least: number
  readonly most: number
}

// Rule: GB/T 34300-2017: every place lies in exactly one grid.
export function checkBuildings(tree: CheckedTree, buildings: readonly CheckedBuilding[]): Finding[] {
  // While nothing is drawn there is nothing that a building could lie outside of.
  if (!tree.leaves.some(({ geometry }) => geometry !== null)) return []
  const leavesAt = leafFinder(tree)
  return buildings.flatMap(({ id, areaId, lng, lat }): Finding[] => {
    if (lng === null || lat === null) return []
    const at = [lng, lat] as const
    const found = leavesAt(lng, lat)
    const [first, ...others] = found
    const said = tree.byId.get(areaId)
    // Its own grid is not drawn: that is told of the grid, once.
    if (!first && said && said.geometry === null && !tree.children.has(said.id)) return []
    if (!first) return [{ kind: 'building-nowhere', areaIds: [areaId], buildingId: id, at }]
    if (others.length > 0)
      return [{ kind: 'building-twice', areaIds: found.map((leaf) => leaf.id), buildingId: id, at }]
    // What is said may be more or less exact than what is drawn, as long as one lies on the way to the other.
    return said && isOnTheWay(said, first)
      ? []
      : [{ kind: 'building-elsewhere', areaIds: [first.id, areaId], buildingId: id, at }]
  })
}

const isOnTheWay = (said: CheckedArea, found: CheckedArea): boolean =>
  said.id === found.id || found.path.startsWith(`${said.path}.`) || said.path.startsWith(`${found.path}.`)

/** All drawn leaves at a place, in the order of their paths. */
function leafFinder({ leaves }: CheckedTree): (lng: number, lat: number) => CheckedArea[] {
  const boxed = leaves.flatMap((area) => {
    const box = area.geometry && boundingBox(area.geometry)
    return box ? [{ area, box }] : []
  })
  if (boxed.length === 0) return () => []
  const index = new Flatbush(boxed.length)
  for (const { box } of boxed) index.add(...(box as [number, number, number, number]))
  index.finish()
  return (lng, lat) =>
    index
      .search(lng, lat, lng, lat)
      .sort((a, b) => a - b)
      .flatMap((position) => {
        const area = boxed[position]?.area
        return area?.geometry && containsPoint(area.geometry, lng, lat) ? [area] : []
      })
}

// Rule: a grid in a town has 300 to 500 households (GB/T 34300-2017 in practice); how many is the street's to say.
export function checkSizes(
  tree: CheckedTree,
  buildings: readonly CheckedBuilding[],
  { level, least, most }: SizeRule,
): Finding[] {
  const counted = new Map<string, number>()
  for (const { areaId, households } of buildings) {
    if (households === null) continue
    for (let area = tree.byId.get(areaId); area; area = tree.byId.get(area.parentId ?? ''))
      counted.set(area.id, (counted.get(area.id) ?? 0) + households)
  }
  return tree.areas.flatMap(({ id, kind, level: own }): Finding[] => {
    const households = counted.get(id)
    // Where no building says how many live in it nothing is known; a market or a school is not measured by households.
    if (own !== level || kind === 'exclusive' || households === undefined) return []
    if (households < least) return [{ kind: 'too-few-households', areaIds: [id], figure: households }]
    return households > most ? [{ kind: 'too-many-households', areaIds: [id], figure: households }] : []
  })
}
