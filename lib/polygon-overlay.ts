/** What two geometries have in common and what one has beside the others, with an exact test that saves most of the work. */
import { difference, type Geom, intersection } from 'polyclip-ts'
import {
  type AreaGeometry,
  type BoundingBox,
  boundingBox,
  containsPoint,
  distanceM,
  labelPoint,
  onBorder,
  polygonsOf,
  type Ring,
} from './geometry.ts'
import { orientation } from './orientation.ts'

type Parts = ReturnType<typeof intersection>

const geomOf = (geometry: AreaGeometry): Geom => geometry.coordinates as unknown as Geom
const piecesOf = (parts: Parts): AreaGeometry[] =>
  parts.map((coordinates) => ({ type: 'Polygon', coordinates }))

/** The pieces that both cover, each a polygon. Coordinates are good to a nanometre, not exact. */
export const overlapOf = (one: AreaGeometry, other: AreaGeometry): AreaGeometry[] =>
  piecesOf(intersection(geomOf(one), geomOf(other)))

/** The pieces of the first that none of the others covers. */
export const leftOf = (one: AreaGeometry, others: readonly AreaGeometry[]): AreaGeometry[] =>
  piecesOf(difference(geomOf(one), ...others.map(geomOf)))

export const boxesMeet = (one: BoundingBox, other: BoundingBox): boolean =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]

type Edge = readonly [number, number, number, number]

function edgesWithin(geometry: AreaGeometry, box: BoundingBox): Edge[] {
  const edges: Edge[] = []
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (const edge of ringEdges(ring)) {
        const [ax, ay, bx, by] = edge
        const own = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] as const
        if (boxesMeet(own, box)) edges.push(edge)
      }
  return edges
}

function* ringEdges(ring: Ring): Generator<Edge> {
  for (let i = 0; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[(i || ring.length) - 1] ?? []
    const [bx = 0, by = 0] = ring[i] ?? []
    if (ax !== bx || ay !== by) yield [ax, ay, bx, by]
  }
}

/** Exact: whether each edge has the ends of the other strictly on its two sides. */
function cross([ax, ay, bx, by]: Edge, [cx, cy, dx, dy]: Edge): boolean {
  return (
    orientation(ax, ay, bx, by, cx, cy) * orientation(ax, ay, bx, by, dx, dy) < 0 &&
    orientation(cx, cy, dx, dy, ax, ay) * orientation(cx, cy, dx, dy, bx, by) < 0
  )
}

const strictlyHolds = (geometry: AreaGeometry, x: number, y: number): boolean =>
  containsPoint(geometry, x, y) && !onBorder(geometry, x, y)

/**
 * Whether the insides of two geometries may meet. False is certain for areas that share corners and borders exactly or
 * lie apart; true asks for `overlapOf`.
 */
export function mayOverlap(one: AreaGeometry, other: AreaGeometry): boolean {
  const [boxOne, boxOther] = [boundingBox(one), boundingBox(other)]
  if (!boxOne || !boxOther || !boxesMeet(boxOne, boxOther)) return false
  const common: BoundingBox = [
    Math.max(boxOne[0], boxOther[0]),
    Math.max(boxOne[1], boxOther[1]),
    Math.min(boxOne[2], boxOther[2]),
    Math.min(boxOne[3], boxOther[3]),
  ]
  const [edgesOne, edgesOther] = [edgesWithin(one, common), edgesWithin(other, common)]
  for (const edge of edgesOne) for (const against of edgesOther) if (cross(edge, against)) return true
  return (
    edgesOne.some(([ax, ay, bx, by]) => strictlyHolds(other, (ax + bx) / 2, (ay + by) / 2)) ||
    edgesOther.some(([ax, ay, bx, by]) => strictlyHolds(one, (ax + bx) / 2, (ay + by) / 2)) ||
    holdsInside(one, other) ||
    holdsInside(other, one)
  )
}

function holdsInside(one: AreaGeometry, other: AreaGeometry): boolean {
  const inside = labelPoint(other)
  return inside !== undefined && strictlyHolds(one, ...inside)
}

/** Whether all of the inner lies in the outer, borders included. False asks for `leftOf`: it may lie outside by a hair. */
export function certainlyWithin(inner: AreaGeometry, outer: AreaGeometry): boolean {
  const box = boundingBox(inner)
  if (!box) return true
  const near = edgesWithin(outer, box)
  const held = (x: number, y: number) => containsPoint(outer, x, y) || onBorder(outer, x, y)
  for (const edge of edgesWithin(inner, box)) {
    const [ax, ay, bx, by] = edge
    if (!held(ax, ay) || !held((ax + bx) / 2, (ay + by) / 2)) return false
    if (near.some((against) => cross(edge, against))) return false
  }
  // A hole of the outer one may lie wholly inside.
  return !near.some(([ax, ay, bx, by]) => strictlyHolds(inner, (ax + bx) / 2, (ay + by) / 2))
}

const metresPerDegree = 111_195

/**
 * The surface in square metres on the plane of its own latitude, holes taken out. Unlike `areaM2` it does not change when
 * a straight border gets a corner in its middle, so pieces of a cut add up to the whole.
 */
export function planeM2(geometry: AreaGeometry, atLat = boundingBox(geometry)?.[1] ?? 0): number {
  let doubled = 0
  for (const rings of polygonsOf(geometry))
    rings.forEach((ring, at) => {
      const [ox = 0, oy = 0] = ring[0] ?? []
      let own = 0
      for (const [ax, ay, bx, by] of ringEdges(ring)) own += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
      doubled += at === 0 ? Math.abs(own) : -Math.abs(own)
    })
  return (doubled / 2) * metresPerDegree ** 2 * Math.cos((atLat * Math.PI) / 180)
}

/** How wide a piece is on average, in metres: twice its surface by its way around. */
export function meanWidthM(piece: AreaGeometry): number {
  let around = 0
  for (const rings of polygonsOf(piece))
    for (const ring of rings)
      for (const [ax, ay, bx, by] of ringEdges(ring)) around += distanceM(ax, ay, bx, by)
  return around === 0 ? 0 : (2 * planeM2(piece)) / around
}
