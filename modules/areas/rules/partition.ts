/**
 * Balanced partition of buildings into micro-grids: contiguous by construction, near a target of households, compounds
 * kept whole where it can be, and on a re-cut as few households moved as possible.
 *
 * A connected set is split by cutting a spanning tree that has a little chance in it; afterwards groups that are off are
 * put together with their neighbours and split anew, or give a building to the one beside them, whenever that is better.
 * The same seed gives the same answer, in however many slices of time the rounds are run.
 */
import { createSeededRandom, type SeededRandom } from '../../../lib/seeded-random.ts'
import { num, type PartitionGraph } from './partition-graph.ts'
import { costOf, holdsWithout, householdsOf, membersOf, openPlan, type Plan } from './partition-plan.ts'
import { divideEvenly, findRecombination, leastGain, putIn } from './partition-recombine.ts'
import { recutRound } from './partition-recut.ts'
import { makeSplitter, type PartitionAim, sizeCost, sizeLimit } from './partition-split.ts'

export interface PartitionState {
  /** The group of each spot. */
  readonly groupOf: readonly number[]
  /** Rounds of improvement that were run. */
  readonly round: number
  /** Rounds in a row that made nothing better. */
  readonly quiet: number
}

export const mostRounds = 16
const quietRounds = 3

export const isPartitionDone = ({ round, quiet }: PartitionState): boolean =>
  round >= mostRounds || quiet >= quietRounds

/** Whether so many households can be divided into micro-grids that are all within the deviation. */
export const canStandAlone =
  ({ target, deviation }: PartitionAim) =>
  (households: number): boolean => {
    const count = Math.max(1, Math.round(households / target))
    return Math.abs(households / count - target) <= deviation * 0.8 * target
  }

/** Today's micro-grids where there are any, else a first division from scratch. */
export function beginPartition(graph: PartitionGraph, aim: PartitionAim, seed: number): PartitionState {
  const random = createSeededRandom(`partition/${seed}/begin`)
  const groupOf = new Int32Array(graph.count)
  const splitter = makeSplitter(graph, aim)
  let groups = 0
  for (const part of graph.befores.length > 0 ? partsOfToday(graph) : connectedParts(graph))
    for (const spots of graph.befores.length > 0
      ? [part]
      : divideEvenly(graph, aim.target, splitter, part, random)) {
      for (const spot of spots) groupOf[spot] = groups
      groups += 1
    }
  return { groupOf: [...groupOf], round: 0, quiet: 0 }
}

/** One round of improvement over all groups that are off. */
export function improvePartition(
  graph: PartitionGraph,
  aim: PartitionAim,
  seed: number,
  state: PartitionState,
): PartitionState {
  const random = createSeededRandom(`partition/${seed}/${state.round}`)
  const round = state.round + 1
  if (aim.recut) {
    const { groupOf, done } = recutRound(graph, aim, random, state.groupOf, state.round)
    return { groupOf: renumbered(groupOf), round, quiet: done ? quietRounds : 0 }
  }
  const { groupOf, better } = improvementRound(graph, aim, random, state.groupOf)
  return { groupOf: renumbered(groupOf), round, quiet: better ? 0 : state.quiet + 1 }
}

function improvementRound(
  graph: PartitionGraph,
  aim: PartitionAim,
  random: SeededRandom,
  groupOf: readonly number[],
) {
  const plan = openPlan(graph, aim, Int32Array.from(groupOf))
  const splitter = makeSplitter(graph, aim)
  let better = false
  for (const group of random.shuffle(groupsThatAreOff(plan))) {
    if (membersOf(plan, group).length === 0) continue
    if (giveAndTake(plan, group)) better = true
    if (!isOff(plan, group)) continue
    const costs = (_: readonly number[], parts: readonly Int32Array[]) => costOf(graph, aim, parts)
    const found = findRecombination(plan, group, splitter, random, 8, costs)
    if (!found) continue
    putIn(plan, found)
    better = true
  }
  return { groupOf: plan.groupOf, better }
}

const isOff = (plan: Plan, group: number): boolean => {
  const { target } = plan.aim
  const spots = membersOf(plan, group)
  return spots.length > 0 && Math.abs(householdsOf(plan.graph, spots) - target) > sizeLimit(plan.aim) * target
}

