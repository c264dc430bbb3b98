/** What a proposal is judged by: sizes, what is cut, what changes hands. Every share carries what it is a share of. */
import { num, type PartitionGraph } from './partition-graph.ts'
import { householdsOf, keptNames } from './partition-plan.ts'
import type { PartitionAim } from './partition-split.ts'

export interface PartitionFigures {
  readonly groups: number
  readonly buildings: number
  readonly households: number
  readonly least: number
  readonly median: number
  readonly most: number
  /** Groups whose households are within the deviation of the target. */
  readonly within: number
  /** Groups whose buildings are all neighbours of one another's neighbours; equal to `groups`. */
  readonly contiguous: number
  /** Compounds that would fit into one micro-grid, and how many of them lie in several. */
  readonly wholeCompounds: number
  readonly splitCompounds: number
  /** Groups that reach over a barrier, for what lies behind it could not stand alone. */
  readonly acrossBarriers: number
  /** Households that lay in a micro-grid before, and how many of them would get another one. */
  readonly placedBefore: number
  readonly moved: number
}

export interface PartitionGroup {
  readonly spots: Int32Array
  readonly households: number
  /** The micro-grid of today that goes on in it; null for a new one. */
  readonly before: string | null
}

/** The groups in the order of their first building. */
export function groupsOf(graph: PartitionGraph, groupOf: readonly number[]): PartitionGroup[] {
  const lists: number[][] = []
  groupOf.forEach((group, spot) => {
    while (lists.length <= group) lists.push([])
    lists[group]?.push(spot)
  })
  const all = lists.filter((list) => list.length > 0).map((list) => Int32Array.from(list))
  const kept = keptNames(graph, all)
  return all.map((spots, index) => ({
    spots,
    households: householdsOf(graph, spots),
    before: graph.befores[kept[index] ?? -1] ?? null,
  }))
}

export function figuresOf(
  graph: PartitionGraph,
  { target, deviation }: PartitionAim,
  groups: readonly PartitionGroup[],
): PartitionFigures {
  const sizes = groups.map(({ households }) => households).sort((a, b) => a - b)
  const groupAt = new Int32Array(graph.count).fill(-1)
  groups.forEach(({ spots }, index) => {
    for (const spot of spots) groupAt[spot] = index
  })
  const compounds = compoundPieces(graph, groupAt)
  const whole = compounds.filter(({ households }) => households <= target * (1 + deviation))
  const inGroup = groups.map(({ spots }, index) => connection(graph, groupAt, spots, index))
  return {
    groups: groups.length,
    buildings: graph.buildingsAt.reduce((sum, list) => sum + list.length, 0),
    households: sizes.reduce((sum, one) => sum + one, 0),
    least: sizes[0] ?? 0,
    median: sizes[sizes.length >> 1] ?? 0,
    most: sizes.at(-1) ?? 0,
    within: sizes.filter((one) => Math.abs(one - target) <= deviation * target).length,
    contiguous: inGroup.filter(({ whole: one }) => one).length,
    wholeCompounds: whole.length,
    splitCompounds: whole.filter(({ pieces }) => pieces > 1).length,
    acrossBarriers: inGroup.filter(({ across }) => across).length,
    ...movedOf(graph, groups),
  }
}

function compoundPieces(graph: PartitionGraph, groupAt: Int32Array) {
  const found = graph.compounds.map(() => ({ households: 0, groups: new Set<number>() }))
  for (let spot = 0; spot < graph.count; spot++) {
    const compound = found[num(graph.compound, spot)]
    if (!compound) continue
    compound.households += num(graph.households, spot)
    compound.groups.add(num(groupAt, spot))
  }
  return found.map(({ households, groups }) => ({ households, pieces: groups.size }))
}

/** Whether a group hangs together, and whether it does so only over a barrier. */
function connection(graph: PartitionGraph, groupAt: Int32Array, spots: Int32Array, group: number) {
  const reached = (overBarriers: boolean): number => {
    const first = spots[0] ?? 0
    const seen = new Set([first])
    const open = [first]
    for (let spot = open.pop(); spot !== undefined; spot = open.pop())
      for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
        const other = num(graph.neighbour, at)
        if (num(groupAt, other) !== group || seen.has(other)) continue
        if (!overBarriers && num(graph.across, at) === 1) continue
        seen.add(other)
        open.push(other)
      }
    return seen.size
  }
  const whole = reached(true) === spots.length
  return { whole, across: whole && reached(false) < spots.length }
}

/** Households that lay in a micro-grid before, and how many of them get another one. */
export function movedOf(graph: PartitionGraph, groups: readonly PartitionGroup[]) {
  let [placedBefore, moved] = [0, 0]
  for (const { spots, before } of groups)
    for (const spot of spots) {
      const name = graph.befores[num(graph.before, spot)]
      if (name === undefined) continue
      placedBefore += num(graph.households, spot)
      if (name !== before) moved += num(graph.households, spot)
    }
  return { placedBefore, moved }
}
