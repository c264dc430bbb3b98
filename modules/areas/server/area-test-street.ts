/** A small street for the tests of this module: one community of two grids with two squares each, 0.01° wide. */
import type { OutputOf } from '../../../lib/contract.ts'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestServer } from '../../../platform/testing/test-server.ts'
import type * as contract from '../contract.ts'
import {
  areasModule,
  createStreet,
  type IndexedArea,
  insertAreas,
  insertBoundaries,
  insertBuildings,
  insertFigures,
} from './index.ts'

export const day = '2026-11-20'
export const noon = new Date(`${day}T12:00:00+08:00`)

export const levels = [
  { level: 'street', name: '街道', nameEn: 'Street' },
  { level: 'community', name: '社区', nameEn: 'Community' },
  { level: 'grid', name: '网格', nameEn: 'Grid' },
  { level: 'micro-grid', name: '微网格', nameEn: 'Micro-grid' },
]

/** The square whose lower left corner is so many hundredths of a degree from 106.5° E, 29.5° N. */
export function square(east: number, north: number, size = 1): AreaGeometry {
  const [west, south] = [106.5 + east / 100, 29.5 + north / 100]
  const [right, top] = [106.5 + (east + size) / 100, 29.5 + (north + size) / 100]
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [right, south],
        [right, top],
        [west, top],
        [west, south],
      ],
    ],
  }
}

/** The four leaves m1 … m4 lie side by side from west to east; the community reaches one square further. */
const newAreas = [
  { code: 'c1', level: 'community', name: '天桥社区', parentCode: '990101901', label: 'c01' },
  { code: 'g2', level: 'grid', name: '第2网格', parentCode: 'c1', label: 'g02', position: 2 },
  {
    code: 'g1',
    level: 'grid',
    name: '第1网格',
    parentCode: 'c1',
    label: 'g01',
    position: 1,
    boundsText: '东至桐荫路',
  },
  { code: 'm1', level: 'micro-grid', name: '微网格01', parentCode: 'g1', label: 'm01' },
  { code: 'm2', level: 'micro-grid', name: '微网格02', parentCode: 'g1', label: 'm02' },
  { code: 'm3', level: 'micro-grid', name: '微网格03', parentCode: 'g2', label: 'm03' },
  { code: 'm4', level: 'micro-grid', name: '微网格04', parentCode: 'g2', label: 'm04' },
]

/** Replies are held to their contracts by the server, so a test may look for any part of any of them. */
type AnyReply = OutputOf<typeof contract.listAreas> &
  OutputOf<typeof contract.getArea> &
  OutputOf<typeof contract.listAreaLevels> &
  OutputOf<typeof contract.getBoundaries> &
  OutputOf<typeof contract.locate> &
  OutputOf<typeof contract.listBuildings>

export async function openAreaTestStreet() {
  let resident: Actor | undefined
  const server = await startTestServer({
    modules: [areasModule],
    authenticator: () => async (token) => (token === 'resident' ? resident : undefined),
    at: noon,
  })
  const { pool } = server
  const made = await inTransaction(pool, { actor: undefined }, async (tx) => {
    const { streetId, root } = await createStreet(tx, {
      code: '990101901',
      name: '样例街道',
      demo: true,
      levels,
      at: noon,
    })
    const areas = await insertAreas(tx, streetId, noon, newAreas)
    const id = (code: string) => areas.get(code)?.id ?? ''
    await insertBoundaries(tx, streetId, noon, [
      ...['m1', 'm2', 'm3', 'm4'].map((code, i) => ({
        areaId: id(code),
        geometry: square(i, 0),
        datum: 'wgs84' as const,
        synthetic: true,
      })),
      { areaId: id('c1'), geometry: square(0, 0, 5), datum: 'wgs84', synthetic: true },
    ])
    await insertBuildings(tx, streetId, noon, [
      {
        code: 'WT03',
        name: '3栋',
        address: '桐荫路18号 梧桐苑 3栋',
        compound: '梧桐苑',
        areaId: id('m1'),
        place: { lng: 106.505, lat: 29.505, datum: 'wgs84' },
        households: 60,
      },
      { code: 'WT05', name: '5栋', address: '桐荫路18号 梧桐苑 5栋', compound: '梧桐苑', areaId: id('m2') },
    ])
    const figure = { areaId: id('c1'), name: '人口', unit: '人', source: '社区台账' }
    await insertFigures(tx, streetId, [
      { ...figure, value: 24_000, scope: '户籍人口', onDay: '2025-12-31' },
      { ...figure, value: 24_100, scope: '户籍人口', onDay: '2026-06-30' },
      { ...figure, value: 35_000, scope: '常住人口', onDay: '2026-06-30' },
    ])
    return { streetId, root, areas }
  })
  const system = systemActor(made.streetId, made.root.path)
  resident = { ...system, kind: 'resident', roles: ['resident'] }
  const browser = server.client()
  browser.cookies.set('linli', 'resident')
  return {
    ...made,
    pool,
    clock: server.clock,
    look: server.look,
    system,
    id: (code: string) => areaOf(made.areas, code).id,
    /** A GET as a signed-in resident, or as nobody. */
    get: (url: string, who = browser) => who.request<AnyReply>('GET', url),
    nobody: server.client(),
    close: () => server.close(),
  }
}

function areaOf(areas: ReadonlyMap<string, IndexedArea>, code: string): IndexedArea {
  const area = areas.get(code)
  if (!area) throw new Error(`the test street has no area ${code}`)
  return area
}