/** Off in size, or with a piece of a compound that would fit into one and of which another piece lies beside it. */
function groupsThatAreOff(plan: Plan): number[] {
  const { graph, groupOf } = plan
  const cut = new Set<number>()
  const fits = fittingCompounds(plan)
  for (let spot = 0; spot < graph.count; spot++) {
    if (!fits.has(num(graph.compound, spot))) continue
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      if (
        num(graph.compound, other) === num(graph.compound, spot) &&
        num(groupOf, other) !== num(groupOf, spot)
      )
        cut.add(num(groupOf, spot))
    }
  }
  return plan.members.flatMap((_, group) => (isOff(plan, group) || cut.has(group) ? [group] : []))
}

/** Compounds that are no larger than a micro-grid may be. */
function fittingCompounds({ graph, aim }: Plan): ReadonlySet<number> {
  const sums = new Float64Array(graph.compounds.length)
  graph.compound.forEach((compound, spot) => {
    if (compound >= 0) sums[compound] = num(sums, compound) + num(graph.households, spot)
  })
  const most = aim.target * (1 + aim.deviation)
  return new Set([...sums.keys()].filter((compound) => num(sums, compound) <= most))
}

/** Moves single spots over the border of a group as long as that helps. */
function giveAndTake(plan: Plan, group: number): boolean {
  let better = false
  for (let moves = 0; moves < 12; moves++) {
    const best = bestMove(plan, group)
    if (!best) break
    move(plan, best.spot, best.to)
    better = true
  }
  return better
}

function bestMove(plan: Plan, group: number): { spot: number; to: number } | undefined {
  const { graph, aim, groupOf } = plan
  let best: { spot: number; to: number; gain: number } | undefined
  const consider = (spot: number, to: number) => {
    const from = num(groupOf, spot)
    const [giving, taking] = [membersOf(plan, from), membersOf(plan, to)]
    const moved = num(graph.households, spot)
    const [w1, w2] = [householdsOf(graph, giving), householdsOf(graph, taking)]
    const sizes =
      sizeCost(w1, aim) + sizeCost(w2, aim) - sizeCost(w1 - moved, aim) - sizeCost(w2 + moved, aim)
    // Most moves are no good for the sizes alone, and the rest of the sum costs more than they do.
    if (sizes <= (best?.gain ?? leastGain) || !holdsWithout(plan, giving, [spot])) return
    const after = [giving.filter((one) => one !== spot), Int32Array.of(...taking, spot)]
    const gain = costOf(graph, aim, [giving, taking]) - costOf(graph, aim, after)
    if (gain > (best?.gain ?? leastGain)) best = { spot, to, gain }
  }
  for (const spot of membersOf(plan, group))
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      const beside = num(groupOf, other)
      if (beside === group) continue
      consider(spot, beside)
      consider(other, group)
    }
  return best
}

function move(plan: Plan, spot: number, to: number): void {
  const from = num(plan.groupOf, spot)
  plan.members[from] = membersOf(plan, from).filter((one) => one !== spot)
  plan.members[to] = Int32Array.of(...membersOf(plan, to), spot)
  plan.groupOf[spot] = to
}

/** What hangs together, the part of the first spot first. */
function connectedParts(graph: PartitionGraph): Int32Array[] {
  return partsBy(graph, () => 0)
}

/** Today's micro-grids in connected pieces; what is new goes to a neighbour, the nearest spots first. */
function partsOfToday(graph: PartitionGraph): Int32Array[] {
  const name = Int32Array.from(graph.before)
  const open = [...name.keys()].filter((spot) => num(name, spot) >= 0)
  for (let read = 0; read < open.length; read++) {
    const spot = open[read] ?? 0
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      if (num(name, other) >= 0) continue
      name[other] = num(name, spot)
      open.push(other)
    }
  }
  return partsBy(graph, (spot) => num(name, spot))
}

function partsBy(graph: PartitionGraph, nameOf: (spot: number) => number): Int32Array[] {
  const seen = new Uint8Array(graph.count)
  const parts: Int32Array[] = []
  for (let first = 0; first < graph.count; first++) {
    if (num(seen, first) === 1) continue
    const part = [first]
    seen[first] = 1
    for (let read = 0; read < part.length; read++) {
      const spot = part[read] ?? 0
      for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
        const other = num(graph.neighbour, at)
        if (num(seen, other) === 1 || nameOf(other) !== nameOf(spot)) continue
        seen[other] = 1
        part.push(other)
      }
    }
    parts.push(Int32Array.from(part))
  }
  return parts
}

/** Groups by the order of their first spot, without holes: one partition has one spelling. */
function renumbered(groupOf: Int32Array): number[] {
  const names = new Map<number, number>()
  return Array.from(groupOf, (group) => {
    const there = names.get(group)
    if (there !== undefined) return there
    names.set(group, names.size)
    return names.size - 1
  })
}
