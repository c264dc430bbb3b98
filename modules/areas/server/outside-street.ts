/** How far places that come in with a file lie from what is drawn of the street: a wrong datum shows so. */
import { fromWgs84, toWgs84 } from '../../../lib/datum.ts'
import { type AreaGeometry, type BoundingBox, boundingBox, distanceM } from '../../../lib/geometry.ts'
import * as contract from '../contract.ts'

export interface OutsideStreet {
  /** How many lie more than 300 m outside. */
  readonly count: number
  readonly of: number
  readonly farthestM: number
  /** The datum in which fewer would lie outside, where there is one. */
  readonly better: contract.DatumName | null
}

export interface SamplePin {
  readonly lng: number
  readonly lat: number
  readonly label: string
}

const mostSamples = 12

/** A few of them, from all over the list. */
export const spreadOver = (pins: readonly SamplePin[]): SamplePin[] =>
  pins.filter((_, index) => index % Math.ceil(pins.length / mostSamples) === 0)

/** Rule: quality.md C 17: a wrong datum shows as places more than 300 m outside. */
const farM = 300

/** Judged by the corners of each box against the box of what is drawn of the street; null while nothing is drawn. */
export function outsideStreet(
  read: readonly BoundingBox[],
  shapes: readonly AreaGeometry[],
  datum: contract.DatumName,
): OutsideStreet | null {
  const boxes = shapes.map(boundingBox).filter((box) => box !== undefined)
  if (boxes.length === 0 || read.length === 0) return null
  const street: BoundingBox = [
    Math.min(...boxes.map(([west]) => west)),
    Math.min(...boxes.map(([, south]) => south)),
    Math.max(...boxes.map(([, , east]) => east)),
    Math.max(...boxes.map(([, , , north]) => north)),
  ]
  const distances = (as: contract.DatumName) => read.map((box) => farthestM(box, street, datum, as))
  const isFar = (metres: number) => metres > farM
  const own = distances(datum)
  const count = own.filter(isFar).length
  const [best] = contract.datums
    .filter((one) => one !== datum && !(isEarth(one) && isEarth(datum)))
    .map((one) => ({ datum: one, count: distances(one).filter(isFar).length }))
    .sort((a, b) => a.count - b.count)
  return {
    count,
    of: read.length,
    farthestM: Math.round(Math.max(...own)),
    better: best && best.count < count ? best.datum : null,
  }
}

/** How far the farthest corner of a box lies outside the street's, had the file been measured in another datum. */
function farthestM(
  [west, south, east, north]: BoundingBox,
  street: BoundingBox,
  datum: contract.DatumName,
  as: contract.DatumName,
): number {
  const corners = [
    [west, south],
    [west, north],
    [east, south],
    [east, north],
  ] as const
  return Math.max(
    ...corners.map(([cornerLng, cornerLat]) => {
      const raw = fromWgs84(cornerLng, cornerLat, datum)
      const { lng, lat } = toWgs84(raw.lng, raw.lat, as)
      const nearLng = Math.min(Math.max(lng, street[0]), street[2])
      return distanceM(lng, lat, nearLng, Math.min(Math.max(lat, street[1]), street[3]))
    }),
  )
}

/** These two differ by centimetres. */
const isEarth = (datum: contract.DatumName) => datum === 'wgs84' || datum === 'cgcs2000'
