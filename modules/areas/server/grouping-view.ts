import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { GroupingView } from '../contract.ts'
import { chainUp } from '../rules/draft-tree.ts'
import { buildingsOn, treeOn } from './draft-store.ts'
import type { GroupingRow } from './grouping-store.ts'

/** A building counts once for a grouping, also where it holds both an area and one above it. */
export async function groupingViews(
  tx: Tx,
  streetId: number,
  day: Day,
  rows: readonly GroupingRow[],
): Promise<GroupingView[]> {
  const tree = await treeOn(tx, streetId, day)
  const buildings = await buildingsOn(tx, streetId, day)
  return rows.map(({ areaIds, ...row }) => {
    const held = new Set(areaIds)
    const inside = buildings.filter(({ areaId }) => chainUp(tree, areaId).some(({ id }) => held.has(id)))
    return {
      ...row,
      areas: areaIds
        .flatMap((id) => tree.get(id) ?? [])
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ id, code, level, name }) => ({ id, code, level, name })),
      counted: {
        buildings: inside.length,
        households: inside.reduce((total, { households }) => total + (households ?? 0), 0),
      },
    }
  })
}
