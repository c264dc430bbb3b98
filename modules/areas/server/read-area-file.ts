import { type AreaGeometry, boundingBox, findGeometryFault, labelPoint } from '../../../lib/geometry.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readAreaKind } from '../area-kinds.ts'
import * as contract from '../contract.ts'
import { areasWithBoundaries } from './area-store.ts'
import { geometryInWgs84 } from './area-writes.ts'
import { outsideStreet, spreadOver } from './outside-street.ts'
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
  return { areas, failed, samples: spreadOver(middles), outside: outsideStreet(boxes, shapes, body.datum) }
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
  kind: ['kind', '类别', '网格类别', '网格类型'],
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
    kind: readAreaKind(read(synonyms.kind, 40) ?? ''),
    geometry: geometry === null ? null : geometryInWgs84(geometry as AreaGeometry, datum),
  }
}
