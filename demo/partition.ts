/**
 * Cuts a polygon into parts by wavy lines so that the parts tile it exactly. All rings share numbered vertices: a cut
 * that ends in the middle of an edge splits that edge for every ring that has it, also for those made before.
 * Pure plane geometry in metres; x to the east, y to the north.
 */
import type { SeededRandom } from '../lib/seeded-random.ts'

export type Point = readonly [number, number]
/** Vertex numbers, counter-clockwise, not closed. */
export type Ring = readonly number[]

const round = (value: number) => Math.round(value * 10) / 10

/** Square metres, positive for counter-clockwise rings. */
export function areaOf(points: readonly Point[]): number {
  let sum = 0
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] as Point
    sum += x * nextY - nextX * y
  })
  return sum / 2
}

export function centroidOf(points: readonly Point[]): Point {
  let x = 0
  let y = 0
  let sum = 0
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Point
    const cross = a[0] * b[1] - b[0] * a[1]
    sum += cross
    x += (a[0] + b[0]) * cross
    y += (a[1] + b[1]) * cross
  })
  return [x / (3 * sum), y / (3 * sum)]
}

export function contains(points: readonly Point[], [x, y]: Point): boolean {
  let inside = false
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Point
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  })
  return inside
}

export function distanceToEdge(points: readonly Point[], [x, y]: Point): number {
  let least = Number.POSITIVE_INFINITY
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Point
    const dx = b[0] - a[0]
    const dy = b[1] - a[1]
    const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
    least = Math.min(least, Math.hypot(a[0] + t * dx - x, a[1] + t * dy - y))
  })
  return least
}

function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

interface Crossing {
  /** The edge begins at this position of the ring. */
  readonly at: number
  readonly point: Point
  /** True when the cut ends at the vertex `at` itself. */
  readonly vertex: boolean
}

interface Candidate {
  readonly from: Crossing
  readonly to: Crossing
  readonly path: readonly Point[]
  readonly score: number
}

export class Mesh {
  private readonly points: Point[] = []
  private readonly splits = new Map<string, number>()
  private readonly names = new Map<string, string>()

  constructor(private readonly random: SeededRandom) {}

