/**
 * The shapes of a partition: each group is the union of the Voronoi cells of its buildings, cut at the border of the area
 * above. Two groups that touch share every corner of their border, so that an editor moves it once for both.
 */
import { type AreaGeometry, boundingBox, containsPoint, onBorder } from '../../../lib/geometry.ts'
import { certainlyWithin, overlapOf } from '../../../lib/polygon-overlay.ts'
import { num, triangulate } from './partition-graph.ts'

/** A tenth of a millimetre; corners that agree to it are one corner. */
const finest = 1e9
const snapped = (degrees: number): number => Math.round(degrees * finest) / finest
/** Around buildings whose area is not drawn, in degrees: some sixty metres. */
const rimDegrees = 0.0006

export interface CellSpot {
  readonly lng: number
  readonly lat: number
  readonly group: number
}

/**
 * One shape a group, in the order of the groups; together they are `within`, without gap or overlap. Spots must differ.
 * Without a drawn area the box around the buildings is divided. Null for a group of which nothing lies inside.
 */
export function groupShapes(
  spots: readonly CellSpot[],
  groups: number,
  within: AreaGeometry | null,
): (AreaGeometry | null)[] {
  const frame = within ?? boxAround(spots)
  const outlines = outlinesOf(spots, groups, frame)
  return outlines.map((outline) => {
    if (!outline) return null
    if (certainlyWithin(outline, frame)) return outline
    return joined(overlapOf(outline, frame))
  })
}

function boxAround(spots: readonly CellSpot[]): AreaGeometry {
  const [west, east] = rangeOf(spots.map(({ lng }) => lng))
  const [south, north] = rangeOf(spots.map(({ lat }) => lat))
  const ring = [
    [west - rimDegrees, south - rimDegrees],
    [east + rimDegrees, south - rimDegrees],
    [east + rimDegrees, north + rimDegrees],
    [west - rimDegrees, north + rimDegrees],
  ].map((corner) => corner.map(snapped))
  return { type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] }
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

/** Corners found by cutting two neighbours at the border may differ in the last digits: rounded, they are the same. */
function joined(pieces: readonly AreaGeometry[]): AreaGeometry | null {
  const polygons = pieces.flatMap(({ coordinates }) => {
    const rings = (coordinates as number[][][]).map((ring) =>
      withoutRepeats(ring.map((at) => at.map(snapped))),
    )
    return (rings[0]?.length ?? 0) > 3 ? [rings.filter((ring) => ring.length > 3)] : []
  })
  return asGeometry(polygons)
}

const withoutRepeats = (ring: readonly number[][]): number[][] =>
  ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1]?.[0] || y !== ring[at - 1]?.[1])

/** The groups' cells before they are cut: far ghosts around all of them make every cell of a building finite. */
function outlinesOf(
  spots: readonly CellSpot[],
  groups: number,
  frame: AreaGeometry,
): (AreaGeometry | null)[] {
  const [west, south, east, north] = boundingBox(frame) ?? [0, 0, 1, 1]
  const [midX, midY] = [(west + east) / 2, (south + north) / 2]
  const squeeze = Math.cos((midY * Math.PI) / 180)
  const reach = 40 * Math.max(east - west, north - south, 1e-4)
  const ghosts = Array.from({ length: 8 }, (_, at) => {
    const angle = (at * Math.PI) / 4 + 0.3
    return [reach * Math.cos(angle), reach * Math.sin(angle)] as const
  })
  const x = Float64Array.from([
    ...spots.map(({ lng }) => (lng - midX) * squeeze),
    ...ghosts.map(([gx]) => gx),
  ])
  const y = Float64Array.from([...spots.map(({ lat }) => lat - midY), ...ghosts.map(([, gy]) => gy)])
  const { triangles, halfedges } = triangulate(x, y)
  const corner = (triangle: number): readonly [number, number] => {
    const [cx, cy] = circumcentre(x, y, triangles, triangle)
    return [snapped(midX + cx / squeeze), snapped(midY + cy)]
  }
  const groupAt = (at: number) => spots[at]?.group ?? -1
  /** For each group, from which corner (a triangle) its outline goes on to which. */
  const next = Array.from({ length: groups }, () => new Map<number, number>())
  for (let edge = 0; edge < triangles.length; edge++) {
    const twin = num(halfedges, edge)
    if (twin < 0) continue
    const here = groupAt(num(triangles, edge))
    const there = groupAt(num(triangles, edge % 3 === 2 ? edge - 2 : edge + 1))
    if (here >= 0 && here !== there) next[here]?.set(Math.floor(twin / 3), Math.floor(edge / 3))
  }
  return next.map((follow) => {
    const rings = ringsOf(follow).map((ring) => withoutRepeats(ring.map(corner) as unknown as number[][]))
    const closed = rings.filter((ring) => ring.length > 2).map((ring) => [...ring, ring[0] ?? []])
    return polygonsFrom(closed)
  })
}

/** Rings of the widest one's direction are outlines, the others holes in the outline around them. */
function polygonsFrom(rings: readonly number[][][]): AreaGeometry | null {
  const sized = rings
    .map((ring) => ({ ring, surface: doubleArea(ring) }))
    .sort((one, other) => Math.abs(other.surface) - Math.abs(one.surface))
  const way = Math.sign(sized[0]?.surface ?? 1)
  const outlines = sized.filter(({ surface }) => surface * way > 0).map(({ ring }) => [ring])
  for (const { ring, surface } of sized) {
    if (surface * way > 0) continue
    const [x = 0, y = 0] = ring[0] ?? []
    const around = outlines.filter(([outline]) => {
      const polygon: AreaGeometry = { type: 'Polygon', coordinates: [outline ?? []] }
      return containsPoint(polygon, x, y) || onBorder(polygon, x, y)
    })
    around.at(-1)?.push(ring)
  }
  return asGeometry(outlines)
}

function asGeometry(polygons: readonly number[][][][]): AreaGeometry | null {
  const [first, ...others] = polygons
  if (!first) return null
  return others.length === 0
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: polygons }
}

function ringsOf(follow: Map<number, number>): number[][] {
  const rings: number[][] = []
  while (follow.size > 0) {
    const ring: number[] = []
    let at = follow.keys().next().value
    while (at !== undefined) {
      const on: number | undefined = follow.get(at)
      if (on === undefined) break
      follow.delete(at)
      ring.push(at)
      at = on
    }
    rings.push(ring)
  }
  return rings
}

function circumcentre(
  x: Float64Array,
  y: Float64Array,
  triangles: Uint32Array,
  triangle: number,
): readonly [number, number] {
  const [a, b, c] = [0, 1, 2].map((corner) => num(triangles, 3 * triangle + corner)) as [
    number,
    number,
    number,
  ]
  const [ax, ay] = [num(x, a), num(y, a)]
  const [bx, by, cx, cy] = [num(x, b) - ax, num(y, b) - ay, num(x, c) - ax, num(y, c) - ay]
  const [bb, cc, d] = [bx * bx + by * by, cx * cx + cy * cy, 2 * (bx * cy - by * cx)]
  return [ax + (cy * bb - by * cc) / d, ay + (bx * cc - cx * bb) / d]
}

function doubleArea(ring: readonly (readonly number[])[]): number {
  const [ox = 0, oy = 0] = ring[0] ?? []
  let sum = 0
  ring.forEach(([bx = 0, by = 0], at) => {
    const [ax = ox, ay = oy] = ring[at - 1] ?? []
    sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
  })
  return sum
}
