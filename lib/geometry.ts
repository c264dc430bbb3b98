/**
 * Plane geometry of areas: GeoJSON polygons in longitude and latitude (degrees, WGS-84 or CGCS2000).
 * Holes and several parts are understood; rings may be open or closed, turn either way and start anywhere.
 */
import { orientation } from './orientation.ts'

/** [longitude, latitude]; a height after them is ignored. */
export type Position = readonly number[]
export type Ring = readonly Position[]
export interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: readonly Ring[]
}
export interface MultiPolygon {
  readonly type: 'MultiPolygon'
  readonly coordinates: readonly (readonly Ring[])[]
}
export type AreaGeometry = Polygon | MultiPolygon

/** [west, south, east, north] in degrees. */
export type BoundingBox = readonly [number, number, number, number]

/** The polygons of a geometry, each an outer ring and its holes. */
export function polygonsOf(geometry: AreaGeometry): readonly (readonly Ring[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** The two ends of each edge of a ring, the closing one included. */
function* edgesOf(ring: Ring): Generator<readonly [number, number, number, number]> {
  let previous = ring.at(-1)
  for (const position of ring) {
    if (previous) yield [previous[0] ?? NaN, previous[1] ?? NaN, position[0] ?? NaN, position[1] ?? NaN]
    previous = position
  }
}

/**
 * Whether the geometry holds the point. A point on a border is judged as if it lay an endlessly small step to the
 * east of where it is (and an even smaller one to the north), for every polygon alike. So where polygons meet
 * without gap or overlap exactly one of them holds it, whatever their rings' order, direction or start; on the
 * outer rim a western or southern border belongs to the polygon, an eastern or northern one to nobody.
 */
export function containsPoint(geometry: AreaGeometry, lng: number, lat: number): boolean {
  if (!Number.isFinite(lng) || !Number.isFinite(lat)) return false
  return polygonsOf(geometry).some((rings) => {
    // Even-odd over all rings, so that a hole takes away what its outer ring gave.
    let inside = false
    for (const ring of rings) if (crossesOddly(ring, lng, lat)) inside = !inside
    return inside
  })
}

/** Whether a ray from the point to the east meets the ring an odd number of times. */
function crossesOddly(ring: Ring, lng: number, lat: number): boolean {
  let odd = false
  for (const [ax, ay, bx, by] of edgesOf(ring)) {
    // An end at the point's own height counts as below it: the smaller step to the north.
    if (ay > lat === by > lat) continue
    // Looking up the edge, the point has to lie strictly to its left: on it, the step to the east leads past it.
    const side = ay < by ? orientation(ax, ay, bx, by, lng, lat) : orientation(bx, by, ax, ay, lng, lat)
    if (side > 0) odd = !odd
  }
  return odd
}

/** Whether the point lies exactly on an edge or corner of the geometry. */
export function onBorder(geometry: AreaGeometry, lng: number, lat: number): boolean {
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (const [ax, ay, bx, by] of edgesOf(ring)) {
        const withinX = Math.min(ax, bx) <= lng && lng <= Math.max(ax, bx)
        const withinY = Math.min(ay, by) <= lat && lat <= Math.max(ay, by)
        if (withinX && withinY && orientation(ax, ay, bx, by, lng, lat) === 0) return true
      }
  return false
}

/** The smallest box around the geometry; undefined when it has no positions. */
export function boundingBox(geometry: AreaGeometry): BoundingBox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (const [lng = NaN, lat = NaN] of ring) {
        west = Math.min(west, lng)
        south = Math.min(south, lat)
        east = Math.max(east, lng)
        north = Math.max(north, lat)
      }
  return west <= east && south <= north ? [west, south, east, north] : undefined
}

/** The mean radius of the earth, in metres. */
const earthRadiusM = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Twice the signed plane area of a ring and its area-weighted sum of positions, relative to an origin. */
function ringMoments(ring: Ring, [originX, originY]: readonly [number, number]) {
  let [doubled, x, y] = [0, 0, 0]
  for (const [ax, ay, bx, by] of edgesOf(ring)) {
    const cross = (ax - originX) * (by - originY) - (bx - originX) * (ay - originY)
    doubled += cross
    x += (ax + bx - 2 * originX) * cross
    y += (ay + by - 2 * originY) * cross
  }
  return { doubled, x, y }
}

/** The centre of gravity, holes taken out; of a geometry without extent the middle of its box. */
export function centroid(geometry: AreaGeometry): [number, number] | undefined {
  const box = boundingBox(geometry)
  if (!box) return undefined
  const origin = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const
  let [doubled, x, y] = [0, 0, 0]
  for (const rings of polygonsOf(geometry))
    rings.forEach((ring, i) => {
      const moments = ringMoments(ring, origin)
      // Rings turn either way in practice, so the place in the list says whether it is a hole.
      const sign = Math.sign(moments.doubled) * (i === 0 ? 1 : -1)
      doubled += sign * moments.doubled
      x += sign * moments.x
      y += sign * moments.y
    })
  return doubled > 0 ? [origin[0] + x / (3 * doubled), origin[1] + y / (3 * doubled)] : [...origin]
}

/**
 * A point certainly inside, for a label or a pin: the centroid where it is inside, else the middle of the widest
 * stretch that one of some horizontal lines has inside. Undefined for a geometry without extent.
 */
export function labelPoint(geometry: AreaGeometry): [number, number] | undefined {
  const box = boundingBox(geometry)
  const middle = centroid(geometry)
  if (!box || !middle) return undefined
  if (containsPoint(geometry, ...middle)) return middle
  let widest: { width: number; point: [number, number] } | undefined
  const lines = 15
  for (let i = 1; i <= lines; i++) {
    const lat = box[1] + ((box[3] - box[1]) * i) / (lines + 1)
    for (const [from, to] of stretchesAt(geometry, lat)) {
      const point: [number, number] = [(from + to) / 2, lat]
      if (to - from > (widest?.width ?? 0) && containsPoint(geometry, ...point))
        widest = { width: to - from, point }
    }
  }
  return widest?.point
}

/** The pairs of neighbouring longitudes at which borders cross a latitude. */
function stretchesAt(geometry: AreaGeometry, lat: number): [number, number][] {
  const crossings: number[] = []
  for (const rings of polygonsOf(geometry))
    for (const ring of rings)
      for (const [ax, ay, bx, by] of edgesOf(ring))
        if (ay > lat !== by > lat) crossings.push(ax + ((lat - ay) / (by - ay)) * (bx - ax))
  crossings.sort((a, b) => a - b)
  return crossings.slice(1).map((to, i) => [crossings[i] ?? to, to])
}

/**
 * The area in square metres on a sphere, holes taken out. Against the ellipsoid it is within 0.5 %, which is
 * enough for a street's figures and not for land registers.
 */
export function areaM2(geometry: AreaGeometry): number {
  let total = 0
  for (const rings of polygonsOf(geometry))
    rings.forEach((ring, i) => {
      total += (i === 0 ? 1 : -1) * ringAreaM2(ring)
    })
  return total
}

/** The trapezoid between each edge and the equator, summed. Equal-area in latitude, straight in longitude. */
function ringAreaM2(ring: Ring): number {
  const [originLng = 0, originLat = 0] = ring[0] ?? []
  const originSine = Math.sin(radians(originLat))
  let doubled = 0
  for (const [ax, ay, bx, by] of edgesOf(ring)) {
    // Relative to the first position, so that small areas do not drown in rounding.
    const sines = Math.sin(radians(ay)) - originSine + (Math.sin(radians(by)) - originSine)
    doubled += (radians(ax - originLng) - radians(bx - originLng)) * sines
  }
  return Math.abs((doubled * earthRadiusM ** 2) / 2)
}

/** The distance between two places in metres, on a sphere. */
export function distanceM(fromLng: number, fromLat: number, toLng: number, toLat: number): number {
  const halfLat = Math.sin(radians(toLat - fromLat) / 2)
  const halfLng = Math.sin(radians(toLng - fromLng) / 2)
  const chord = halfLat ** 2 + Math.cos(radians(fromLat)) * Math.cos(radians(toLat)) * halfLng ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/**
 * What is wrong with a value that should be a Polygon or MultiPolygon, as a code for the importer's message;
 * undefined when it can be used. Self-crossing rings are not looked for.
 */
export function findGeometryFault(value: unknown): GeometryFault | undefined {
  if (typeof value !== 'object' || value === null) return 'not-a-polygon'
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown }
  if ((type !== 'Polygon' && type !== 'MultiPolygon') || !Array.isArray(coordinates)) return 'not-a-polygon'
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : coordinates
  if (polygons.length === 0) return 'no-ring'
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'no-ring'
    for (const ring of rings) {
      const fault = findRingFault(ring)
      if (fault) return fault
    }
  }
  return undefined
}

export type GeometryFault =
  | 'not-a-polygon'
  | 'no-ring'
  | 'bad-position'
  | 'ring-too-short'
  | 'ring-without-area'

function findRingFault(ring: unknown): GeometryFault | undefined {
  if (!Array.isArray(ring)) return 'no-ring'
  if (!ring.every(isPosition)) return 'bad-position'
  const distinct = new Set(ring.map(([lng, lat]) => `${lng} ${lat}`))
  if (distinct.size < 3) return 'ring-too-short'
  const [first] = ring
  return first && ringMoments(ring, [first[0] ?? 0, first[1] ?? 0]).doubled === 0
    ? 'ring-without-area'
    : undefined
}

function isPosition(value: unknown): value is Position {
  if (!Array.isArray(value) || value.length < 2 || !value.every(Number.isFinite)) return false
  return Math.abs(value[0]) <= 180 && Math.abs(value[1]) <= 90
}