  /** The outer ring; `nameOf` names each edge by the direction in which it faces. */
  outline(points: readonly Point[], nameOf: (middle: Point) => string): Ring {
    const ring = points.map((point) => this.add(point))
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] as number
      const [p, q] = [this.point(a), this.point(b)]
      this.names.set(this.edge(a, b), nameOf([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]))
    })
    return ring
  }

  /** The ring with every vertex that cuts have added to its edges since. */
  expand(ring: Ring): Ring {
    return ring.flatMap((a, i) => [a, ...this.between(a, ring[(i + 1) % ring.length] as number)])
  }

  coordinates(ring: Ring): Point[] {
    return ring.map((vertex) => this.point(vertex))
  }

  /** What lies along the ring in a direction (unit vector): the name with the longest front to it. */
  boundName(ring: Ring, direction: Point): string {
    const fronts = new Map<string, number>()
    const full = this.expand(ring)
    full.forEach((a, i) => {
      const b = full[(i + 1) % full.length] as number
      const [p, q] = [this.point(a), this.point(b)]
      const front = Math.max(0, (q[1] - p[1]) * direction[0] - (q[0] - p[0]) * direction[1])
      const name = this.names.get(this.edge(a, b)) ?? ''
      fronts.set(name, (fronts.get(name) ?? 0) + front)
    })
    return [...fronts].sort((x, y) => y[1] - x[1])[0]?.[0] ?? ''
  }

  /** Cuts a ring in two along a wavy line across its long axis; the first part has about `fraction` of its area. */
  cut(ring: Ring, fraction: number, name: string): [Ring, Ring] {
    const full = this.expand(ring)
    const points = this.coordinates(full)
    const axis = longAxis(points)
    let best: Candidate | null = null
    for (let attempt = 0; attempt < 60; attempt++) {
      const angle = axis + (this.random.next() - 0.5) * 0.9
      const wave = attempt < 40 ? 0.05 + 0.05 * this.random.next() : 0
      const candidate = this.tryCut(points, angle, fraction, wave)
      if (candidate !== null && (best === null || candidate.score > best.score)) best = candidate
    }
    if (best === null) throw new Error('no cut of this ring keeps both parts whole')
    const parts = this.apply(full, best, name)
    const share = areaOf(this.coordinates(parts[0])) / areaOf(points)
    return Math.abs(share - fraction) <= Math.abs(1 - share - fraction) ? parts : [parts[1], parts[0]]
  }

  private tryCut(points: readonly Point[], angle: number, fraction: number, wave: number): Candidate | null {
    const normal: Point = [Math.cos(angle), Math.sin(angle)]
    const offset = offsetFor(points, normal, fraction)
    const crossings = crossingsOf(points, normal, offset)
    const [from, to] = crossings
    if (crossings.length !== 2 || from === undefined || to === undefined || from.at === to.at) return null
    const path = this.wavyPath(from.point, to.point, wave)
    const line = [from.point, ...path, to.point]
    const clear = line.slice(1).every((q, k) => {
      const p = line[k] as Point
      return points.every((a, i) => !segmentsCross(p, q, a, points[(i + 1) % points.length] as Point))
    })
    if (!clear || path.some((p) => !contains(points, p) || distanceToEdge(points, p) < 8)) return null
    const parts = splitPoints(points, from, to, path)
    const total = areaOf(points)
    const share = Math.min(...parts.map((part) => areaOf(part) / total))
    if (share < Math.min(fraction, 1 - fraction) * 0.8) return null
    return { from, to, path, score: Math.min(...parts.map(roundness)) }
  }

  private wavyPath(from: Point, to: Point, wave: number): Point[] {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const steps = Math.max(2, Math.min(9, Math.round(length / 70)))
    const phase = this.random.next() * Math.PI * 2
    return Array.from({ length: steps - 1 }, (_, k): Point => {
      const t = (k + 1) / steps
      const away =
        wave * length * Math.sin(Math.PI * t) * Math.sin(phase + t * 4) +
        (this.random.next() - 0.5) * 6 * wave * 10
      return [
        round(from[0] + (to[0] - from[0]) * t - ((to[1] - from[1]) / length) * away),
        round(from[1] + (to[1] - from[1]) * t + ((to[0] - from[0]) / length) * away),
      ]
    })
  }

  private apply(full: Ring, { from, to, path }: Candidate, name: string): [Ring, Ring] {
    const end = ({ at, point, vertex }: Crossing) =>
      vertex
        ? (full[at] as number)
        : this.split(full[at] as number, full[(at + 1) % full.length] as number, point)
    const start = end(from)
    const stop = end(to)
    const inner = path.map((point) => this.add(point))
    const line = [start, ...inner, stop]
    line.slice(1).forEach((b, k) => {
      this.names.set(this.edge(line[k] as number, b), name)
    })
    const first = [start, ...walk(full, from, to), stop, ...[...inner].reverse()]
    const second = [stop, ...walk(full, to, from), start, ...inner]
    return [first, second]
  }

  private split(a: number, b: number, point: Point): number {
    const middle = this.add(point)
    const name = this.names.get(this.edge(a, b)) ?? ''
    this.splits.set(this.edge(a, b), middle)
    this.names.set(this.edge(a, middle), name)
    this.names.set(this.edge(middle, b), name)
    return middle
  }

  private between(a: number, b: number): number[] {
    const middle = this.splits.get(this.edge(a, b))
    return middle === undefined ? [] : [...this.between(a, middle), middle, ...this.between(middle, b)]
  }

  private add(point: Point): number {
    return this.points.push([round(point[0]), round(point[1])]) - 1
  }

  private point(vertex: number): Point {
    return this.points[vertex] as Point
  }

  private edge(a: number, b: number): string {
    return a < b ? `${a}-${b}` : `${b}-${a}`
  }
}

