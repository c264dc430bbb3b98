/** What a re-cut has moved so far, and how much it may. */
import { num, type PartitionGraph } from './partition-graph.ts'
import { keptNames, type Plan } from './partition-plan.ts'

export interface Books {
  /** The micro-grid of today that each group goes on as; -1 for a new one. */
  readonly names: number[]
  /** Households that get another micro-grid than today's. */
  moved: number
  /** The most that may. */
  readonly most: number
}

/** A twentieth, less what rounding may take. */
const mostMoved = 0.0495

export function openBooks({ graph, members }: Plan): Books {
  const names = [...keptNames(graph, members)]
  let [placed, moved] = [0, 0]
  members.forEach((spots, group) => {
    for (const spot of spots) if (num(graph.before, spot) >= 0) placed += num(graph.households, spot)
    moved += strangersIn(graph, spots, names[group] ?? -1)
  })
  return { names, moved, most: mostMoved * placed }
}

/** Households of a group that had another micro-grid than the one it goes on as. */
export function strangersIn({ before, households }: PartitionGraph, spots: Int32Array, name: number): number {
  let sum = 0
  for (const spot of spots)
    if (num(before, spot) >= 0 && num(before, spot) !== name) sum += num(households, spot)
  return sum
}

/** How many households more, or fewer, would have moved if a spot changed hands. */
export function movedBy(
  { before, households }: PartitionGraph,
  { names }: Books,
  spot: number,
  from: number,
  to: number,
): number {
  const name = num(before, spot)
  if (name < 0) return 0
  return num(households, spot) * ((names[to] === name ? 0 : 1) - (names[from] === name ? 0 : 1))
}
