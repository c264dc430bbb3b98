import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
let security: TestClient
beforeAll(async () => {
  town = await startTestStreets()
  security = await town.as('security-admin')
})
afterAll(() => town.close())

const appoint = (body: BodyOf<typeof contract.appointPost>) => security.call(contract.appointPost, { body })
const staff = (username: string) => {
  const found = town.street.staff.get(username) ?? town.other.staff.get(username)
  if (!found) throw new Error(username)
  return found
}

test('a post gives its role and place with the next request, and takes them when it ends', async () => {
  const worker = await town.as('grid-worker-c1g1')
  const made = await appoint({
    accountId: staff('grid-worker-c1g1').accountId,
    role: 'clerk',
    areaId: town.street.areaId('c2'),
  })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    role: 'clerk',
    area: { code: 'c2' },
    organisation: null,
    fromDay: '2026-09-14',
    toDay: null,
  })
  expect((await worker.call(contract.getSession)).body.roles.toSorted()).toEqual(['clerk', 'grid-worker'])
  const ended = await security.call(contract.endPost, { params: { id: made.body.id } })
  expect(ended.body.toDay).toBe('2026-09-14')
  expect((await worker.call(contract.getSession)).body.roles).toEqual(['grid-worker'])
  const again = await security.call(contract.endPost, { params: { id: made.body.id } })
  expect(again.body).toEqual(ended.body)
  const trail = await town.look(
    `select operation, detail ->> 'role' as role from audit_entries where subject_id = $1 order by at, id`,
    [staff('grid-worker-c1g1').accountId],
  )
  expect(trail.slice(0, 2)).toEqual([
    { operation: 'accounts.appointPost', role: 'clerk' },
    { operation: 'accounts.endPost', role: 'clerk' },
  ])
})

test('who loses the last post loses the session', async () => {
  const member = await town.as('micro-grid-member-c1g1m1')
  expect((await member.call(contract.getSession)).status).toBe(200)
  await security.call(contract.endPost, { params: { id: staff('micro-grid-member-c1g1m1').postId } })
  expect((await member.call(contract.getSession)).status).toBe(401)
})

test('a term begins and ends with its days', async () => {
  const browser = await town.as('micro-grid-member-c1g1m2')
  const { accountId } = staff('micro-grid-member-c1g1m2')
  const areaId = town.street.areaId('c1')
  await appoint({ accountId, role: 'viewer', areaId, fromDay: '2026-09-15', toDay: '2026-09-16' })
  const roles = async () => (await browser.call(contract.getSession)).body.roles.toSorted()
  expect(await roles()).toEqual(['micro-grid-member'])
  // 00:00 of the 15th in the street.
  town.clock.moveTo(new Date('2026-09-14T16:00:00Z'))
  expect(await roles()).toEqual(['micro-grid-member', 'viewer'])
  town.clock.moveTo(new Date('2026-09-16T15:59:59Z'))
  expect(await roles()).toEqual(['micro-grid-member', 'viewer'])
  town.clock.moveTo(new Date('2026-09-16T16:00:00Z'))
  expect(await roles()).toEqual(['micro-grid-member'])
})

test('administrators hold no other post, now or at any time of the term', async () => {
  const areaId = town.street.areaId(town.street.code)
  const code = async (username: string, role: 'audit-admin' | 'clerk' | 'system-admin') =>
    (await appoint({ accountId: staff(username).accountId, role, areaId })).code
  expect(await code('system-admin', 'audit-admin')).toBe('accounts/roles-exclude-each-other')
  expect(await code('system-admin', 'clerk')).toBe('accounts/roles-exclude-each-other')
  expect(await code('clerk-c1', 'system-admin')).toBe('accounts/roles-exclude-each-other')
  const { accountId } = staff('clerk-c1-2')
  const later = await security.call(contract.createAccount, {
    body: { username: 'later-on', displayName: '赵六' },
  })
  expect(later.status).toBe(201)
  const id = later.body.account.id
  await appoint({ accountId: id, role: 'clerk', areaId, fromDay: '2026-12-01' })
  const overlaps = { accountId: id, role: 'audit-admin' as const, areaId }
  expect((await appoint(overlaps)).code).toBe('accounts/roles-exclude-each-other')
  expect((await appoint({ ...overlaps, toDay: '2026-11-30' })).status).toBe(201)
  expect(accountId).not.toBe(id)
})

