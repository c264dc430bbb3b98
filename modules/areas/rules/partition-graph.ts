/**
 * Who is whose neighbour among buildings: the Gabriel edges of their Delaunay triangulation, cut where a main road or a
 * wall lies between. Buildings at one place are one spot, for no border can run between them.
 */
import Delaunator from 'delaunator'
import Flatbush from 'flatbush'
import { orientation } from '../../../lib/orientation.ts'

export interface PartitionBuilding {
  readonly id: string
  /** WGS-84. */
  readonly lng: number
  readonly lat: number
  readonly households: number
  readonly compound: string | null
  /** The micro-grid it lies in today, for a re-cut. */
  readonly before: string | null
}

/** A line that a micro-grid should not reach across: positions in WGS-84. */
export type Barrier = readonly (readonly [number, number])[]

/** Spots and their edges in plain arrays: tens of thousands of them are walked millions of times. */
export interface PartitionGraph {
  readonly count: number
  /** Metres east and north of the first building, on a plane. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly households: Float64Array
  /** Place in `compounds`, or -1. */
  readonly compound: Int32Array
  readonly compounds: readonly string[]
  /** Place in `befores`, or -1. */
  readonly before: Int32Array
  readonly befores: readonly string[]
  /** Neighbours of spot i stand from start[i] up to start[i + 1]. */
  readonly start: Int32Array
  readonly neighbour: Int32Array
  readonly length: Float64Array
  /** 1 where the edge leads over a barrier, for what lies behind could not stand alone. */
  readonly across: Uint8Array
  /** Which buildings stand at each spot, by their place in the list. */
  readonly buildingsAt: readonly (readonly number[])[]
}

interface Edge {
  readonly a: number
  readonly b: number
  readonly length: number
  readonly gabriel: boolean
  readonly across: boolean
}

const metresPerDegree = 111_320

/** `canStand` says whether a part of so many households can be divided by itself; smaller parts are joined over a barrier. */
export function buildPartitionGraph(
  buildings: readonly PartitionBuilding[],
  barriers: readonly Barrier[],
  canStand: (households: number) => boolean,
): PartitionGraph {
  const spots = gatherSpots(buildings)
  const edges = delaunayEdges(spots.x, spots.y, spots.lng, spots.lat, barrierTest(barriers))
  return { ...spots, ...adjacency(spots.count, chooseEdges(spots, edges, canStand)) }
}

function gatherSpots(buildings: readonly PartitionBuilding[]) {
  const [first] = buildings
  const [lng0, lat0] = [first?.lng ?? 0, first?.lat ?? 0]
  const perLng = metresPerDegree * Math.cos((lat0 * Math.PI) / 180)
  const byPlace = new Map<string, number[]>()
  for (const [index, { lng, lat }] of buildings.entries()) {
    const key = `${lng} ${lat}`
    const there = byPlace.get(key)
    if (there) there.push(index)
    else byPlace.set(key, [index])
  }
  const buildingsAt = [...byPlace.values()]
  const at = (spot: readonly number[]) => buildings[spot[0] ?? 0] as PartitionBuilding
  const compounds = [...new Set(buildings.flatMap(({ compound }) => compound ?? []))].sort()
  const befores = [...new Set(buildings.flatMap(({ before }) => before ?? []))].sort()
  const compoundAt = new Map(compounds.map((name, index) => [name, index]))
  const beforeAt = new Map(befores.map((name, index) => [name, index]))
  return {
    count: buildingsAt.length,
    lng: Float64Array.from(buildingsAt, (spot) => at(spot).lng),
    lat: Float64Array.from(buildingsAt, (spot) => at(spot).lat),
    x: Float64Array.from(buildingsAt, (spot) => (at(spot).lng - lng0) * perLng),
    y: Float64Array.from(buildingsAt, (spot) => (at(spot).lat - lat0) * metresPerDegree),
    households: Float64Array.from(buildingsAt, (spot) =>
      spot.reduce((sum, index) => sum + (buildings[index]?.households ?? 0), 0),
    ),
    compound: Int32Array.from(buildingsAt, (spot) => compoundAt.get(at(spot).compound ?? '') ?? -1),
    compounds,
    before: Int32Array.from(buildingsAt, (spot) => beforeAt.get(at(spot).before ?? '') ?? -1),
    befores,
    buildingsAt,
  }
}

type Spots = ReturnType<typeof gatherSpots>

/** Whether the straight way between two places leads over a barrier. */
function barrierTest(barriers: readonly Barrier[]): (a: number, b: number, c: number, d: number) => boolean {
  const parts = barriers.flatMap((line) =>
    line.slice(1).map((to, index) => [...(line[index] ?? to), ...to] as [number, number, number, number]),
  )
  if (parts.length === 0) return () => false
  const index = new Flatbush(parts.length)
  for (const [ax, ay, bx, by] of parts)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  index.finish()
  return (ax, ay, bx, by) =>
    index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)).some((position) => {
      const [cx, cy, dx, dy] = parts[position] ?? [0, 0, 0, 0]
      // A building that stands on the line is on its far side: touching counts.
      return (
        orientation(ax, ay, bx, by, cx, cy) * orientation(ax, ay, bx, by, dx, dy) <= 0 &&
        orientation(cx, cy, dx, dy, ax, ay) * orientation(cx, cy, dx, dy, bx, by) <= 0
      )
    })
}

