/**
 * One connected set of spots becomes two connected ones: a spanning tree with a little chance in it, cut at the edge that
 * divides best. Whatever is cut off a tree hangs together, so contiguity never has to be mended.
 */
import type { SeededRandom } from '../../../lib/seeded-random.ts'
import { num, type PartitionGraph } from './partition-graph.ts'

export interface PartitionAim {
  /** Households of one micro-grid. */
  readonly target: number
  /** A share of the target: 0.15 is 15 % more or less. */
  readonly deviation: number
  /** Micro-grids are there already: what is within the deviation is left as it is. */
  readonly recut?: boolean
}

/** A little inside the deviation, so that rounding does not leave one a hair outside. */
export const sizeLimit = ({ deviation, recut }: PartitionAim): number => deviation * (recut ? 0.99 : 0.65)

/** How far outside, as a share of the target; 0 within. */
export const overLimit = (households: number, aim: PartitionAim): number =>
  Math.max(0, Math.abs(households - aim.target) / aim.target - sizeLimit(aim))

/** What one micro-grid of so many households costs: nothing near the target, much outside the deviation. */
export function sizeCost(households: number, aim: PartitionAim): number {
  const off = Math.abs(households - aim.target) / aim.target
  const over = off - sizeLimit(aim)
  if (!aim.recut) return 2 * off * off + 6 * Math.max(0, over)
  return 0.1 * off * off + (over > 0 ? 0.2 + 10 * over : 0)
}

/** Of one cut through a compound, in the same coin as `sizeCost`. */
export const compoundCost = 0.25
const compactnessShare = 0.04
/** Edges inside a compound are taken into the tree first, those over a barrier last. */
const insideCompound = 0.15
/** On a re-cut the tree follows today's micro-grids, so that a cut falls near one of today's borders. */
const insideToday = 0.6
const acrossBarrier = 6

export interface Cut {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly firstCount: number
  readonly cost: number
}

export interface Splitter {
  /** Into one part for `count` micro-grids; the best of some trees. Undefined for a single spot. */
  split(spots: Int32Array, count: number, random: SeededRandom, trees: number): Cut | undefined
}

/** `aim` of the whole graph; scratch memory is kept between calls. */
export function makeSplitter(graph: PartitionGraph, aim: PartitionAim): Splitter {
  const local = new Int32Array(graph.count).fill(-1)
  const reach2 = typicalReach2(graph, aim)
  return {
    split(spots, count, random, trees) {
      if (spots.length < 2 || count < 2) return undefined
      spots.forEach((spot, index) => {
        local[spot] = index
      })
      const edges = edgesAmong(graph, spots, local)
      let best: { cost: number; tree: Tree; at: number; firstCount: number } | undefined
      for (let draw = 0; draw < trees; draw++) {
        const tree = growTree(spots, edges, random)
        const cut = bestCut(graph, spots, tree, count, aim, reach2)
        if (cut && (best === undefined || cut.cost < best.cost)) best = { ...cut, tree }
      }
      for (const spot of spots) local[spot] = -1
      return best && { ...sidesOf(spots, best.tree, best.at), firstCount: best.firstCount, cost: best.cost }
    },
  }
}

/** The square of half the width that a micro-grid of the target has here. */
function typicalReach2(graph: PartitionGraph, { target }: PartitionAim): number {
  const lengths = Float64Array.from(graph.length).sort()
  const usual = num(lengths, lengths.length >> 1) || 1
  const all = graph.households.reduce((sum, one) => sum + one, 0)
  const spotsEach = Math.max(1, (graph.count * target) / Math.max(all, 1))
  return usual * usual * spotsEach * 0.25
}

interface LocalEdges {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly weight: Float64Array
}

function edgesAmong(graph: PartitionGraph, spots: Int32Array, local: Int32Array): LocalEdges {
  const [from, to, weight]: [number[], number[], number[]] = [[], [], []]
  for (const spot of spots)
    for (let at = num(graph.start, spot); at < num(graph.start, spot + 1); at++) {
      const other = num(graph.neighbour, at)
      if (other < spot || num(local, other) < 0) continue
      const compound = num(graph.compound, spot)
      const before = num(graph.before, spot)
      const factor =
        (compound >= 0 && compound === num(graph.compound, other) ? insideCompound : 1) *
        (before >= 0 && before === num(graph.before, other) ? insideToday : 1) *
        (num(graph.across, at) ? acrossBarrier : 1)
      from.push(num(local, spot))
      to.push(num(local, other))
      weight.push(num(graph.length, at) * factor)
    }
  return { from: Int32Array.from(from), to: Int32Array.from(to), weight: Float64Array.from(weight) }
}

/** Spots in an order in which each comes after the one above it; `above` of the first is -1. */
interface Tree {
  readonly order: Int32Array
  readonly above: Int32Array
}

