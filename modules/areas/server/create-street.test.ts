import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { levels, noon, openAreaTestStreet, square } from './area-test-street.ts'
import { createStreet, findStreet, insertAreas, insertBoundaries } from './index.ts'

let street: Awaited<ReturnType<typeof openAreaTestStreet>>
beforeAll(async () => {
  street = await openAreaTestStreet()
})
afterAll(() => street.close())

const inStreet = <T>(work: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(street.pool, { actor: street.system }, work)

test('a street is found by its code without a context, and a code is given once', async () => {
  await inTransaction(street.pool, { actor: undefined }, async (tx) => {
    expect(await findStreet(tx, '990101901')).toMatchObject({ streetId: street.streetId, demo: true })
    expect(await findStreet(tx, '999999999')).toBeUndefined()
  })
  const again = inTransaction(street.pool, { actor: undefined }, (tx) =>
    createStreet(tx, { code: '990101901', name: '样例街道', demo: false, levels, at: noon }),
  )
  await expect(again).rejects.toThrow('there already')
})

test('a new street sees nothing of another: its transaction stands in itself only', async () => {
  await inTransaction(street.pool, { actor: undefined }, async (tx) => {
    const made = await createStreet(tx, {
      code: '990101903',
      name: '新街道',
      demo: false,
      levels,
      at: noon,
    })
    expect(made.root).toMatchObject({ path: 's990101903', level: 'street', parentId: null })
    const rows = await tx.many(sql<{ code: string }>`select code from areas`)
    expect(rows).toEqual([{ code: '990101903' }])
  })
})

test('an area needs a known parent, a new code and a label that a path can hold', async () => {
  const area = { code: 'n1', level: 'grid', name: '名', parentCode: 'c1' }
  const add = (more: object) =>
    inStreet((tx) => insertAreas(tx, street.streetId, noon, [{ ...area, ...more }]))
  await expect(add({ parentCode: 'nowhere' })).rejects.toThrow('nowhere is unknown')
  await expect(add({ code: 'g1' })).rejects.toThrow('there already')
  await expect(add({ label: 'a.b' })).rejects.toThrow('no label')
  await expect(add({ parentCode: 'n1' })).rejects.toThrow('its own ancestor')
})

test('a boundary that is no polygon is a fault of the caller and nothing is kept', async () => {
  const broken = { type: 'Polygon' as const, coordinates: [[[106, 29]]] }
  const row = { areaId: street.id('m1'), datum: 'wgs84' as const, synthetic: true }
  await expect(
    inStreet((tx) => insertBoundaries(tx, street.streetId, noon, [{ ...row, geometry: broken }])),
  ).rejects.toThrow('ring-too-short')
  const { body } = await street.get('/api/area-boundaries?level=micro-grid')
  expect(body.features[0]?.geometry).toEqual(square(0, 0))
})
