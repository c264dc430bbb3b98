/** Groups that lie side by side are put together and divided anew, whenever that is better. */
// Rule: the merge-and-split step is ReCom: DeFord, Duchin, Solomon, Recombination (2021).
import type { SeededRandom } from '../../../lib/seeded-random.ts'
import type { PartitionGraph } from './partition-graph.ts'
import { groupsBeside, householdsOf, membersOf, type Plan } from './partition-plan.ts'
import type { Splitter } from './partition-split.ts'

/** An improvement smaller than this is rounding. */
export const leastGain = 1e-6

export interface Recombination {
  readonly groups: readonly number[]
  readonly parts: readonly Int32Array[]
}

/** What the groups cost, by the parts that they would have. */
export type CostOf = (groups: readonly number[], parts: readonly Int32Array[]) => number

/** The best new division of a group together with one, two or three of those beside it, if it costs less than today's. */
export function findRecombination(
  plan: Plan,
  group: number,
  splitter: Splitter,
  random: SeededRandom,
  trees: number,
  costOf: CostOf,
): Recombination | undefined {
  const { graph, aim } = plan
  const heavy = householdsOf(graph, membersOf(plan, group)) > aim.target
  const weight = (one: number) => householdsOf(graph, membersOf(plan, one)) * (0.9 + 0.2 * random.next())
  const beside = groupsBeside(plan, group)
    .map((one) => ({ one, weight: weight(one) }))
    .sort((a, b) => (heavy ? a.weight - b.weight : b.weight - a.weight) || a.one - b.one)
    .map(({ one }) => one)
  let best: (Recombination & { gain: number }) | undefined
  for (const groups of unionsWith(plan, group, beside)) {
    const old = groups.map((one) => membersOf(plan, one))
    const spots = Int32Array.from(old.flatMap((one) => [...one]))
    const before = costOf(groups, old)
    const wanted = Math.max(1, Math.round(householdsOf(graph, spots) / aim.target))
    for (const count of new Set([groups.length, wanted])) {
      const parts = splitInto(splitter, spots, count, random, trees)
      const gain = before - costOf(groups, parts)
      if (gain > (best?.gain ?? leastGain)) best = { groups, parts, gain }
    }
  }
  return best
}

/** Pairs first, then with one and two more behind them. */
function unionsWith(plan: Plan, group: number, beside: readonly number[]): number[][] {
  const pairs = beside.slice(0, 4).map((one) => [group, one])
  const triples = beside.slice(0, 3).flatMap((one) =>
    groupsBeside(plan, one)
      .filter((further) => further !== group)
      .slice(0, 3)
      .map((further) => [group, one, further]),
  )
  const four = beside.length >= 3 ? [[group, ...beside.slice(0, 3)]] : []
  return [...pairs, ...triples, ...four]
}

/** The groups that the parts went to, part by part: as many of them as there are parts, and new ones beyond. */
export function putIn(plan: Plan, { groups, parts }: Recombination): number[] {
  const names = [...groups]
  while (names.length < parts.length) {
    names.push(plan.members.length)
    plan.members.push(new Int32Array())
  }
  names.forEach((group, index) => {
    const part = parts[index] ?? new Int32Array()
    plan.members[group] = part
    for (const spot of part) plan.groupOf[spot] = group
  })
  return names
}

/** Halves, halves of halves, until each part is for one. */
export function splitInto(
  splitter: Splitter,
  spots: Int32Array,
  count: number,
  random: SeededRandom,
  trees: number,
): Int32Array[] {
  const draws = spots.length > 4_000 ? 1 : spots.length > 400 ? 3 : trees
  const cut = count < 2 ? undefined : splitter.split(spots, count, random, draws)
  if (!cut) return [spots]
  return [
    ...splitInto(splitter, cut.first, cut.firstCount, random, trees),
    ...splitInto(splitter, cut.second, count - cut.firstCount, random, trees),
  ]
}

export const divideEvenly = (
  graph: PartitionGraph,
  target: number,
  splitter: Splitter,
  spots: Int32Array,
  random: SeededRandom,
): Int32Array[] => {
  const count = Math.max(1, Math.round(householdsOf(graph, spots) / target))
  return splitInto(splitter, spots, Math.min(count, spots.length), random, 10)
}
