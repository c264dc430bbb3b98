/**
 * Shapes that share their borders. Two areas that meet have the very same corners along their border, so a corner is
 * moved once and stays shared. Pure: no map library, no screen.
 */
import { type AreaGeometry, polygonsOf } from '../../../lib/geometry.ts'

/** [longitude, latitude] in WGS-84, to a ten-millionth of a degree: about a centimetre. */
export type Corner = readonly [number, number]
/** Without the closing corner. */
export type Ring = readonly Corner[]
/** Polygons, each an outer ring and its holes. */
export type Shape = readonly (readonly Ring[])[]
/** What becomes of shapes, by area; null where one goes. */
export type Patch = ReadonlyMap<string, Shape | null>

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
export const cornerAt = (lng: number, lat: number): Corner => [round(lng), round(lat)]
export const cornerKey = ([lng, lat]: Corner): string => `${lng} ${lat}`
export const sameCorner = (a: Corner, b: Corner): boolean => a[0] === b[0] && a[1] === b[1]

/** A ring without its closing corner and without corners that stand twice in a row; empty below three. */
export function cleanRing(corners: readonly Corner[]): Ring {
  const ring = corners.filter((corner, index) => !sameCorner(corner, corners.at(index - 1) ?? corner))
  const kept = ring.length === 0 && corners.length > 0 ? corners.slice(0, 1) : ring
  return kept.length < 3 ? [] : kept
}

/** Rounded, open and clean; holes that have closed are left out, parts without an outer ring too. */
export function shapeOf(geometry: AreaGeometry): Shape {
  return cleanShape(
    polygonsOf(geometry).map((rings) =>
      rings.map((ring) => ring.map(([lng = 0, lat = 0]) => cornerAt(lng, lat))),
    ),
  )
}

export function cleanShape(shape: readonly (readonly (readonly Corner[])[])[]): Shape {
  return shape.flatMap(([outer, ...holes]) => {
    const ring = cleanRing(outer ?? [])
    return ring.length === 0 ? [] : [[ring, ...holes.map(cleanRing).filter((hole) => hole.length > 0)]]
  })
}

export function geometryOf(shape: Shape): AreaGeometry {
  const closed = shape.map((rings) =>
    rings.map((ring) => [...ring, ...ring.slice(0, 1)].map(([lng, lat]) => [lng, lat])),
  )
  const [one] = closed
  return one && closed.length === 1
    ? { type: 'Polygon', coordinates: one }
    : { type: 'MultiPolygon', coordinates: closed }
}

export type Box = readonly [west: number, south: number, east: number, north: number]

export function boxOfShape(shape: Shape): Box | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [outer] of shape)
    for (const [lng, lat] of outer ?? []) {
      west = Math.min(west, lng)
      south = Math.min(south, lat)
      east = Math.max(east, lng)
      north = Math.max(north, lat)
    }
  return west <= east ? [west, south, east, north] : undefined
}

/** Shapes by area, with who stands at each corner. */
export class BorderMap {
  private readonly shapes = new Map<string, Shape>()
  private readonly boxes = new Map<string, Box>()
  private readonly corners = new Map<string, Set<string>>()

  constructor(shapes: Iterable<readonly [string, Shape]> = []) {
    for (const [id, shape] of shapes) this.put(id, shape)
  }

  get(id: string): Shape | undefined {
    return this.shapes.get(id)
  }

  entries(): Iterable<[string, Shape]> {
    return this.shapes.entries()
  }

  /** The areas that have a corner there. */
  idsAt(corner: Corner): ReadonlySet<string> {
    return this.corners.get(cornerKey(corner)) ?? nobody
  }

  /** The areas whose box meets this one. */
  idsNear([west, south, east, north]: Box): string[] {
    const near: string[] = []
    for (const [id, box] of this.boxes)
      if (box[0] <= east && west <= box[2] && box[1] <= north && south <= box[3]) near.push(id)
    return near
  }

  /** Does what the patch says and gives back the patch that undoes it. */
  apply(patch: Patch): Patch {
    const undo = new Map<string, Shape | null>()
    for (const [id, shape] of patch) {
      undo.set(id, this.shapes.get(id) ?? null)
      this.drop(id)
      if (shape && shape.length > 0) this.put(id, shape)
    }
    return undo
  }

  private put(id: string, shape: Shape): void {
    const box = boxOfShape(shape)
    if (!box) return
    this.shapes.set(id, shape)
    this.boxes.set(id, box)
    for (const key of cornerKeys(shape)) {
      const there = this.corners.get(key)
      if (there) there.add(id)
      else this.corners.set(key, new Set([id]))
    }
  }

  private drop(id: string): void {
    const shape = this.shapes.get(id)
    if (!shape) return
    for (const key of cornerKeys(shape)) {
      const there = this.corners.get(key)
      there?.delete(id)
      if (there?.size === 0) this.corners.delete(key)
    }
    this.shapes.delete(id)
    this.boxes.delete(id)
  }
}

const nobody: ReadonlySet<string> = new Set()

function cornerKeys(shape: Shape): Set<string> {
  const keys = new Set<string>()
  for (const rings of shape) for (const ring of rings) for (const corner of ring) keys.add(cornerKey(corner))
  return keys
}

/** The same shape with every ring changed. */
export const mapRings = (shape: Shape, change: (ring: Ring) => readonly Corner[]): Shape =>
  cleanShape(shape.map((rings) => rings.map(change)))

/** The corners of a ring in pairs, the last with the first. */
export function* ringEdges(ring: Ring): Generator<readonly [Corner, Corner]> {
  for (let index = 0; index < ring.length; index++) {
    const [a, b] = [ring[index], ring[(index + 1) % ring.length]]
    if (a && b) yield [a, b]
  }
}

/** Twice the signed surface in degrees: above zero for a ring that turns against the clock. */
export function turnOf(ring: Ring): number {
  let doubled = 0
  const [originLng = 0, originLat = 0] = ring[0] ?? []
  for (const [[ax, ay], [bx, by]] of ringEdges(ring))
    doubled += (ax - originLng) * (by - originLat) - (bx - originLng) * (ay - originLat)
  return doubled
}

/** Even-odd, for points that lie on no border. */
export function ringHolds(ring: Ring, [lng, lat]: Corner): boolean {
  let inside = false
  for (const [[ax, ay], [bx, by]] of ringEdges(ring))
    if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside
  return inside
}

export const shapeHolds = (shape: Shape, at: Corner): boolean =>
  shape.some(
    ([outer, ...holes]) => outer && ringHolds(outer, at) && !holes.some((hole) => ringHolds(hole, at)),
  )

/** Where on the edge the nearest point lies, and how far in degrees of latitude; longitude is shortened to match. */
export function nearestOnEdge(
  [lng, lat]: Corner,
  [ax, ay]: Corner,
  [bx, by]: Corner,
): { readonly at: Corner; readonly distance: number; readonly along: number } {
  const scale = Math.cos((lat * Math.PI) / 180)
  const [dx, dy] = [(bx - ax) * scale, by - ay]
  const [px, py] = [(lng - ax) * scale, lat - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length))
  const at = cornerAt(ax + (bx - ax) * along, ay + (by - ay) * along)
  return { at, distance: Math.hypot(px - dx * along, py - dy * along), along }
}