function delaunayEdges(
  x: Float64Array,
  y: Float64Array,
  lng: Float64Array,
  lat: Float64Array,
  isAcross: (a: number, b: number, c: number, d: number) => boolean,
): Edge[] {
  const make = (a: number, b: number, gabriel: boolean): Edge => ({
    a,
    b,
    gabriel,
    length: Math.hypot(num(x, a) - num(x, b), num(y, a) - num(y, b)),
    across: isAcross(num(lng, a), num(lat, a), num(lng, b), num(lat, b)),
  })
  const { triangles, halfedges } = triangulate(x, y)
  // All in one line: each is the neighbour of the next.
  if (triangles.length === 0) {
    const inLine = [...x.keys()].sort((a, b) => num(x, a) - num(x, b) || num(y, a) - num(y, b))
    return inLine.slice(1).map((b, index) => make(inLine[index] ?? b, b, true))
  }
  /** Seen from c the edge fills clearly less than a right angle: c is outside its circle, and the two cells share a side. */
  const sharp = (a: number, b: number, c: number) => {
    const [ux, uy] = [num(x, a) - num(x, c), num(y, a) - num(y, c)]
    const [vx, vy] = [num(x, b) - num(x, c), num(y, b) - num(y, c)]
    return ux * vx + uy * vy > 1e-6 * Math.hypot(ux, uy) * Math.hypot(vx, vy)
  }
  const next = (edge: number) => (edge % 3 === 2 ? edge - 2 : edge + 1)
  const edges: Edge[] = []
  for (let edge = 0; edge < triangles.length; edge++) {
    const twin = num(halfedges, edge)
    if (twin > edge) continue
    const [a, b] = [num(triangles, edge), num(triangles, next(edge))]
    const apex = (one: number) => num(triangles, next(next(one)))
    edges.push(make(a, b, sharp(a, b, apex(edge)) && (twin < 0 || sharp(a, b, apex(twin)))))
  }
  return edges
}

/** The triangulation of places, shared with the cells of the map. */
export function triangulate(x: Float64Array, y: Float64Array) {
  const coords = new Float64Array(x.length * 2)
  for (let i = 0; i < x.length; i++) {
    coords[2 * i] = num(x, i)
    coords[2 * i + 1] = num(y, i)
  }
  return new Delaunator(coords)
}

export const num = (list: { readonly [at: number]: number }, at: number): number => list[at] as number

function chooseEdges(
  spots: Spots,
  edges: readonly Edge[],
  canStand: (households: number) => boolean,
): Edge[] {
  const parts = joiner(spots.households)
  const chosen = edges.filter(({ gabriel, across }) => gabriel && !across)
  for (const { a, b } of chosen) parts.join(a, b)
  const shortest = [...edges].sort(
    (one, other) => one.length - other.length || one.a - other.a || one.b - other.b,
  )
  const add = (edge: Edge) => {
    if (parts.join(edge.a, edge.b)) chosen.push(edge)
  }
  for (const edge of shortest) if (!edge.across && !edge.gabriel) add(edge)
  // Over a barrier only from a part that could not be divided by itself, and from the shortest way on.
  for (let joined = true; joined; ) {
    joined = false
    for (const edge of shortest) {
      if (!edge.across || parts.isOne(edge.a, edge.b)) continue
      if (canStand(parts.householdsAt(edge.a)) && canStand(parts.householdsAt(edge.b))) continue
      add(edge)
      joined = true
    }
  }
  return chosen
}

/** Which spots hang together, and how many households each such part has. */
function joiner(households: Float64Array) {
  const above = Int32Array.from(households, (_, index) => index)
  const sums = Float64Array.from(households)
  const top = (spot: number): number => {
    let at = spot
    while (num(above, at) !== at) {
      above[at] = num(above, num(above, at))
      at = num(above, at)
    }
    return at
  }
  return {
    isOne: (a: number, b: number) => top(a) === top(b),
    householdsAt: (spot: number) => num(sums, top(spot)),
    join(a: number, b: number): boolean {
      const [one, other] = [top(a), top(b)]
      if (one === other) return false
      above[other] = one
      sums[one] = num(sums, one) + num(sums, other)
      return true
    },
  }
}

function adjacency(count: number, edges: readonly Edge[]) {
  const start = new Int32Array(count + 1)
  for (const { a, b } of edges) {
    start[a + 1] = num(start, a + 1) + 1
    start[b + 1] = num(start, b + 1) + 1
  }
  for (let i = 0; i < count; i++) start[i + 1] = num(start, i + 1) + num(start, i)
  const neighbour = new Int32Array(edges.length * 2)
  const length = new Float64Array(edges.length * 2)
  const across = new Uint8Array(edges.length * 2)
  const filled = start.slice(0, count)
  const put = (from: number, to: number, edge: Edge) => {
    const at = num(filled, from)
    neighbour[at] = to
    length[at] = edge.length
    across[at] = edge.across ? 1 : 0
    filled[from] = at + 1
  }
  for (const edge of edges) {
    put(edge.a, edge.b, edge)
    put(edge.b, edge.a, edge)
  }
  return { start, neighbour, length, across }
}
