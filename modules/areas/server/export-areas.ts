import { fromWgs84 } from '../../../lib/datum.ts'
import { type AreaGeometry, polygonsOf } from '../../../lib/geometry.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { treeOn } from './draft-store.ts'
import { writeShapefile } from './write-shapefile.ts'

/** Areas without a boundary stand in the GeoJSON without geometry, so that it comes back as it was; a shapefile has no such thing. */
export const exportAreas = operation(contract.exportAreas, async (call) => {
  const { tx, actor, at, query } = call
  const onDay = query.onDay ?? dayOf(at)
  const tree = await treeOn(tx, actor.streetId, onDay)
  const rows = [...tree.values()]
    .filter(({ level }) => query.level === undefined || level === query.level)
    .map((area) => ({
      fields: {
        code: area.code,
        name: area.name,
        level: area.level,
        kind: area.kind,
        parentCode: tree.get(area.parentId ?? '')?.code ?? '',
        boundsText: area.boundsText ?? '',
      },
      geometry: area.geometry && inDatum(area.geometry, query.datum),
    }))
  call.audit({ subjectType: 'areas', detail: { format: query.format, datum: query.datum, onDay } })
  if (query.format === 'shapefile') {
    call.sendAs({ name: `区域-${onDay}-${query.datum}.zip`, mediaType: 'application/zip' })
    const drawn = rows.flatMap(({ fields, geometry }) =>
      geometry ? [{ fields: shortNames(fields), geometry }] : [],
    )
    return writeShapefile(`areas-${onDay}`, drawn, query.datum)
  }
  call.sendAs({ name: `区域-${onDay}-${query.datum}.geojson`, mediaType: 'application/geo+json' })
  const features = rows.map(({ fields, geometry }) => ({ type: 'Feature', properties: fields, geometry }))
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', datum: query.datum, features }))
})

/** A dBASE column has ten letters. */
const shortNames = ({ parentCode, boundsText, ...fields }: Record<string, string>) => ({
  ...fields,
  parent: parentCode ?? '',
  bounds: boundsText ?? '',
})

function inDatum(geometry: AreaGeometry, datum: contract.DatumName): AreaGeometry {
  const moved = polygonsOf(geometry).map((rings) =>
    rings.map((ring) =>
      ring.map(([lng = 0, lat = 0]) => {
        const place = fromWgs84(lng, lat, datum)
        return [place.lng, place.lat]
      }),
    ),
  )
  const [one] = moved
  return one && moved.length === 1
    ? { type: 'Polygon', coordinates: one }
    : { type: 'MultiPolygon', coordinates: moved }
}
