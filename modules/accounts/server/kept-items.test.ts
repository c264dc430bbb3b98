/** 钥匙和物品, and the roster behind the code on a door. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { printDoorCodes } from '../../areas/contract.ts'
import { insertBuildings } from '../../areas/server/index.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'

let t: TestStreets
let secretary: TestClient
let worker: TestClient
let buildingId = ''
beforeAll(async () => {
  t = await startTestStreets({ at: new Date('2026-09-14T09:00:00+08:00') })
  secretary = await t.as('secretary-c1')
  worker = await t.as('grid-worker-c1g1')
  const made = await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    insertBuildings(tx, t.street.streetId, t.clock.now(), [
      { code: 'B1', name: '3栋', address: '桐荫路18号3栋', areaId: t.street.areaId('c1g1m1') },
    ]),
  )
  buildingId = made.get('B1') ?? ''
})
afterAll(() => t.close())

const post = (username: string) => {
  const found = t.street.staff.get(username)
  if (!found) throw new Error(`nobody is called ${username}`)
  return found
}
const itemsOf = async (client: TestClient, postId?: string) =>
  (await client.call(contract.listKeptItems, { query: postId ? { postId } : {} })).body.items

test('a key is written down by its holder, handed on when somebody leaves, and every line of it stays', async () => {
  const { postId } = post('grid-worker-c1g1')
  const made = await worker.call(contract.addKeptItem, {
    body: { postId, what: '单元门钥匙', buildingId, place: '值班室第二格' },
  })
  expect(made.body).toMatchObject({
    building: { name: '3栋' },
    leftBehind: false,
    can: { hand: true },
    holder: { post: { id: postId } },
  })
  const other = await t.as('clerk-c2')
  expect(await itemsOf(other)).toEqual([])
  const params = { id: made.body.id }
  const heir = post('clerk-c1').postId
  const foreign = await other.call(contract.handKeptItem, { params, body: { postId: heir, place: '' } })
  expect(foreign.code).toBe('accounts/kept-item-not-found')
  const stray = await worker.call(contract.addKeptItem, {
    body: { postId: post('clerk-c2').postId, what: '别人的钥匙', place: '' },
  })
  expect(stray.code).toBe('accounts/not-yours-to-hand')

  const security = await t.as('security-admin')
  expect((await security.call(contract.endPost, { params: { id: postId } })).status).toBe(200)
  expect((await itemsOf(secretary)).map(({ leftBehind, what }) => [what, leftBehind])).toEqual([
    ['单元门钥匙', true],
  ])
  const gone = await secretary.call(contract.handKeptItem, { params, body: { postId, place: '' } })
  expect(gone.code).toBe('accounts/post-not-found')
  const handed = await secretary.call(contract.handKeptItem, {
    params,
    body: { postId: heir, place: '社区前台抽屉' },
  })
  expect(handed.body).toMatchObject({ place: '社区前台抽屉', leftBehind: false })
  expect(handed.body.history.map(({ act }) => act)).toEqual(['added', 'handed'])
  const clerk = await t.as('clerk-c1')
  const [held] = await itemsOf(clerk, heir)
  expect(held?.history.at(-1)).toMatchObject({ act: 'handed', place: '社区前台抽屉' })
  expect((await clerk.call(contract.endKeptItem, { params, body: { how: 'returned' } })).status).toBe(200)
  expect(await itemsOf(clerk)).toEqual([])
  expect((await clerk.call(contract.endKeptItem, { params, body: { how: 'lost' } })).code).toBe(
    'accounts/kept-item-not-found',
  )
  const lines = await t.look(
    `select act from kept_item_entries where item_id = '${made.body.id}' order by at, id`,
  )
  expect(lines.map(({ act }) => act)).toEqual(['added', 'handed', 'returned'])
})

test('behind a door stands who put themself there, as they chose; else the community, and never anybody unasked', async () => {
  const admin = await t.as('system-admin')
  expect((await admin.call(printDoorCodes, { body: { buildingId } })).status).toBe(200)
  const [{ door } = { door: '' }] = await t.look<{ door: string }>(
    `select door_id as door from buildings where id = '${buildingId}'`,
  )
  const resident = await t.asResident('13900000001')
  const read = () => resident.call(contract.getDoorRoster, { params: { door } })
  expect((await read()).body).toMatchObject({
    building: { name: '3栋' },
    people: [],
    office: { name: '天桥社区', phone: null },
  })
  const own = (await secretary.call(contract.listOwnCards)).body.items
  expect(own.map(({ shown }) => shown)).toEqual([false])
  const params = { id: own[0]?.postId ?? '' }
  const wrong = await secretary.call(contract.setOwnCard, {
    params,
    body: { shown: true, phone: '不告诉你' },
  })
  expect(wrong.code).toBe('accounts/phone-unfit')
  const body = { shown: true, name: '王书记', phone: '023-6700 0000' }
  expect((await secretary.call(contract.setOwnCard, { params, body })).body).toMatchObject(body)
  const stranger = await t.as('clerk-c1')
  expect((await stranger.call(contract.setOwnCard, { params, body })).code).toBe('accounts/post-not-found')
  expect((await read()).body.people).toMatchObject([
    { name: '王书记', phone: '023-6700 0000', role: 'secretary' },
  ])
  const kept = await t.look(`select name_encrypted from post_cards`)
  expect(JSON.stringify(kept)).not.toContain('王书记')
  await secretary.call(contract.setOwnCard, { params, body: { shown: false } })
  expect((await read()).body.people).toEqual([])
  expect(await t.look('select 1 from post_cards')).toEqual([])
  const none = await resident.call(contract.getDoorRoster, { params: { door: 'NOSUCHDOOR' } })
  expect(none.code).toBe('areas/no-such-door')
})
