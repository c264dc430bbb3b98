import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import {
  startTestStreets,
  type TestStreets,
  testPassword,
  testTotpSecret,
} from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
let security: TestClient
beforeAll(async () => {
  town = await startTestStreets()
  security = await town.as('security-admin')
})
afterAll(() => town.close())

const accountId = (username: string) =>
  (town.street.staff.get(username) ?? town.other.staff.get(username))?.accountId ?? ''
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: town.clock.now().getTime() })
/** A new time step each time. */
const signIn = (username: string, password: string, secret?: string) => {
  town.clock.moveBy(60_000)
  const body = { username, password, ...(secret === undefined ? {} : { totp: codeOf(secret) }) }
  const browser = town.client()
  return browser.call(contract.signIn, { body }).then((reply) => ({ browser, reply }))
}
const trailOf = (operation: string, id: string) =>
  town.look<{ post_id: string; detail: Record<string, unknown> }>(
    'select post_id, detail from audit_entries where operation = $1 and subject_id = $2',
    [operation, id],
  )

test('a reset password is shown once, replaces the old one, ends every session and must be changed', async () => {
  const id = accountId('clerk-c1')
  const { browser } = await signIn('clerk-c1', testPassword, testTotpSecret)
  const reset = await security.call(contract.resetPassword, { params: { id } })
  expect([reset.status, reset.body.account.id]).toEqual([200, id])
  const { oneTimePassword } = reset.body
  expect((await browser.call(contract.getSession)).status).toBe(401)
  expect((await signIn('clerk-c1', testPassword, testTotpSecret)).reply.code).toBe(
    'accounts/wrong-credentials',
  )
  const again = await signIn('clerk-c1', oneTimePassword, testTotpSecret)
  expect(again.reply.body.mustChangePassword).toBe(true)
  expect((await again.browser.call(contract.listPosts)).code).toBe('platform/new-password-first')
  const next = 'Fernsehturm-77'
  const body = { current: oneTimePassword, next }
  expect((await again.browser.call(contract.changePassword, { body })).status).toBe(200)
  expect((await again.browser.call(contract.listPosts)).status).toBe(200)
  const trail = await trailOf('accounts.resetPassword', id)
  // The clerk's own session and the one that the fixture may have opened.
  expect(trail).toEqual([
    { post_id: town.street.staff.get('security-admin')?.postId, detail: { sessionsEnded: 1 } },
  ])
  expect(JSON.stringify(trail)).not.toContain(oneTimePassword)
})

test('a reset opens an account that wrong passwords had locked', async () => {
  const id = accountId('clerk-c1-2')
  for (let i = 0; i < 5; i++) await signIn('clerk-c1-2', 'Wrong-words-1')
  expect((await signIn('clerk-c1-2', testPassword, testTotpSecret)).reply.code).toBe('accounts/locked')
  const { oneTimePassword } = (await security.call(contract.resetPassword, { params: { id } })).body
  expect((await signIn('clerk-c1-2', oneTimePassword, testTotpSecret)).reply.status).toBe(200)
})

test('a reset second factor ends every session and is enrolled again before anything else opens', async () => {
  const id = accountId('secretary-c1')
  const { browser } = await signIn('secretary-c1', testPassword, testTotpSecret)
  const reset = await security.call(contract.resetSecondFactor, { params: { id } })
  expect([reset.status, reset.body.totpEnrolled]).toEqual([200, false])
  expect((await browser.call(contract.getSession)).status).toBe(401)
  const again = await signIn('secretary-c1', testPassword)
  expect(again.reply.body.mustEnrolTotp).toBe(true)
  expect((await again.browser.call(contract.listPosts)).code).toBe('platform/second-factor-first')
  const { secret } = (await again.browser.call(contract.beginTotp, { body: {} })).body
  await again.browser.call(contract.confirmTotp, { body: { totp: codeOf(secret) } })
  expect((await again.browser.call(contract.listPosts)).status).toBe(200)
  expect((await signIn('secretary-c1', testPassword, testTotpSecret)).reply.code).toBe('accounts/totp-wrong')
  expect(await trailOf('accounts.resetSecondFactor', id)).toHaveLength(1)
})

test('nobody resets their own account, one of another street or a resident’s', async () => {
  const ids = [
    ['security-admin', 'accounts/own-account'],
    ['other-clerk-c1', 'accounts/not-found'],
  ] as const
  for (const [username, code] of ids)
    for (const act of [contract.resetPassword, contract.resetSecondFactor])
      expect((await security.call(act, { params: { id: accountId(username) } })).code).toBe(code)
  const resident = { params: { id: town.street.residents[0]?.accountId ?? '' } }
  expect((await security.call(contract.resetPassword, resident)).code).toBe('accounts/not-found')
  expect((await signIn('other-clerk-c1', testPassword, testTotpSecret)).reply.status).toBe(200)
})

test('only the security administrator resets', async () => {
  for (const username of ['system-admin', 'audit-admin', 'duty-head']) {
    const browser = await town.as(username)
    const input = { params: { id: accountId('clerk-c2') } }
    expect((await browser.call(contract.resetPassword, input)).code).toBe('platform/not-for-your-role')
    expect((await browser.call(contract.resetSecondFactor, input)).code).toBe('platform/not-for-your-role')
  }
})
