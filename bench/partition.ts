/** Proposals of micro-grids: a street and a district from scratch, and again after the population has changed by a twentieth. */
import { createSeededRandom } from '../lib/seeded-random.ts'
import {
  beginPartition,
  canStandAlone,
  improvePartition,
  isPartitionDone,
} from '../modules/areas/rules/partition.ts'
import { type CellSpot, groupShapes } from '../modules/areas/rules/partition-cells.ts'
import { figuresOf, groupsOf } from '../modules/areas/rules/partition-figures.ts'
import {
  type Barrier,
  buildPartitionGraph,
  type PartitionBuilding,
} from '../modules/areas/rules/partition-graph.ts'
import { printTable } from '../proofs/support/table.ts'
import { type Bench, type BenchRun, rounded } from './bench.ts'
import { makeTown } from './partition-town.ts'

const sizes = [
  { buildings: 2_000, groups: 316 },
  { buildings: 40_000, groups: 6_316 },
]
const deviation = 0.15
const target = { contiguous: 1, within: 0.95, moved: 0.05 }

export const partition: Bench = {
  name: 'partition',
  what: '2,000 buildings into 316 micro-grids and 40,000 into 6,316, one area each, in one thread: seconds, how many are within 15 %, households moved by a re-cut',
  run: async (run) => {
    const measured = sizes.flatMap((size) => measureSize(size, run))
    printTable(
      run.say,
      ['', 'groups', 'contiguous', 'within 15 %', 'compounds cut', 'moved', 'CPU s', 's'],
      measured.map((one) => [
        `${one.buildings} ${one.change}`,
        one.groups,
        one.contiguous,
        one.within,
        one.compoundsCut,
        one.moved ?? '—',
        one.cpuSeconds,
        one.seconds,
      ]),
    )
    const met = measured.every(
      (one) =>
        one.contiguous >= target.contiguous &&
        one.within >= target.within &&
        (one.moved ?? 0) <= target.moved,
    )
    return { target, met, measured }
  },
}

function measureSize({ buildings: count, groups }: (typeof sizes)[number], run: BenchRun) {
  run.say(`  ${count} buildings …`)
  const { buildings, barriers } = makeTown(count, createSeededRandom('town'))
  const households = buildings.reduce((sum, one) => sum + one.households, 0)
  const asked = { barriers, target: households / groups, seed: 7 }
  const first = divide('from scratch', buildings, asked)
  const random = createSeededRandom('five percent')
  const byBuilding = new Map<string, string>()
  first.found.forEach(({ spots }, group) => {
    for (const spot of spots)
      for (const at of first.graph.buildingsAt[spot] ?? [])
        byBuilding.set(buildings[at]?.id ?? '', `g${group}`)
  })
  const changed = (name: string, households: (one: PartitionBuilding, at: number) => number) =>
    divide(
      name,
      buildings.map((one, at) => ({
        ...one,
        before: byBuilding.get(one.id) ?? null,
        households: Math.round(households(one, at)),
      })),
      asked,
    )
  return [
    first,
    // Every building changes a little, a twentieth more in all.
    changed('grown everywhere', (one) => one.households * (0.95 + 0.2 * random.next())),
    // One building of ten grows by half.
    changed('grown here and there', (one) => (random.int(10) === 0 ? one.households * 1.5 : one.households)),
    // One end of the town grows by half.
    changed('grown at one end', (one, at) => (at < count / 10 ? one.households * 1.5 : one.households)),
  ].map(({ figures }) => figures)
}

function divide(
  change: string,
  buildings: readonly PartitionBuilding[],
  asked: { readonly barriers: readonly Barrier[]; readonly target: number; readonly seed: number },
) {
  const recut = buildings.some(({ before }) => before !== null)
  const aim = { target: asked.target, deviation, recut }
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  const graph = buildPartitionGraph(buildings, asked.barriers, canStandAlone(aim))
  let state = beginPartition(graph, aim, asked.seed)
  while (!isPartitionDone(state)) state = improvePartition(graph, aim, asked.seed, state)
  const found = groupsOf(graph, state.groupOf)
  const shapes = groupShapes(spotsOf(graph.buildingsAt, found, buildings), found.length, null)
  const { user, system } = process.cpuUsage(cpu)
  const one = figuresOf(graph, aim, found)
  return {
    graph,
    found,
    figures: {
      buildings: buildings.length,
      change,
      groups: one.groups,
      shapes: shapes.filter((shape) => shape !== null).length,
      contiguous: one.contiguous / one.groups,
      within: rounded(one.within / one.groups, 4),
      compoundsCut: `${one.splitCompounds}/${one.wholeCompounds}`,
      moved: one.placedBefore > 0 ? rounded(one.moved / one.placedBefore, 4) : null,
      rounds: state.round,
      seconds: rounded((performance.now() - start) / 1000, 1),
      cpuSeconds: rounded((user + system) / 1e6, 1),
    },
  }
}

const spotsOf = (
  buildingsAt: readonly (readonly number[])[],
  found: readonly { readonly spots: Int32Array }[],
  buildings: readonly PartitionBuilding[],
): CellSpot[] =>
  found.flatMap(({ spots }, group) =>
    [...spots].map((spot) => {
      const { lng, lat } = buildings[buildingsAt[spot]?.[0] ?? 0] as PartitionBuilding
      return { lng, lat, group }
    }),
  )
