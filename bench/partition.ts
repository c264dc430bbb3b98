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
import { townChanges } from './partition-changes.ts'
import { makeTown } from './partition-town.ts'

const sizes = [
  { buildings: 2_000, groups: 316 },
  { buildings: 40_000, groups: 6_316 },
]
/** Towns of the first size, each with every change. */
const seeds = 20
const deviation = 0.15
const target = { contiguous: 1, within: 0.95, moved: 0.05 }

export const partition: Bench = {
  name: 'partition',
  what: '2,000 buildings into 316 micro-grids and 40,000 into 6,316, one area each, in one thread: seconds, how many are within 15 %, households moved by a re-cut; twenty towns with seven kinds of change each',
  run: async (run) => {
    const measured = sizes.flatMap((size) => measureTown(size, 'town', run))
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
    const worst = measureSeeds(run)
    printTable(
      run.say,
      [`${seeds} towns`, 'within: least', 'mean', 'moved: most', 'mean', 'all contiguous', 'CPU s each'],
      worst.map((one) => [
        one.change,
        one.leastWithin,
        one.meanWithin,
        one.mostMoved,
        one.meanMoved,
        String(one.allContiguous),
        one.cpuSecondsEach,
      ]),
    )
    const met =
      measured.every(reaches) &&
      worst.every(
        (one) => one.allContiguous && one.leastWithin >= target.within && one.mostMoved <= target.moved,
      )
    return { target, met, measured, worst }
  },
}

type Measured = ReturnType<typeof divide>['figures']

const reaches = (one: Measured): boolean =>
  one.contiguous >= target.contiguous && one.within >= target.within && (one.moved ?? 0) <= target.moved

/** The worst and the mean over the towns, change by change. */
function measureSeeds(run: BenchRun) {
  const all = Array.from({ length: seeds }, (_, seed) =>
    measureTown(sizes[0] ?? { buildings: 2_000, groups: 316 }, `town ${seed}`, run),
  ).flat()
  return ['from scratch', ...Object.keys(townChanges)].map((change) => {
    const towns = all.filter((one) => one.change === change)
    const mean = (of: (one: Measured) => number) =>
      towns.reduce((sum, one) => sum + of(one), 0) / towns.length
    return {
      change,
      leastWithin: Math.min(...towns.map(({ within }) => within)),
      meanWithin: rounded(
        mean(({ within }) => within),
        4,
      ),
      mostMoved: Math.max(...towns.map(({ moved }) => moved ?? 0)),
      meanMoved: rounded(
        mean(({ moved }) => moved ?? 0),
        4,
      ),
      allContiguous: towns.every(({ contiguous }) => contiguous === 1),
      cpuSecondsEach: rounded(
        mean(({ cpuSeconds }) => cpuSeconds),
        1,
      ),
    }
  })
}

function measureTown({ buildings: count, groups }: (typeof sizes)[number], seed: string, run: BenchRun) {
  run.say(`  ${seed} of ${count} buildings …`)
  const { buildings, barriers } = makeTown(count, createSeededRandom(seed))
  const households = buildings.reduce((sum, one) => sum + one.households, 0)
  const asked = { barriers, target: households / groups, seed: 7 }
  const first = divide('from scratch', buildings, asked)
  const groupOf = new Map<string, string>()
  for (const [group, { spots }] of first.found.entries())
    for (const spot of spots)
      for (const at of first.graph.buildingsAt[spot] ?? []) groupOf.set(buildings[at]?.id ?? '', `g${group}`)
  const today = buildings.map((one) => ({ ...one, before: groupOf.get(one.id) ?? null }))
  const random = createSeededRandom(`${seed}: changes`)
  return [
    first.figures,
    ...Object.entries(townChanges).map(
      ([name, change]) => divide(name, change(today, random.fork(name)), asked).figures,
    ),
  ]
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
  if (one.buildings !== buildings.length) throw new Error('a building is in no group, or in two')
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
