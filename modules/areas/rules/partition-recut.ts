/**
 * A round of a re-cut: what is within the deviation is left alone, what is off is mended as cheaply as can be, cheap ones first,
 * and no more than a twentieth of the households gets another micro-grid.
 */
import type { SeededRandom } from '../../../lib/seeded-random.ts'
import { type ChainEffort, mendByChain } from './partition-chain.ts'
import type { PartitionGraph } from './partition-graph.ts'
import { cutsWithin, householdsOf, keptNames, membersOf, openPlan, type Plan } from './partition-plan.ts'
import { findRecombination, putIn } from './partition-recombine.ts'
import { type Books, openBooks, strangersIn } from './partition-recut-books.ts'
import { compoundCost, makeSplitter, overLimit, type PartitionAim, type Splitter } from './partition-split.ts'

/** What mending one micro-grid may move, in micro-grids of households, and how hard it is tried: round by round. */
const steps: readonly { readonly price: number; readonly effort: ChainEffort }[] = [
  { price: 0.15, effort: { moves: 2, width: 6, looks: 12 } },
  { price: 0.3, effort: { moves: 3, width: 6, looks: 40 } },
  { price: 0.5, effort: { moves: 4, width: 6, looks: 120 } },
  { price: 0.8, effort: { moves: 5, width: 8, looks: 400 } },
  { price: 1.2, effort: { moves: 6, width: 8, looks: 1_000 } },
]

/** Dear moves are left alone once so many are within. */
const enough = 0.98
const cheapSteps = 2
/** Divisions of a union that are drawn. */
const treesTried = 10

/** `done` once there is nothing left that is worth its price. */
export function recutRound(
  graph: PartitionGraph,
  aim: PartitionAim,
  random: SeededRandom,
  groupOf: readonly number[],
  round: number,
): { groupOf: Int32Array; done: boolean } {
  const plan = openPlan(graph, aim, Int32Array.from(groupOf))
  const off = random.shuffle(offGroups(plan))
  const step = steps[Math.min(round, steps.length - 1)]
  if (!step || off.length === 0 || (round >= cheapSteps && off.length <= (1 - enough) * plan.members.length))
    return { groupOf: plan.groupOf, done: true }
  const books = openBooks(plan)
  const splitter = makeSplitter(graph, aim)
  let better = false
  for (const group of off) {
    if (!isOff(plan, group)) continue
    const most = Math.min(step.price * aim.target, books.most - books.moved)
    if (mendByChain(plan, books, group, most, step.effort)) better = true
    else if (recombineThriftily(plan, books, group, splitter, random, step.price)) better = true
  }
  return { groupOf: plan.groupOf, done: !better && round >= steps.length - 1 }
}

const isOff = (plan: Plan, group: number): boolean => {
  const spots = membersOf(plan, group)
  return spots.length > 0 && overLimit(householdsOf(plan.graph, spots), plan.aim) > 0
}

const offGroups = (plan: Plan): number[] =>
  plan.members.flatMap((_, group) => (isOff(plan, group) ? [group] : []))

/** Where a chain can not help: a micro-grid too many or too few. */
function recombineThriftily(
  plan: Plan,
  books: Books,
  group: number,
  splitter: Splitter,
  random: SeededRandom,
  price: number,
): boolean {
  const { graph, aim } = plan
  const left = books.most - books.moved
  const costs = (groups: readonly number[], parts: readonly Int32Array[]) => {
    const own = namesAmong(plan, books, groups, parts)
    const moved = movedIn(graph, parts, own)
    const today = movedIn(
      graph,
      groups.map((one) => membersOf(plan, one)),
      groups.map((one) => books.names[one] ?? -1),
    )
    if (moved - today > left) return Number.POSITIVE_INFINITY
    let sum = moved / (price * aim.target) + compoundCost * cutsWithin(graph, parts)
    for (const spots of parts) {
      const over = overLimit(householdsOf(graph, spots), aim)
      if (over > 0) sum += 1 + 4 * over
    }
    return sum
  }
  const found = findRecombination(plan, group, splitter, random, treesTried, costs)
  if (!found) return false
  const own = namesAmong(plan, books, found.groups, found.parts)
  books.moved -= movedIn(
    graph,
    found.groups.map((one) => membersOf(plan, one)),
    found.groups.map((one) => books.names[one] ?? -1),
  )
  const groups = putIn(plan, found)
  groups.forEach((one, at) => {
    books.names[one] = own[at] ?? -1
  })
  books.moved += movedIn(graph, found.parts, own)
  return true
}

function namesAmong(
  plan: Plan,
  { names }: Books,
  groups: readonly number[],
  parts: readonly Int32Array[],
): readonly number[] {
  return keptNames(plan.graph, parts, new Set(groups.map((one) => names[one] ?? -1)))
}

const movedIn = (graph: PartitionGraph, parts: readonly Int32Array[], names: readonly number[]): number =>
  parts.reduce((sum, spots, at) => sum + strangersIn(graph, spots, names[at] ?? -1), 0)
