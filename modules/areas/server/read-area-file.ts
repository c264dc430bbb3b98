import { fromWgs84, toWgs84 } from '../../../lib/datum.ts'
import {
  type AreaGeometry,
  type BoundingBox,
  boundingBox,
  distanceM,
  findGeometryFault,
  labelPoint,
} from '../../../lib/geometry.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areasWithBoundaries } from './area-store.ts'
import { geometryInWgs84 } from './area-writes.ts'
import { readShapefile } from './read-shapefile.ts'

interface Raw {
  readonly line: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly geometry: unknown
}

/** Nothing is kept: the editor takes over what the person has seen. */
export const readAreaFile = operation(contract.readAreaFile, async ({ tx, actor, at, body }) => {
  const raws = readRaws(Buffer.from(body.content, 'base64'))
  const failed: { line: number; reason: string }[] = []
  const areas: contract.ReadArea[] = []
  for (const raw of raws) {
    const fault = raw.geometry === null ? undefined : findGeometryFault(raw.geometry)
    if (fault) failed.push({ line: raw.line, reason: fault })
    else areas.push(readArea(raw, body.datum))
  }
  const shapes = (await areasWithBoundaries(tx, actor.streetId, dayOf(at))).flatMap(
    ({ geometry }) => geometry ?? [],
  )
  const middles = areas.flatMap(({ geometry, name, line }) => {
    const point = geometry && labelPoint(geometry)
    return point ? [{ lng: point[0], lat: point[1], label: name ?? `${line}` }] : []
  })
  const boxes = areas.flatMap(({ geometry }) => {
    const box = geometry && boundingBox(geometry)
    return box ? [box] : []
  })
  return { areas, failed, samples: spread(middles), outside: outsideOf(boxes, shapes, body.datum) }
})

function readRaws(bytes: Buffer): Raw[] {
  try {
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readShapefile(bytes)
    const content = Object(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))) as {
      features?: unknown
    }
    if (!Array.isArray(content.features)) throw new Error('no FeatureCollection')
    return content.features.map((feature, index) => {
      const { properties, geometry } = Object(feature) as { properties?: unknown; geometry?: unknown }
      return {
        line: index + 1,
        fields: Object(properties) as Record<string, unknown>,
        geometry: geometry ?? null,
      }
    })
  } catch {
    throw new Refusal('areas/file-unreadable')
  }
}

/** What streets and surveyors call these columns. */
const synonyms = {
  code: ['code', '编码', '网格编码', '网格编号', '区域编码', 'wgbm', 'bm', 'id'],
  name: ['name', '名称', '网格名称', '社区名称', '区域名称', 'wgmc', 'mc'],
  level: ['level', '层级', '级别', '类型'],
  parentCode: ['parentcode', 'parent_code', 'parent', '上级编码', '上级', '所属社区编码'],
} as const

function readArea({ line, fields, geometry }: Raw, datum: contract.DatumName): contract.ReadArea {
  const plain = new Map(Object.entries(fields).map(([name, value]) => [name.trim().toLowerCase(), value]))
  const read = (names: readonly string[], most: number): string | null => {
    for (const name of names) {
      const value = plain.get(name)
      const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
      if (text !== '' && text.isWellFormed()) return text.slice(0, most)
    }
    return null
  }
  const code = read(synonyms.code, 40)
  return {
    line,
    code: code !== null && /^[A-Za-z0-9_]+$/.test(code) ? code : null,
    name: read(synonyms.name, 100),
    level: read(synonyms.level, 40),
    parentCode: read(synonyms.parentCode, 40),
    geometry: geometry === null ? null : geometryInWgs84(geometry as AreaGeometry, datum),
  }
}

interface Pin {
  readonly lng: number
  readonly lat: number
  readonly label: string
}

const mostSamples = 12

const spread = (pins: readonly Pin[]): Pin[] =>
  pins.filter((_, index) => index % Math.ceil(pins.length / mostSamples) === 0)

/** Rule: quality.md C 17: a wrong datum shows as places more than 300 m outside. */
const farM = 300

/** Judged by the corners of each area's box against the box of what is drawn of the street. */
function outsideOf(read: readonly BoundingBox[], shapes: readonly AreaGeometry[], datum: contract.DatumName) {
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
