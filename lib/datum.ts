/**
 * Datums at the edge: places are stored as WGS-84 (CGCS2000 differs by centimetres) and converted when they come
 * in or go out. Taking GCJ-02 for WGS-84 moves a place by some 500 m, two grids away.
 */
import gcoord from 'gcoord'

export type Datum = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09'

const crs = { wgs84: gcoord.WGS84, cgcs2000: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const

export interface LngLat {
  readonly lng: number
  readonly lat: number
}

/** A place measured in `datum`, as WGS-84. The inverse of GCJ-02 is found by steps, good to some centimetres. */
export function toWgs84(lng: number, lat: number, datum: Datum): LngLat {
  return convert(lng, lat, crs[datum], gcoord.WGS84)
}

/** A WGS-84 place in the datum of an outside map. */
export function fromWgs84(lng: number, lat: number, datum: Datum): LngLat {
  return convert(lng, lat, gcoord.WGS84, crs[datum])
}

type Crs = (typeof crs)[Datum]

function convert(lng: number, lat: number, from: Crs, to: Crs): LngLat {
  // Same datum: the very same numbers, not ones that have been through arithmetic.
  if (from === to) return { lng, lat }
  const [x, y] = gcoord.transform<[number, number]>([lng, lat], from, to)
  return { lng: x, lat: y }
}