/** The vertices strictly between two ends of a cut, walking the ring forward. */
function walk(ring: Ring, from: Crossing, to: Crossing): number[] {
  const out: number[] = []
  const last = to.vertex ? (to.at + ring.length - 1) % ring.length : to.at
  let i = from.at
  while (i !== last) {
    i = (i + 1) % ring.length
    out.push(ring[i] as number)
  }
  return out
}

function splitPoints(
  points: readonly Point[],
  from: Crossing,
  to: Crossing,
  path: readonly Point[],
): Point[][] {
  const numbers = points.map((_, i) => i)
  const side = (a: Crossing, b: Crossing) => walk(numbers, a, b).map((i) => points[i] as Point)
  return [
    [from.point, ...side(from, to), to.point, ...[...path].reverse()],
    [to.point, ...side(to, from), from.point, ...path],
  ]
}

/** 1 for a circle, towards 0 for slivers. */
function roundness(points: readonly Point[]): number {
  const perimeter = points.reduce((sum, a, i) => {
    const b = points[(i + 1) % points.length] as Point
    return sum + Math.hypot(b[0] - a[0], b[1] - a[1])
  }, 0)
  return (4 * Math.PI * areaOf(points)) / perimeter ** 2
}

/** The direction in which the ring is longest, by the second moments of points spread evenly along it. */
function longAxis(points: readonly Point[]): number {
  const [cx, cy] = centroidOf(points)
  let xx = 0
  let xy = 0
  let yy = 0
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Point
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    const x = (a[0] + b[0]) / 2 - cx
    const y = (a[1] + b[1]) / 2 - cy
    xx += length * x * x
    xy += length * x * y
    yy += length * y * y
  })
  return Math.atan2(2 * xy, xx - yy) / 2
}

function offsetFor(points: readonly Point[], normal: Point, fraction: number): number {
  const along = points.map(([x, y]) => x * normal[0] + y * normal[1])
  let low = Math.min(...along)
  let high = Math.max(...along)
  const wanted = areaOf(points) * fraction
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (areaBelow(points, along, middle) < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function areaBelow(points: readonly Point[], along: readonly number[], offset: number): number {
  const kept: Point[] = []
  points.forEach((a, i) => {
    const j = (i + 1) % points.length
    const b = points[j] as Point
    const [ta, tb] = [along[i] as number, along[j] as number]
    if (ta <= offset) kept.push(a)
    if (ta <= offset !== tb <= offset) {
      const t = (offset - ta) / (tb - ta)
      kept.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
    }
  })
  return kept.length < 3 ? 0 : areaOf(kept)
}

/** Where the line meets the ring; an end close to a vertex moves onto it, so that corners meet. */
function crossingsOf(points: readonly Point[], normal: Point, offset: number): Crossing[] {
  const along = points.map(([x, y]) => x * normal[0] + y * normal[1] - offset)
  const crossings: Crossing[] = []
  points.forEach((a, i) => {
    const j = (i + 1) % points.length
    const b = points[j] as Point
    const [ta, tb] = [along[i] as number, along[j] as number]
    if (ta <= 0 === tb <= 0) return
    const t = ta / (ta - tb)
    const point: Point = [round(a[0] + t * (b[0] - a[0])), round(a[1] + t * (b[1] - a[1]))]
    const near = (p: Point) => Math.hypot(p[0] - point[0], p[1] - point[1]) < 12
    if (near(a)) crossings.push({ at: i, point: a, vertex: true })
    else if (near(b)) crossings.push({ at: j, point: b, vertex: true })
    else crossings.push({ at: i, point, vertex: false })
  })
  return crossings
}
