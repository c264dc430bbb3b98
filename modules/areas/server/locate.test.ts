import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromWgs84 } from '../../../lib/datum.ts'
import { inTransaction } from '../../../platform/db.ts'
import { noon, openAreaTestStreet, square } from './area-test-street.ts'
import { insertBoundaries, insertBuildings, locatePlace } from './index.ts'

let street: Awaited<ReturnType<typeof openAreaTestStreet>>
beforeAll(async () => {
  street = await openAreaTestStreet()
})
afterAll(() => street.close())

async function located(query: string) {
  const { status, body, problem } = await street.get(`/api/areas/locate?${query}`)
  return {
    status,
    leaf: body.leaf?.code ?? null,
    chain: body.chain?.map((area) => area.name),
    building: body.building?.code ?? null,
    errors: problem?.errors,
  }
}
const address = (text: string) => located(`address=${encodeURIComponent(text)}`)

test('a place gives its leaf and the chain that a screen says back', async () => {
  expect(await located('lng=106.505&lat=29.505&datum=wgs84')).toMatchObject({
    status: 200,
    leaf: 'm1',
    chain: ['天桥社区', '第1网格', '微网格01'],
    building: null,
  })
})

test('the datum decides: the same place told in GCJ-02 is the same leaf, its bare numbers are not', async () => {
  const { lng, lat } = fromWgs84(106.5185, 29.505, 'gcj02')
  expect((await located(`lng=${lng}&lat=${lat}&datum=gcj02`)).leaf).toBe('m2')
  expect((await located(`lng=${lng}&lat=${lat}&datum=wgs84`)).leaf).toBe('m3')
})

test('a place on a shared border has one leaf, every time, also after the index was made anew', async () => {
  const query = 'lng=106.51&lat=29.505&datum=wgs84'
  const first = (await located(query)).leaf
  expect(['m1', 'm2']).toContain(first)
  await inTransaction(street.pool, { actor: street.system }, (tx) =>
    insertBuildings(tx, street.streetId, noon, []),
  )
  expect((await located(query)).leaf).toBe(first)
})

test('where no leaf is drawn the community that holds the place gets it', async () => {
  expect(await located('lng=106.545&lat=29.545&datum=wgs84')).toMatchObject({
    leaf: 'c1',
    chain: ['天桥社区'],
  })
})

test('outside every boundary there is no leaf and no error', async () => {
  expect(await located('lng=107.5&lat=29.505&datum=wgs84')).toMatchObject({
    status: 200,
    leaf: null,
    chain: [],
    building: null,
  })
})

test('an address text gives building and leaf in any common spelling', async () => {
  for (const text of ['梧桐苑3栋2单元501', '桐荫路十八号梧桐苑三幢', '梧桐苑３号楼', 'WT03'])
    expect(await address(text)).toMatchObject({ leaf: 'm1', building: 'WT03' })
  expect(await address('某处')).toMatchObject({ leaf: null, building: null })
})

test('a building code goes before a place, and a place before a text', async () => {
  const inM4 = 'lng=106.535&lat=29.505&datum=wgs84'
  expect(await located(`buildingCode=wt05&${inM4}`)).toMatchObject({ leaf: 'm2', building: 'WT05' })
  expect(await located(`buildingCode=none&${inM4}`)).toMatchObject({ leaf: 'm4', building: null })
  expect(await located(`address=${encodeURIComponent('梧桐苑3栋')}&${inM4}`)).toMatchObject({
    leaf: 'm4',
    building: null,
  })
  expect(
    await located(`address=${encodeURIComponent('梧桐苑3栋')}&lng=106.505&lat=29.505&datum=wgs84`),
  ).toMatchObject({ leaf: 'm1', building: 'WT03' })
})

test.each([
  ['', '/query/lng'],
  ['lng=106.5', '/query/lat'],
  ['lat=29.5&datum=wgs84', '/query/lng'],
  ['lng=106.5&lat=29.5', '/query/datum'],
  ['lng=206.5&lat=29.5&datum=wgs84', '/query/lng'],
  ['lng=106.5&lat=29.5&datum=mars', '/query/datum'],
])('half a place (%s) is refused and %s is named', async (query, path) => {
  const { status, errors } = await located(query)
  expect(status).toBe(400)
  expect(errors?.[0]?.path).toBe(path)
})

test('a boundary that is drawn anew moves the place at once', async () => {
  const query = 'lng=106.505&lat=29.515&datum=wgs84'
  expect((await located(query)).leaf).toBe('c1')
  await inTransaction(street.pool, { actor: street.system }, (tx) =>
    insertBoundaries(tx, street.streetId, noon, [
      { areaId: street.id('m1'), geometry: square(0, 0, 2), datum: 'wgs84', synthetic: true },
      { areaId: street.id('m2'), geometry: square(2, 1), datum: 'wgs84', synthetic: true },
    ]),
  )
  expect((await located(query)).leaf).toBe('m1')
})

test('a change that was rolled back leaves nothing in memory', async () => {
  const query = 'lng=106.505&lat=29.535&datum=wgs84'
  await expect(
    inTransaction(street.pool, { actor: street.system }, async (tx) => {
      await insertBoundaries(tx, street.streetId, noon, [
        { areaId: street.id('m1'), geometry: square(0, 0, 4), datum: 'wgs84', synthetic: true },
      ])
      const place = { lng: 106.505, lat: 29.535, datum: 'wgs84' as const }
      expect((await locatePlace(tx, street.streetId, noon, { place })).leaf?.code).toBe('m1')
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect((await located(query)).leaf).toBe('c1')
})

test('buildings are found by words in any spelling, within an area and up to a limit', async () => {
  const list = async (query: string) => {
    const { body } = await street.get(`/api/buildings?${query}`)
    return body.items.map((item) => item.code)
  }
  expect(await list('')).toEqual(['WT03', 'WT05'])
  expect(await list(`q=${encodeURIComponent('梧桐 五幢')}`)).toEqual(['WT05'])
  expect(await list(`q=wt0&areaId=${street.id('g1')}&limit=1`)).toEqual(['WT03'])
  expect(await list(`areaId=${street.id('m2')}`)).toEqual(['WT05'])
  expect(await list(`areaId=${street.id('g2')}`)).toEqual([])
  const { body } = await street.get('/api/buildings?q=wt03')
  expect(body.items[0]).toMatchObject({
    name: '3栋',
    compound: '梧桐苑',
    area: { code: 'm1', level: 'micro-grid' },
    lng: 106.505,
    lat: 29.505,
  })
})
