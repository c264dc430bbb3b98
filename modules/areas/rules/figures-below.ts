/** Figures of areas on a day: those counted from buildings add up by themselves, those given are laid beside their sum. */

import type { Day } from '../../../lib/time.ts'
import type { AreaFigureLine } from '../draft-views.ts'
import { chainUp, type TreeArea } from './draft-tree.ts'

export interface CountedBuilding {
  readonly areaId: string
  readonly households: number | null
}

export interface GivenFigure {
  readonly areaId: string
  readonly name: string
  readonly scope: string
  readonly value: number
  readonly unit: string
  readonly onDay: Day
  readonly source: string
}

/**
 * One line for each area. A building counts for its area and every one above it, so a parent's figure is the sum of its
 * children's and of what lies in itself alone. `given` holds the newest figure of each area, name and scope.
 */
export function figureLines(
  tree: ReadonlyMap<string, TreeArea>,
  buildings: readonly CountedBuilding[],
  given: readonly GivenFigure[],
): AreaFigureLine[] {
  const counts = new Map<string, { buildings: number; households: number; buildingsWithHouseholds: number }>()
  for (const { areaId, households } of buildings)
    for (const { id } of chainUp(tree, areaId)) {
      const count = counts.get(id) ?? { buildings: 0, households: 0, buildingsWithHouseholds: 0 }
      count.buildings += 1
      count.households += households ?? 0
      count.buildingsWithHouseholds += households === null ? 0 : 1
      counts.set(id, count)
    }
  const children = childrenOf(tree)
  const leaves = new Map<string, number>()
  for (const area of tree.values())
    if (!children.has(area.id))
      for (const { id } of chainUp(tree, area.id)) leaves.set(id, (leaves.get(id) ?? 0) + 1)
  const byArea = new Map<string, GivenFigure[]>()
  for (const figure of given) byArea.set(figure.areaId, [...(byArea.get(figure.areaId) ?? []), figure])
  return [...tree.values()].map(({ id, code, level, name, parentId }) => ({
    area: { id, code, level, name },
    parentId,
    counted: {
      ...(counts.get(id) ?? { buildings: 0, households: 0, buildingsWithHouseholds: 0 }),
      leaves: leaves.get(id) ?? 0,
    },
    given: (byArea.get(id) ?? []).map(({ areaId: _, ...figure }) => ({
      ...figure,
      below: sumBelow(figure, children.get(id) ?? [], byArea),
    })),
  }))
}

/** Null where nothing lies below, or none below gave it: a sum of nothing says nothing. */
function sumBelow(
  { name, scope }: { readonly name: string; readonly scope: string },
  children: readonly string[],
  byArea: ReadonlyMap<string, readonly GivenFigure[]>,
): AreaFigureLine['given'][number]['below'] {
  const same = children.flatMap(
    (id) => byArea.get(id)?.find((one) => one.name === name && one.scope === scope) ?? [],
  )
  const days = same.map(({ onDay }) => onDay).sort()
  const [firstOn, lastOn] = [days[0], days.at(-1)]
  if (firstOn === undefined || lastOn === undefined) return null
  const sum = same.reduce((total, { value }) => total + value, 0)
  return { sum, gave: same.length, of: children.length, firstOn, lastOn }
}

function childrenOf(tree: ReadonlyMap<string, TreeArea>): Map<string, string[]> {
  const children = new Map<string, string[]>()
  for (const { id, parentId } of tree.values())
    if (parentId !== null) {
      const siblings = children.get(parentId)
      if (siblings) siblings.push(id)
      else children.set(parentId, [id])
    }
  return children
}
