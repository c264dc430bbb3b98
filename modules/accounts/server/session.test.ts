import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  startTestStreets,
  type TestStreets,
  testPassword,
  testTotpSecret,
} from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
})
afterAll(() => town.close())

const code = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: town.clock.now().getTime() })
async function signedIn(username: string) {
  town.clock.moveBy(60_000)
  const browser = town.client()
  const reply = await browser.signInAs(username, testPassword, code(testTotpSecret))
  expect(reply.status).toBe(200)
  return browser
}

test('staff leave after thirty idle minutes; use keeps them, but for twelve hours at most', async () => {
  const idle = await signedIn('clerk-c1')
  town.clock.moveBy(30 * 60_000)
  expect((await idle.call(contract.getSession)).code).toBe('platform/not-signed-in')
  const busy = await signedIn('clerk-c1')
  for (let i = 0; i < 24; i++) {
    expect((await busy.call(contract.getSession)).status).toBe(200)
    town.clock.moveBy(29.5 * 60_000)
  }
  town.clock.moveBy(12 * 60_000)
  expect((await busy.call(contract.getSession)).status).toBe(401)
})

test('signing out ends this session, and everywhere ends all of them', async () => {
  const [one, two, three] = [
    await signedIn('clerk-c2'),
    await signedIn('clerk-c2'),
    await signedIn('clerk-c2'),
  ]
  const token = one.cookies.get('linli') ?? ''
  expect((await one.call(contract.signOut)).status).toBe(200)
  expect(one.cookies.size).toBe(0)
  one.cookies.set('linli', token)
  expect((await one.call(contract.getSession)).status).toBe(401)
  expect((await two.call(contract.getSession)).status).toBe(200)
  expect((await three.call(contract.signOut, { query: { everywhere: true } })).status).toBe(200)
  expect((await two.call(contract.getSession)).status).toBe(401)
})

test('nobody without a session, or with a made-up one, is told anything', async () => {
  const browser = town.client()
  expect((await browser.call(contract.getSession)).status).toBe(401)
  browser.cookies.set('linli', 'A'.repeat(43))
  expect((await browser.call(contract.getSession)).status).toBe(401)
})

test('a required second factor is enrolled at the first sign-in, and nothing else is open before', async () => {
  const { accountId } = town.street.staff.get('handler-water') ?? { accountId: '' }
  await town.look(
    'update accounts set totp_secret = null, totp_confirmed_at = null, totp_last_step = null where id = $1',
    [accountId],
  )
  const browser = town.client()
  const first = await browser.call(contract.signIn, {
    body: { username: 'handler-water', password: testPassword },
  })
  expect([first.status, first.body.mustEnrolTotp]).toEqual([200, true])
  expect((await browser.call(contract.listPosts)).code).toBe('platform/second-factor-first')
  const begun = await browser.call(contract.beginTotp, { body: {} })
  expect(begun.body.otpauthUrl).toContain('handler-water')
  const wrong = code(begun.body.secret) === '123456' ? '654321' : '123456'
  expect((await browser.call(contract.confirmTotp, { body: { totp: wrong } })).code).toBe(
    'accounts/totp-wrong',
  )
  const totp = code(begun.body.secret)
  const confirmed = await browser.call(contract.confirmTotp, { body: { totp } })
  expect([confirmed.status, confirmed.body.mustEnrolTotp]).toEqual([200, false])
  expect((await browser.call(contract.listPosts)).status).toBe(200)
  const again = await town.client().signInAs('handler-water', testPassword, totp)
  expect(again.code).toBe('accounts/totp-wrong')
  const [row] = await town.look<{ totp_secret: string }>('select totp_secret from accounts where id = $1', [
    accountId,
  ])
  expect(row?.totp_secret).not.toContain(begun.body.secret)
})

test('a new enrolment that is not confirmed leaves the old second factor in force', async () => {
  const browser = await signedIn('handler-property')
  expect((await browser.call(contract.beginTotp, { body: { password: testPassword } })).status).toBe(200)
  await signedIn('handler-property')
})

test('a second factor in force is replaced only with the password said again, and its replacement ends the other sessions', async () => {
  const [here, elsewhere] = [await signedIn('handler-property'), await signedIn('handler-property')]
  expect((await here.call(contract.beginTotp, { body: {} })).code).toBe('accounts/password-needed')
  expect((await here.call(contract.beginTotp, { body: { password: 'not-this-one' } })).code).toBe(
    'accounts/wrong-credentials',
  )
  expect((await elsewhere.call(contract.getSession)).status).toBe(200)
  const begun = await here.call(contract.beginTotp, { body: { password: testPassword } })
  const confirmed = await here.call(contract.confirmTotp, { body: { totp: code(begun.body.secret) } })
  expect(confirmed.status).toBe(200)
  expect((await elsewhere.call(contract.getSession)).status).toBe(401)
  expect((await here.call(contract.getSession)).status).toBe(200)
})

test('a changed password opens, the old one does not, and other sessions end', async () => {
  const [here, elsewhere] = [await signedIn('secretary-c1'), await signedIn('secretary-c1')]
  const next = '天桥社区-Bridge-7'
  const body = { current: testPassword, next }
  expect((await here.call(contract.changePassword, { body })).status).toBe(200)
  expect((await here.call(contract.getSession)).status).toBe(200)
  expect((await elsewhere.call(contract.getSession)).status).toBe(401)
  town.clock.moveBy(60_000)
  expect((await town.client().signInAs('secretary-c1', testPassword)).status).toBe(401)
  expect((await town.client().signInAs('secretary-c1', next, code(testTotpSecret))).status).toBe(200)
})

test.each([
  ['short', 'Ab-1'],
  ['of two classes', 'abcdefghijk1'],
  ['the user name', 'Secretary-c2-2026'],
  ['the old one', testPassword],
])('a new password that is %s is refused', async (_, next) => {
  const browser = await town.as('secretary-c2')
  const reply = await browser.call(contract.changePassword, { body: { current: testPassword, next } })
  expect([reply.status, reply.code]).toEqual([422, 'accounts/weak-password'])
})

test('guessing the current password locks and is audited', async () => {
  const browser = await town.as('verifier-c1')
  const body = { current: 'guess', next: 'Whatever-2026' }
  for (let i = 0; i < 5; i++)
    expect((await browser.call(contract.changePassword, { body })).code).toBe('accounts/wrong-credentials')
  expect((await browser.call(contract.changePassword, { body })).code).toBe('accounts/locked')
  const entries = await town.look(
    `select detail from audit_entries where operation = 'accounts.changePassword' and outcome = 'refused' order by id`,
  )
  expect(entries.map((entry) => entry.detail.locked)).toEqual([false, false, false, false, true])
})
