/** Groups of spots while they are being improved: who is in which, what a set of groups costs, which ones lie side by side. */
import { num, type PartitionGraph } from './partition-graph.ts'
import { compoundCost, type PartitionAim, sizeCost } from './partition-split.ts'

export interface Plan {
  readonly graph: PartitionGraph
  readonly aim: PartitionAim
  /** Of each spot. */
  readonly groupOf: Int32Array
  /** Spots of each group; empty where a group has gone. */
  readonly members: Int32Array[]
}

export function openPlan(graph: PartitionGraph, aim: PartitionAim, groupOf: Int32Array): Plan {
  const lists: number[][] = []
  groupOf.forEach((group, spot) => {
    while (lists.length <= group) lists.push([])
    lists[group]?.push(spot)
  })
  return { graph, aim, groupOf, members: lists.map((list) => Int32Array.from(list)) }
}

export const householdsOf = ({ households }: PartitionGraph, spots: Int32Array): number => {
  let sum = 0
  for (const spot of spots) sum += num(households, spot)
  return sum
}

export const membersOf = ({ members }: Plan, group: number): Int32Array => members[group] ?? new Int32Array()

/** The groups that share an edge with one, in order. */
export function groupsBeside({ graph, groupOf, members }: Plan, group: number): number[] {
  const beside = new Set<number>()
  for (const spot of members[group] ?? [])
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++)
      beside.add(num(groupOf, num(graph.neighbour, at)))
  beside.delete(group)
  return [...beside].sort((a, b) => a - b)
}

/** Size and compounds in pieces, of groups that are looked at together. */
export function costOf(graph: PartitionGraph, aim: PartitionAim, groups: readonly Int32Array[]): number {
  const sizes = groups.reduce((sum, spots) => sum + sizeCost(householdsOf(graph, spots), aim), 0)
  return sizes + compoundCost * cutsWithin(graph, groups)
}

/** How many pieces too many the compounds are in. */
export function cutsWithin({ compound, compounds }: PartitionGraph, groups: readonly Int32Array[]): number {
  if (compounds.length === 0) return 0
  let pieces = 0
  const all = new Set<number>()
  for (const spots of groups) {
    const here = new Set<number>()
    for (const spot of spots) if (num(compound, spot) >= 0) here.add(num(compound, spot))
    pieces += here.size
    for (const one of here) all.add(one)
  }
  return pieces - all.size
}

/**
 * Which of today's micro-grids each group goes on as, or -1: the largest share first, each of today's only once, and only one
 * of `free` where it is given.
 */
export function keptNames(
  { before, households }: PartitionGraph,
  groups: readonly Int32Array[],
  free?: ReadonlySet<number>,
): readonly number[] {
  const shares: { group: number; name: number; sum: number }[] = []
  groups.forEach((spots, group) => {
    const sums = new Map<number, number>()
    for (const spot of spots) {
      const name = num(before, spot)
      if (name >= 0) sums.set(name, (sums.get(name) ?? 0) + num(households, spot))
    }
    for (const [name, sum] of sums) if (!free || free.has(name)) shares.push({ group, name, sum })
  })
  shares.sort((a, b) => b.sum - a.sum || a.name - b.name || a.group - b.group)
  const kept = groups.map(() => -1)
  const taken = new Set<number>()
  for (const { group, name } of shares) {
    if (kept[group] !== -1 || taken.has(name)) continue
    kept[group] = name
    taken.add(name)
  }
  return kept
}

/** Whether a group still hangs together without some of its spots, and is not empty. */
export function holdsWithout(
  { graph, groupOf }: Plan,
  members: Int32Array,
  without: readonly number[],
): boolean {
  const first = members.find((spot) => !without.includes(spot))
  if (first === undefined) return false
  const group = num(groupOf, first)
  const seen = new Set([...without, first])
  const open = [first]
  for (let spot = open.pop(); spot !== undefined; spot = open.pop())
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      if (num(groupOf, other) !== group || seen.has(other)) continue
      seen.add(other)
      open.push(other)
    }
  return seen.size === members.length
}
