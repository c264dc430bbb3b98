import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { dayOf } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { inTransaction } from '../../../platform/db.ts'
import { testStart } from '../../../platform/testing/test-server.ts'
import {
  startTestStreets,
  type TestStreets,
  testPassword,
  testTotpSecret,
} from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { insertAccounts } from './insert-accounts.ts'
import { insertPosts } from './post-store.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
})
afterAll(() => town.close())

let minutes = 0
beforeEach(() => {
  // Each test has quarters of an hour and time steps of its own.
  minutes += 60
  town.clock.moveTo(new Date(testStart.getTime() + minutes * 60_000))
})

const totpNow = () =>
  new TOTP({ secret: Secret.fromBase32(testTotpSecret) }).generate({ timestamp: town.clock.now().getTime() })

const audited = (outcome: string) =>
  town.look<{ street_id: number; actor_id: string | null; subject_id: string | null; detail: unknown }>(
    `select street_id, actor_id, subject_id, detail from audit_entries
     where operation = 'accounts.signIn' and outcome = $1 and at = $2`,
    [outcome, town.clock.now()],
  )

test('the right password and one-time password open a session that says who and where one is', async () => {
  const browser = town.client()
  const reply = await browser.signInAs('clerk-c1', testPassword, totpNow())
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({
    kind: 'staff',
    street: { code: '990101001', name: '滨河街道' },
    roles: ['clerk'],
    posts: [{ role: 'clerk', area: { code: 'c1', name: '天桥社区' }, organisation: null }],
    demo: false,
    mustEnrolTotp: false,
    mustChangePassword: false,
  })
  const session = await browser.call(contract.getSession)
  expect(session.body).toEqual(reply.body)
  expect(reply.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
  const accountId = town.street.staff.get('clerk-c1')?.accountId
  expect(await audited('done')).toMatchObject([
    { street_id: town.street.streetId, actor_id: accountId, subject_id: accountId },
  ])
  const kept = await town.look('select token_hash from sessions where account_id = $1', [accountId])
  expect(kept.map((row) => row.token_hash)).not.toContain(browser.cookies.get('linli'))
})

test('user names are found whatever their case and width', async () => {
  const reply = await town.client().signInAs(' ＣＬＥＲＫ-c1 ', testPassword, totpNow())
  expect(reply.status).toBe(200)
})

test('a wrong password and an unknown name are told alike; the first is audited in its street', async () => {
  const wrong = await town.client().signInAs('clerk-c2', 'not-this-one')
  const unknown = await town.client().signInAs('nobody-at-all', 'not-this-one')
  expect([wrong.status, wrong.code]).toEqual([401, 'accounts/wrong-credentials'])
  expect([unknown.status, unknown.problem?.detail]).toEqual([401, wrong.problem?.detail])
  const accountId = town.street.staff.get('clerk-c2')?.accountId
  expect(await audited('refused')).toEqual([
    {
      street_id: town.street.streetId,
      actor_id: accountId,
      subject_id: accountId,
      detail: { code: 'accounts/wrong-credentials', locked: false },
    },
  ])
})

test('five failures lock the account for fifteen minutes, for the right password too', async () => {
  const browser = town.client()
  for (let i = 0; i < 5; i++)
    expect((await browser.signInAs('secretary-c1', 'wrong')).code).toBe('accounts/wrong-credentials')
  const locked = await browser.signInAs('secretary-c1', testPassword, totpNow())
  expect([locked.status, locked.code]).toEqual([429, 'accounts/locked'])
  expect(locked.headers.get('retry-after')).toBe('900')
  town.clock.moveBy(15 * 60_000)
  expect((await browser.signInAs('secretary-c1', testPassword, totpNow())).status).toBe(200)
})

test('a name that does not exist locks in the same way', async () => {
  const browser = town.client()
  for (let i = 0; i < 5; i++)
    expect((await browser.signInAs('no-such-person', 'wrong')).code).toBe('accounts/wrong-credentials')
  expect((await browser.signInAs('no-such-person', 'wrong')).code).toBe('accounts/locked')
})

test('guesses made side by side are not tried more often than one after another', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => town.client().signInAs('secretary-c2', 'wrong')),
  )
  expect(guesses.filter((guess) => guess.code === 'accounts/wrong-credentials').length).toBeLessThanOrEqual(5)
  expect(guesses.every((guess) => guess.status === 401 || guess.status === 429)).toBe(true)
})

test('without the enrolled second factor one is asked for it, and that is no failure', async () => {
  for (let i = 0; i < 6; i++)
    expect((await town.client().signInAs('grid-head-c1g1', testPassword)).code).toBe('accounts/totp-needed')
  expect((await town.client().signInAs('grid-head-c1g1', testPassword, totpNow())).status).toBe(200)
})

