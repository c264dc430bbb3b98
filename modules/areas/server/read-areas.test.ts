import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { inTransaction } from '../../../platform/db.ts'
import { noon, openAreaTestStreet, square } from './area-test-street.ts'
import {
  areaChain,
  areaIdsUnder,
  areaRefs,
  createStreet,
  findArea,
  insertBoundaries,
  streetRoot,
} from './index.ts'

let street: Awaited<ReturnType<typeof openAreaTestStreet>>
beforeAll(async () => {
  street = await openAreaTestStreet()
})
afterAll(() => street.close())

const codes = (items: { code: string }[]) => items.map((item) => item.code)

test('the tree is listed in tree order, siblings by their position', async () => {
  const { status, body } = await street.get('/api/areas')
  expect(status).toBe(200)
  expect(codes(body.items)).toEqual(['990101901', 'c1', 'g1', 'm1', 'm2', 'g2', 'm3', 'm4'])
  expect(body.nextCursor).toBeNull()
  expect(body.items[2]).toEqual({
    id: street.id('g1'),
    code: 'g1',
    kind: 'ordinary',
    level: 'grid',
    levelName: '网格',
    name: '第1网格',
    parentId: street.id('c1'),
    path: 's990101901.c01.g01',
    boundsText: '东至桐荫路',
    hasBoundary: false,
  })
})

test('the list can be cut to a level or to the children of an area; an unknown parent has none', async () => {
  expect(codes((await street.get('/api/areas?level=grid')).body.items)).toEqual(['g1', 'g2'])
  const children = await street.get(`/api/areas?parentId=${street.id('g2')}`)
  expect(codes(children.body.items)).toEqual(['m3', 'm4'])
  expect((await street.get(`/api/areas?parentId=${newId(0)}`)).body.items).toEqual([])
})

test('nobody reads areas without being signed in', async () => {
  expect((await street.get('/api/areas', street.nobody)).status).toBe(401)
})

test('one area comes with ancestors, children and the newest figure of each scope', async () => {
  const { body } = await street.get(`/api/areas/${street.id('c1')}`)
  expect(body.area.hasBoundary).toBe(true)
  expect(codes(body.ancestors)).toEqual(['990101901'])
  expect(codes(body.children)).toEqual(['g1', 'g2'])
  expect(body.figures).toHaveLength(2)
  expect(body.figures).toContainEqual({
    name: '人口',
    value: 24_100,
    unit: '人',
    scope: '户籍人口',
    onDay: '2026-06-30',
    source: '社区台账',
  })
})

test('an unknown area is refused with 404, one of another street too', async () => {
  expect((await street.get(`/api/areas/${newId(0)}`)).code).toBe('areas/not-found')
  const other = await inTransaction(street.pool, { actor: undefined }, (tx) =>
    createStreet(tx, {
      code: '990101902',
      name: '邻街道',
      demo: false,
      levels: [{ level: 'street', name: '街道', nameEn: 'Street' }],
      at: noon,
    }),
  )
  expect((await street.get(`/api/areas/${other.root.id}`)).status).toBe(404)
})

test('levels come from the top down', async () => {
  const { body } = await street.get('/api/area-levels')
  expect(body.items.map((item) => item.level)).toEqual(['street', 'community', 'grid', 'micro-grid'])
  expect(body.items[1]).toEqual({ level: 'community', name: '社区', nameEn: 'Community', position: 1 })
})

test('boundaries are those in force on the day, in WGS-84, and say that they are made up', async () => {
  const { body } = await street.get('/api/area-boundaries?level=micro-grid')
  expect(body.synthetic).toBe(true)
  expect(body.features.map((feature) => feature.properties.code)).toEqual(['m1', 'm2', 'm3', 'm4'])
  expect(body.features[0]?.geometry).toEqual(square(0, 0))
  expect((await street.get('/api/area-boundaries?level=grid')).body).toEqual({
    type: 'FeatureCollection',
    synthetic: false,
    features: [],
  })
})

test('a new boundary takes over on its first day and the old one keeps its days', async () => {
  const shape = async () => {
    const { body } = await street.get('/api/area-boundaries?level=community')
    return body.features.map((feature) => feature.geometry)
  }
  await inTransaction(street.pool, { actor: street.system }, (tx) =>
    insertBoundaries(tx, street.streetId, noon, [
      {
        areaId: street.id('c1'),
        geometry: square(0, 0, 6),
        datum: 'wgs84',
        synthetic: true,
        validFrom: '2026-12-01',
      },
    ]),
  )
  street.clock.moveTo(new Date('2026-11-30T23:59:00+08:00'))
  expect(await shape()).toEqual([square(0, 0, 5)])
  street.clock.moveTo(new Date('2026-12-01T00:00:00+08:00'))
  expect(await shape()).toEqual([square(0, 0, 6)])
  street.clock.moveTo(noon)
})

test('other modules get areas by id, chains by path, whole subtrees and the root', async () => {
  await inTransaction(street.pool, { actor: street.system, readOnly: true }, async (tx) => {
    const { streetId } = street
    expect(await streetRoot(tx, streetId)).toMatchObject({ code: '990101901', path: 's990101901' })
    expect(await findArea(tx, streetId, street.id('m3'))).toMatchObject({ path: 's990101901.c01.g02.m03' })
    expect(await findArea(tx, streetId, newId(0))).toBeUndefined()
    expect(codes(await areaChain(tx, streetId, 's990101901.c01.g02.m03'))).toEqual(['c1', 'g2', 'm3'])
    expect(await areaChain(tx, streetId, 's990101901')).toEqual([])
    const under = await areaIdsUnder(tx, streetId, street.id('g1'))
    expect(under.sort()).toEqual(['g1', 'm1', 'm2'].map(street.id).sort())
    expect(await areaIdsUnder(tx, streetId, newId(0))).toEqual([])
    const refs = await areaRefs(tx, streetId, [street.id('m1'), newId(0)])
    expect([...refs.values()].map((ref) => ref.name)).toEqual(['微网格01'])
  })
})
