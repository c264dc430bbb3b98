import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AreaGeometry, boundingBox } from '../../../lib/geometry.ts'
import { inTransaction } from '../../../platform/db.ts'
import { noon, openAreaTestStreet, square } from './area-test-street.ts'
import { importAreaGeojson, locatePlace } from './index.ts'

let street: Awaited<ReturnType<typeof openAreaTestStreet>>
beforeAll(async () => {
  street = await openAreaTestStreet()
})
afterAll(() => street.close())

type Properties = Record<string, string | number | null>
const feature = (properties: Properties, geometry: unknown = null) => ({
  type: 'Feature',
  properties,
  geometry,
})
const load = (features: unknown[], more: { at?: Date; datum?: 'wgs84' | 'gcj02' } = {}) =>
  importAreaGeojson({
    pool: street.pool,
    actor: street.system,
    text: JSON.stringify({ type: 'FeatureCollection', features }),
    datum: more.datum ?? 'wgs84',
    synthetic: false,
    at: more.at ?? noon,
  })

const north = [
  feature({ code: 'm9', level: 'micro-grid', name: '微网格09', parentCode: 'g9' }, square(0, 20)),
  feature({ code: 'g9', level: 'grid', name: '第9网格', parent_code: 'c9', boundsText: '北至江边' }),
  feature({ code: 'c9', level: 'community', name: '江边社区', parentCode: '990101901' }),
]

async function leafAt(lng: number, lat: number): Promise<string | undefined> {
  return inTransaction(street.pool, { actor: street.system, readOnly: true }, async (tx) => {
    const place = { lng, lat, datum: 'wgs84' as const }
    return (await locatePlace(tx, street.streetId, noon, { place })).leaf?.code
  })
}

test('areas come in whatever their order in the file, and can be located at once', async () => {
  expect(await load(north)).toEqual({ added: 3, changed: 0, skipped: 0, failed: [], stopped: false })
  expect(await leafAt(106.505, 29.705)).toBe('m9')
  const { body } = await street.get('/api/areas?level=grid')
  expect(body.items.at(-1)).toMatchObject({
    code: 'g9',
    path: 's990101901.c9.g9',
    boundsText: '北至江边',
    hasBoundary: false,
  })
})

test('run again nothing changes, and the audit trail names the one change that was', async () => {
  expect(await load(north)).toMatchObject({ added: 0, changed: 0, skipped: 3 })
  const entries = await street.look('select operation, detail from audit_entries')
  expect(entries).toEqual([
    {
      operation: 'areas.importAreaGeojson',
      detail: { added: 3, changed: 0, failed: 0, datum: 'wgs84' },
    },
  ])
})

test('an area that has ended is not made again under its code', async () => {
  await street.look("update areas set valid_to = '2026-11-01' where code = 'm4'")
  const again = feature({ code: 'm4', level: 'micro-grid', name: '微网格04', parentCode: 'g2' })
  expect((await load([again])).failed[0]?.reason).toContain('has ended')
})

test('a new name and a new boundary are taken over, the boundary from that day on', async () => {
  const later = new Date('2026-12-05T09:00:00+08:00')
  const changed = [
    feature({ code: 'm9', level: 'micro-grid', name: '微网格九', parentCode: 'g9' }, square(0, 20, 2)),
  ]
  expect(await load(changed, { at: later })).toMatchObject({ added: 0, changed: 1 })
  const boundary = async () => {
    const { body } = await street.get('/api/area-boundaries?level=micro-grid')
    const found = body.features.find((item) => item.properties.code === 'm9')
    return found?.geometry
  }
  expect(await boundary()).toEqual(square(0, 20))
  street.clock.moveTo(later)
  expect(await boundary()).toEqual(square(0, 20, 2))
  street.clock.moveTo(noon)
})

test('coordinates of another datum are stored as WGS-84, some hundred metres away', async () => {
  const inGcj = [
    feature({ code: 'm8', level: 'micro-grid', name: '微网格08', parentCode: 'g9' }, square(10, 20)),
  ]
  expect(await load(inGcj, { datum: 'gcj02' })).toMatchObject({ added: 1 })
  expect(await load(inGcj, { datum: 'gcj02' })).toMatchObject({ skipped: 1, changed: 0 })
  const { body } = await street.get('/api/area-boundaries?level=micro-grid')
  const geometry = body.features.at(-2)?.geometry as AreaGeometry
  const [west = 0] = boundingBox(geometry) ?? []
  expect(Math.abs(west - 106.6)).toBeGreaterThan(0.002)
})

test('a bad feature is told with its number and the rest go on', async () => {
  const report = await load([
    feature({ code: 'ok1', level: 'community', name: '好社区', parentCode: '990101901' }),
    feature({ code: 'x y', level: 'grid', name: '名', parentCode: 'c9' }),
    feature({ code: 'x2', level: 'hamlet', name: '名', parentCode: 'c9' }),
    feature({ code: 'x3', level: 'grid', name: '', parentCode: 'c9' }),
    feature({ code: 'x4', level: 'grid', name: '名', parentCode: 'nowhere' }),
    feature({ code: 'x5', level: 'community', name: '名', parentCode: 'g9' }),
    feature(
      { code: 'x6', level: 'grid', name: '名', parentCode: 'c9' },
      { type: 'Point', coordinates: [1, 2] },
    ),
    feature({ code: 'ok1', level: 'community', name: '好社区', parentCode: '990101901' }),
    feature({ code: 'm9', level: 'micro-grid', name: '微网格09', parentCode: 'g1' }),
    feature({ code: 'a1', level: 'grid', name: '甲', parentCode: 'a2' }),
    feature({ code: 'a2', level: 'grid', name: '乙', parentCode: 'a1' }),
    feature({ code: 'x7', level: 'grid', name: '名' }),
    'no feature',
  ])
  expect(report.added).toBe(1)
  expect(report.failed.map((failure) => failure.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  expect(report.failed[5]?.reason).toContain('not-a-polygon')
})

test('what is no feature collection is refused', async () => {
  const options = {
    pool: street.pool,
    actor: street.system,
    datum: 'wgs84',
    synthetic: false,
    at: noon,
  } as const
  await expect(importAreaGeojson({ ...options, text: '{"type":"Feature"}' })).rejects.toThrow(
    'FeatureCollection',
  )
  await expect(importAreaGeojson({ ...options, text: '{' })).rejects.toThrow('not JSON')
})