test('a one-time password is good once, and a wrong one counts as a failure', async () => {
  const code = totpNow()
  expect((await town.client().signInAs('grid-worker-c1g1', testPassword, code)).status).toBe(200)
  const again = await town.client().signInAs('grid-worker-c1g1', testPassword, code)
  expect([again.status, again.code]).toEqual([401, 'accounts/totp-wrong'])
  for (let i = 0; i < 4; i++) await town.client().signInAs('grid-worker-c1g1', testPassword, '000000')
  town.clock.moveBy(30_000)
  const locked = await town.client().signInAs('grid-worker-c1g1', testPassword, totpNow())
  expect(locked.code).toBe('accounts/locked')
})

test('a right sign-in clears earlier failures', async () => {
  for (let i = 0; i < 4; i++) await town.client().signInAs('verifier', 'wrong')
  expect((await town.client().signInAs('verifier', testPassword, totpNow())).status).toBe(200)
  for (let i = 0; i < 4; i++) await town.client().signInAs('verifier', 'wrong')
  town.clock.moveBy(30_000)
  expect((await town.client().signInAs('verifier', testPassword, totpNow())).status).toBe(200)
})

/** A staff account whose password is `testPassword`, viewer of each of the streets. */
async function newcomer(username: string, streets: TestStreets['street'][], more: object = {}) {
  const { keys } = town.services
  const at = town.clock.now()
  const accountId = newId(at.getTime())
  const [known] = await town.look<{ password_hash: string }>(
    'select password_hash from accounts where username = $1',
    ['clerk-c1'],
  )
  const account = {
    id: accountId,
    kind: 'staff' as const,
    username,
    passwordHash: known?.password_hash ?? '',
  }
  await inTransaction(town.pool, { actor: undefined }, (tx) =>
    insertAccounts(tx, keys, town.street.streetId, at, [{ ...account, ...more }]),
  )
  for (const { streetId, code, areas } of streets) {
    const area = areas.get(code)
    if (!area) throw new Error('a street has a root')
    const post = { id: newId(at.getTime()), accountId, role: 'viewer' as const, area, fromDay: dayOf(at) }
    await inTransaction(town.pool, { actor: systemActor(streetId, area.path) }, (tx) =>
      insertPosts(tx, streetId, [post]),
    )
  }
}

test('a person without a post is not let in', async () => {
  await newcomer('postless', [])
  expect((await town.client().signInAs('postless', testPassword)).code).toBe('accounts/no-post')
})

test('a person with posts in two streets names the street, and is told which there are', async () => {
  await newcomer('in-both', [town.street, town.other])
  const body = { username: 'in-both', password: testPassword }
  const asked = await town.client().call(contract.signIn, { body })
  expect(asked.code).toBe('accounts/choose-street')
  expect(asked.problem?.errors.map((error) => error.message)).toEqual([
    '990101001 滨河街道',
    '990101002 松林街道',
  ])
  const chosen = await town.client().call(contract.signIn, { body: { ...body, street: '990101002' } })
  expect(chosen.body.street.name).toBe('松林街道')
  const foreign = await town.client().call(contract.signIn, { body: { ...body, street: '999999999' } })
  expect(foreign.code).toBe('accounts/no-post')
})

test('with a one-time password nothing is open but its change', async () => {
  await newcomer('fresh', [town.street], { mustChangePassword: true })
  const browser = town.client()
  const reply = await browser.call(contract.signIn, { body: { username: 'fresh', password: testPassword } })
  expect(reply.body.mustChangePassword).toBe(true)
  expect((await browser.call(contract.listOrganisations)).code).toBe('platform/new-password-first')
  const body = { current: testPassword, next: 'Another-2026-one' }
  expect((await browser.call(contract.changePassword, { body })).status).toBe(200)
  expect((await browser.call(contract.listOrganisations)).status).toBe(200)
})

test('a one-time password that nobody used for fourteen days opens nothing, and a wrong one is told as before', async () => {
  await newcomer('late', [town.street], { mustChangePassword: true })
  await newcomer('own', [town.street])
  town.clock.moveBy(14 * 86_400_000 + 1_000)
  const signIn = async (username: string, password = testPassword) =>
    (await town.client().call(contract.signIn, { body: { username, password } })).code
  expect(await signIn('late')).toBe('accounts/one-time-password-ended')
  expect(await signIn('late', 'not-this-one')).toBe('accounts/wrong-credentials')
  expect(await signIn('own')).toBeUndefined()
})

test('a sign-in under a session replaces that session', async () => {
  const browser = town.client()
  await browser.signInAs('viewer', testPassword, totpNow())
  const earlier = browser.cookies.get('linli') ?? ''
  await browser.signInAs('system-admin', testPassword, totpNow())
  const other = town.client()
  other.cookies.set('linli', earlier)
  expect((await other.call(contract.getSession)).code).toBe('platform/not-signed-in')
  expect((await browser.call(contract.getSession)).body.roles).toEqual(['system-admin'])
})