test('two appointments made at the same time can not slip past each other', async () => {
  const made = await security.call(contract.createAccount, {
    body: { username: 'at-once', displayName: '钱七' },
  })
  const areaId = town.street.areaId(town.street.code)
  const accountId = made.body.account.id
  const replies = await Promise.all([
    appoint({ accountId, role: 'audit-admin', areaId }),
    appoint({ accountId, role: 'system-admin', areaId }),
  ])
  expect(replies.map((reply) => reply.status).toSorted()).toEqual([201, 409])
})

test('a post stands where its role belongs', async () => {
  const { accountId } = staff('viewer-c1')
  const areaId = town.street.areaId('c1')
  const organisationId = town.street.organisationId('water')
  const code = async (body: Omit<BodyOf<typeof contract.appointPost>, 'accountId'>) =>
    (await appoint({ accountId, ...body })).code
  expect(await code({ role: 'clerk' })).toBe('accounts/role-needs-area')
  expect(await code({ role: 'clerk', organisationId })).toBe('accounts/role-needs-area')
  expect(await code({ role: 'dispatcher', areaId })).toBe('accounts/role-needs-area')
  expect(await code({ role: 'handler', areaId })).toBe('accounts/role-needs-organisation')
  expect(await code({ role: 'resident', areaId })).toBe('platform/invalid-input')
  expect(await code({ role: 'clerk', areaId: town.other.areaId('c1') })).toBe('accounts/area-not-found')
  expect(await code({ role: 'handler', organisationId: town.other.organisationId('water') })).toBe(
    'accounts/organisation-not-found',
  )
  expect(await code({ role: 'clerk', areaId, fromDay: '2026-09-20', toDay: '2026-09-19' })).toBe(
    'platform/invalid-input',
  )
  expect(await code({ role: 'handler', organisationId })).toBeUndefined()
})

test('nobody appoints or dismisses themselves, nor anyone of another street', async () => {
  const areaId = town.street.areaId('c1')
  const own = staff('security-admin')
  expect((await appoint({ accountId: own.accountId, role: 'clerk', areaId })).code).toBe(
    'accounts/own-account',
  )
  const end = (id: string) => security.call(contract.endPost, { params: { id } })
  expect((await end(own.postId)).code).toBe('accounts/own-account')
  const foreign = staff('other-clerk-c1')
  expect((await appoint({ accountId: foreign.accountId, role: 'clerk', areaId })).code).toBe(
    'accounts/not-found',
  )
  expect((await end(foreign.postId)).code).toBe('accounts/not-found')
})

test('a stand-in takes role and place of the post and is shown as one', async () => {
  const original = staff('secretary-c1')
  const { accountId } = staff('secretary-c2')
  const wrong = { accountId, role: 'clerk' as const, standInForPostId: original.postId }
  expect((await appoint(wrong)).status).toBe(400)
  const made = await appoint({
    accountId,
    role: 'secretary',
    standInForPostId: original.postId,
    toDay: '2026-09-30',
  })
  expect(made.body).toMatchObject({ role: 'secretary', area: { code: 'c1' }, toDay: '2026-09-30' })
  const clerk = await town.as('clerk-c1')
  const listed = await clerk.call(contract.listPosts, {
    query: { areaId: town.street.areaId('c1'), role: 'secretary' },
  })
  expect(listed.body.items).toHaveLength(2)
  const standIn = listed.body.items.find((item) => item.id === made.body.id)
  const first = listed.body.items.find((item) => item.id === original.postId)
  expect(standIn?.standInFor).toBe(first?.holder.displayName)
  expect(first?.standInFor).toBeNull()
})

test('posts of an organisation are listed for staff, not for residents, and none of another street', async () => {
  const clerk = await town.as('clerk-c1')
  const all = await clerk.call(contract.listPosts)
  const foreign = [...town.other.staff.values()].map((one) => one.postId)
  expect(all.body.items.filter((item) => foreign.includes(item.id))).toEqual([])
  const query = { organisationId: town.street.organisationId('enforcement') }
  const listed = await clerk.call(contract.listPosts, { query })
  expect(listed.body.items.map((item) => item.role)).toEqual(['handler', 'handler', 'organisation-lead'])
  const resident = await town.asResident('13900000001')
  expect((await resident.call(contract.listPosts)).code).toBe('platform/not-for-your-role')
})
