/**
 * Many shapes in a few plain arrays, for asking one place of them again and again: the answers are those of
 * `containsPoint` and `onBorder`, some ten times faster, for nothing is followed from object to object.
 */
import { type AreaGeometry, onBorder, polygonsOf } from '../../../lib/geometry.ts'
import { orientation } from '../../../lib/orientation.ts'

export interface FlatShapes {
  /** As `containsPoint` of the shape with this number. */
  contains(shape: number, lng: number, lat: number): boolean
  onBorder(shape: number, lng: number, lat: number): boolean
}

export function flattenShapes(shapes: readonly AreaGeometry[]): FlatShapes {
  const polygons = shapes.map(polygonsOf)
  const rings = polygons.flat().flat()
  const coords = new Float64Array(2 * rings.reduce((sum, ring) => sum + ring.length, 0))
  /** Where the corners of a ring begin, the rings of a polygon, the polygons of a shape; each with its end behind it. */
  const cornersFrom = new Int32Array(rings.length + 1)
  let corner = 0
  rings.forEach((ring, index) => {
    for (const [lng = Number.NaN, lat = Number.NaN] of ring) {
      coords[2 * corner] = lng
      coords[2 * corner + 1] = lat
      corner += 1
    }
    cornersFrom[index + 1] = corner
  })
  const ringsFrom = ends(polygons.flat().map((one) => one.length))
  const polygonsFrom = ends(polygons.map((one) => one.length))
  return {
    contains: (shape, lng, lat) => {
      for (let polygon = at(polygonsFrom, shape); polygon < at(polygonsFrom, shape + 1); polygon++) {
        let inside = false
        for (let ring = at(ringsFrom, polygon); ring < at(ringsFrom, polygon + 1); ring++)
          if (crossesOddly(coords, at(cornersFrom, ring), at(cornersFrom, ring + 1), lng, lat))
            inside = !inside
        if (inside) return true
      }
      return false
    },
    onBorder: (shape, lng, lat) => {
      const geometry = shapes[shape]
      return geometry !== undefined && onBorder(geometry, lng, lat)
    },
  }
}

const at = (list: { readonly [index: number]: number }, index: number): number => list[index] as number

function ends(lengths: readonly number[]): Int32Array {
  const from = new Int32Array(lengths.length + 1)
  lengths.forEach((length, index) => {
    from[index + 1] = at(from, index) + length
  })
  return from
}

/** Whether a ray from the place to the east meets the ring an odd number of times; see `containsPoint` for the ties. */
function crossesOddly(coords: Float64Array, from: number, to: number, lng: number, lat: number): boolean {
  if (from === to) return false
  let odd = false
  let ax = at(coords, 2 * to - 2)
  let ay = at(coords, 2 * to - 1)
  for (let corner = from; corner < to; corner++) {
    const bx = at(coords, 2 * corner)
    const by = at(coords, 2 * corner + 1)
    if (ay > lat !== by > lat) {
      // Wholly to one side is certain without the sum, and a corner itself lies on both its edges.
      const isCorner = (ax === lng && ay === lat) || (bx === lng && by === lat)
      if (ax > lng && bx > lng) odd = !odd
      else if (!isCorner && (ax >= lng || bx >= lng)) {
        const side = ay < by ? orientation(ax, ay, bx, by, lng, lat) : orientation(bx, by, ax, ay, lng, lat)
        if (side > 0) odd = !odd
      }
    }
    ax = bx
    ay = by
  }
  return odd
}