const edgeKeys = 2 ** 21

/** Edges by their length with a little chance in it. Length and place stand in one number each: so sorting needs no function. */
function shuffledByWeight(weight: Float64Array, random: SeededRandom): Float64Array {
  let longest = 0
  for (const one of weight) longest = Math.max(longest, one)
  const scale = 2 ** 31 / (1.6 * (longest || 1))
  return weight
    .map((one, edge) => Math.floor(one * (0.4 + 1.2 * random.next()) * scale) * edgeKeys + edge)
    .sort()
}

function growTree(spots: Int32Array, { from, to, weight }: LocalEdges, random: SeededRandom): Tree {
  const inOrder = shuffledByWeight(weight, random)
  const count = spots.length
  const top = new Int32Array(count).map((_, index) => index)
  const find = (spot: number): number => {
    let at = spot
    while (num(top, at) !== at) {
      top[at] = num(top, num(top, at))
      at = num(top, at)
    }
    return at
  }
  const nextAt = new Int32Array(count).fill(-1)
  const [link, follow] = [new Int32Array(2 * count), new Int32Array(2 * count)]
  let used = 0
  const add = (a: number, b: number) => {
    link[used] = b
    follow[used] = num(nextAt, a)
    nextAt[a] = used++
  }
  for (const key of inOrder) {
    const edge = key % edgeKeys
    const [a, b] = [num(from, edge), num(to, edge)]
    const [one, other] = [find(a), find(b)]
    if (one === other) continue
    top[other] = one
    add(a, b)
    add(b, a)
  }
  const order = new Int32Array(count)
  const above = new Int32Array(count).fill(-2)
  above[0] = -1
  for (let read = 0, written = 1; read < written; read++) {
    const spot = num(order, read)
    for (let at = num(nextAt, spot); at >= 0; at = num(follow, at)) {
      const other = num(link, at)
      if (num(above, other) !== -2) continue
      above[other] = spot
      order[written++] = other
    }
  }
  return { order, above }
}

function bestCut(
  graph: PartitionGraph,
  spots: Int32Array,
  { order, above }: Tree,
  count: number,
  aim: PartitionAim,
  reach2: number,
): { cost: number; at: number; firstCount: number } | undefined {
  const size = spots.length
  const [n, w, x, y, q] = [1, 2, 3, 4, 5].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let i = size - 1; i >= 0; i--) {
    const at = num(order, i)
    const spot = num(spots, at)
    const [px, py] = [num(graph.x, spot), num(graph.y, spot)]
    n[at] = num(n, at) + 1
    w[at] = num(w, at) + num(graph.households, spot)
    x[at] = num(x, at) + px
    y[at] = num(y, at) + py
    q[at] = num(q, at) + px * px + py * py
    const up = num(above, at)
    if (up < 0) continue
    for (const sums of [n, w, x, y, q]) sums[up] = num(sums, up) + num(sums, at)
  }
  const inertia = (m: number, sx: number, sy: number, sq: number) => Math.max(0, sq - (sx * sx + sy * sy) / m)
  const root = num(order, 0)
  const all = num(w, root)
  const ideal = all / count
  let best: { cost: number; at: number; firstCount: number } | undefined
  for (let i = 1; i < size; i++) {
    const at = num(order, i)
    const part = num(w, at)
    const firstCount = Math.min(count - 1, Math.max(1, Math.round(ideal > 0 ? part / ideal : 1)))
    const rest = count - firstCount
    const [m, others] = [num(n, at), size - num(n, at)]
    if (m < firstCount || others < rest) continue
    let cost =
      firstCount * sizeCost(part / firstCount, aim) +
      rest * sizeCost((all - part) / rest, aim) +
      (compactnessShare / reach2) *
        (inertia(m, num(x, at), num(y, at), num(q, at)) / m +
          inertia(others, num(x, root) - num(x, at), num(y, root) - num(y, at), num(q, root) - num(q, at)) /
            others)
    // Halves of about one size keep the way down short.
    cost += count > 3 ? Math.abs(firstCount / count - 0.5) * 0.3 : 0
    const compound = num(graph.compound, num(spots, at))
    if (compound >= 0 && compound === num(graph.compound, num(spots, num(above, at)))) cost += compoundCost
    if (best === undefined || cost < best.cost) best = { cost, at, firstCount }
  }
  return best
}

function sidesOf(spots: Int32Array, { order, above }: Tree, cutAt: number) {
  const below = new Uint8Array(spots.length)
  for (const at of order)
    if (at === cutAt || (num(above, at) >= 0 && num(below, num(above, at)))) below[at] = 1
  return {
    first: spots.filter((_, at) => num(below, at) === 1),
    second: spots.filter((_, at) => num(below, at) === 0),
  }
}
