import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startTestStreets,
  type TestStreets,
  testPassword,
  testTotpSecret,
} from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { sessionsPerAccount } from '../rules/session-limits.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
})
afterAll(() => town.close())

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
async function signedIn(username: string, userAgent = chrome) {
  town.clock.moveBy(60_000)
  const totp = new TOTP({ secret: Secret.fromBase32(testTotpSecret) }).generate({
    timestamp: town.clock.now().getTime(),
  })
  const browser = town.client()
  const body = { username, password: testPassword, totp }
  const reply = await browser.call(contract.signIn, { body, headers: { 'user-agent': userAgent } })
  expect(reply.status).toBe(200)
  return browser
}

test('a person sees where they are signed in, by kind of browser and time, and nothing finer', async () => {
  const desk = await signedIn('clerk-c1')
  const phone = await signedIn(
    'clerk-c1',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1',
  )
  const listed = await desk.call(contract.listOwnSessions)
  expect(listed.body.items.map(({ device, current }) => [device, current])).toEqual([
    ['Safari · iOS', false],
    ['Chrome · Windows', true],
  ])
  expect(Object.keys(listed.body.items[0] ?? {}).sort()).toEqual([
    'current',
    'device',
    'id',
    'lastSeenAt',
    'since',
  ])
  const columns = await town.look<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'sessions'::regclass and attnum > 0`,
  )
  expect(columns.map(({ name }) => name)).not.toContain('address')
  expect((await phone.call(contract.listOwnSessions)).body.items.find((one) => one.current)?.device).toBe(
    'Safari · iOS',
  )
})

test(`an account has ${sessionsPerAccount} sessions at a time: one more ends the oldest and says so`, async () => {
  const browsers = []
  for (let i = 0; i < sessionsPerAccount; i++) browsers.push(await signedIn('clerk-c2'))
  const [oldest, second] = browsers
  expect((await oldest?.call(contract.getSession))?.status).toBe(200)
  const newest = await signedIn('clerk-c2')
  expect((await oldest?.call(contract.getSession))?.status).toBe(401)
  expect((await second?.call(contract.getSession))?.status).toBe(200)
  expect((await newest.call(contract.listOwnSessions)).body.items).toHaveLength(sessionsPerAccount)
  const trail = await town.look<{ detail: unknown }>(
    `select detail from audit_entries where operation = 'accounts.signIn' and at = $1`,
    [town.clock.now()],
  )
  expect(trail).toEqual([{ detail: { sessionsEnded: 1 } }])
})

test('sessions that went idle do not count, and are not shown', async () => {
  for (let i = 0; i < sessionsPerAccount; i++) await signedIn('secretary-c1')
  town.clock.moveBy(31 * 60_000)
  const fresh = await signedIn('secretary-c1')
  expect((await fresh.call(contract.listOwnSessions)).body.items).toHaveLength(1)
})

test('a person ends one of their sessions, or all others; their own goes on', async () => {
  const [here, there, elsewhere] = [
    await signedIn('verifier'),
    await signedIn('verifier'),
    await signedIn('verifier'),
  ]
  const { items } = (await here.call(contract.listOwnSessions)).body
  const newest = items[0]?.id ?? ''
  expect((await here.call(contract.endOwnSession, { params: { id: newest } })).status).toBe(200)
  expect((await elsewhere.call(contract.getSession)).status).toBe(401)
  expect((await there.call(contract.getSession)).status).toBe(200)
  expect((await here.call(contract.endOwnSession, { params: { id: newest } })).code).toBe(
    'accounts/not-found',
  )
  expect((await here.call(contract.endOtherSessions)).body).toEqual({ ended: 1 })
  expect((await there.call(contract.getSession)).status).toBe(401)
  expect((await here.call(contract.getSession)).status).toBe(200)
  const posts = await town.look<{ post_id: string }>(
    `select distinct post_id from audit_entries where operation in ('accounts.endOwnSession', 'accounts.endOtherSessions')`,
  )
  expect(posts).toEqual([{ post_id: town.street.staff.get('verifier')?.postId }])
})

test('nobody sees or ends a session of somebody else', async () => {
  const mine = await signedIn('supervisor')
  const theirs = await signedIn('dispatcher')
  const { items } = (await theirs.call(contract.listOwnSessions)).body
  const id = items[0]?.id ?? ''
  expect((await mine.call(contract.endOwnSession, { params: { id } })).code).toBe('accounts/not-found')
  expect((await theirs.call(contract.getSession)).status).toBe(200)
  const stranger = town.client()
  expect((await stranger.call(contract.listOwnSessions)).code).toBe('platform/not-signed-in')
})

test('a resident has the same list', async () => {
  const resident = await town.asResident('13900000001')
  expect((await resident.call(contract.listOwnSessions)).body.items).toMatchObject([
    { current: true, device: null },
  ])
})
