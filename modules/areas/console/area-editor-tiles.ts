/** A street's own tiles under the editor. Everything is drawn in their datum, and read back from it, at this edge alone. */
import { type Datum, fromWgs84, toWgs84 } from '../../../lib/datum.ts'
import { type Corner, cornerAt } from '../rules/border-map.ts'

export interface TileSource {
  readonly path: string
  readonly datum: Datum
  readonly maxZoom: number
}

/** How corners go onto the map and come back; without tiles, or with tiles in WGS-84, they stay what they are. */
export function mapEdge(tiles: TileSource | null): {
  onto(corner: Corner): Corner
  back(corner: Corner): Corner
} {
  if (!tiles || tiles.datum === 'wgs84' || tiles.datum === 'cgcs2000')
    return { onto: (corner) => corner, back: (corner) => corner }
  const { datum } = tiles
  return {
    onto: ([lng, lat]) => {
      const place = fromWgs84(lng, lat, datum)
      return [place.lng, place.lat]
    },
    back: ([lng, lat]) => {
      const place = toWgs84(lng, lat, datum)
      return cornerAt(place.lng, place.lat)
    },
  }
}
