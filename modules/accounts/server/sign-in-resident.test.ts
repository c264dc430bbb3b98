import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { testStart } from '../../../platform/testing/test-server.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
})
afterAll(() => town.close())

let hours = 0
beforeEach(() => {
  hours += 2
  town.clock.moveTo(new Date(testStart.getTime() + hours * 3_600_000))
})

const street = '990101001'
const ask = (phone: string, address = '10.0.0.1') =>
  town.client().call(contract.requestResidentCode, {
    body: { phone },
    headers: { 'x-forwarded-for': address },
  })
const codeSentTo = (phone: string) =>
  /\d{6}/.exec(town.texts.filter((text) => text.phone === phone).at(-1)?.text ?? '')?.[0] ?? ''
const signIn = (phone: string, code: string, browser: TestClient = town.client(), where?: string) =>
  browser.call(contract.signInResident, {
    body: { phone, code, ...(where === undefined ? {} : { street: where }) },
  })
const otherThan = (code: string) => (code === '111111' ? '222222' : '111111')

test('the code sent opens a session of the street that the resident named before', async () => {
  expect((await ask('13900000001')).body).toEqual({ sent: true, validMinutes: 5 })
  const browser = town.client()
  const reply = await signIn('13900000001', codeSentTo('13900000001'), browser)
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({
    kind: 'resident',
    displayName: '139****0001',
    street: { code: street },
    roles: ['resident'],
    posts: [],
    mustEnrolTotp: false,
  })
  expect(reply.headers.get('set-cookie')).toMatch(/Max-Age=2592000/)
  town.clock.moveBy(29 * 24 * 3_600_000)
  expect((await browser.call(contract.getSession)).status).toBe(200)
  town.clock.moveBy(24 * 3_600_000)
  expect((await browser.call(contract.getSession)).status).toBe(401)
})

test('a first sign-in names its street and makes the account; the second finds it', async () => {
  await ask('138 1234 5678')
  const code = codeSentTo('13812345678')
  const unnamed = await signIn('13812345678', code)
  expect([unnamed.status, unnamed.code]).toEqual([409, 'accounts/choose-street'])
  const first = await signIn('13812345678', code, town.client(), street)
  expect(first.status).toBe(200)
  town.clock.moveBy(60_000)
  await ask('+8613812345678')
  const second = await signIn('13812345678', codeSentTo('13812345678'))
  expect(second.body.accountId).toBe(first.body.accountId)
})

test('neither phone nor code stands in the database in clear', async () => {
  await ask('13800001234')
  await signIn('13800001234', codeSentTo('13800001234'), town.client(), street)
  const rows = await town.look<{ text: string }>(
    `select row_to_json(t)::text as text from account_contacts t union all select row_to_json(t)::text from sms_codes t
     union all select row_to_json(t)::text from rate_limits t union all select row_to_json(t)::text from audit_entries t`,
  )
  expect(rows.length).toBeGreaterThan(5)
  for (const { text } of rows) {
    expect(text).not.toContain('13800001234')
    expect(text).not.toContain(`"${codeSentTo('13800001234')}"`)
  }
})

test('a code is good once, only the newest, and for five minutes', async () => {
  await ask('13900000002')
  const first = codeSentTo('13900000002')
  town.clock.moveBy(60_000)
  await ask('13900000002')
  const second = codeSentTo('13900000002')
  if (first !== second) expect((await signIn('13900000002', first)).code).toBe('accounts/wrong-code')
  expect((await signIn('13900000002', second)).status).toBe(200)
  expect((await signIn('13900000002', second)).code).toBe('accounts/wrong-code')
  town.clock.moveBy(60_000)
  await ask('13900000002')
  town.clock.moveBy(5 * 60_000)
  expect((await signIn('13900000002', codeSentTo('13900000002'))).code).toBe('accounts/wrong-code')
})

test('after five wrong tries the code is dead, one after another or side by side', async () => {
  for (const sideBySide of [false, true]) {
    town.clock.moveBy(60_000)
    await ask('13900000001')
    const code = codeSentTo('13900000001')
    const wrong = () => signIn('13900000001', otherThan(code))
    if (sideBySide) await Promise.all(Array.from({ length: 12 }, wrong))
    else for (let i = 0; i < 5; i++) expect((await wrong()).code).toBe('accounts/wrong-code')
    expect((await signIn('13900000001', code)).code).toBe('accounts/wrong-code')
    const [kept] = await town.look<{ tries: number }>(
      'select tries from sms_codes order by sent_at desc limit 1',
    )
    expect(kept?.tries).toBe(5)
  }
  const failed = await town.look(
    `select 1 from audit_entries where operation = 'accounts.signInResident' and outcome = 'refused' and street_id = $1`,
    [town.street.streetId],
  )
  expect(failed.length).toBeGreaterThan(0)
})

test('a phone gets one code a minute and five an hour', async () => {
  expect((await ask('13700000001')).status).toBe(200)
  town.clock.moveBy(59_000)
  const early = await ask('13700000001')
  expect([early.status, early.code, early.headers.get('retry-after')]).toEqual([
    429,
    'accounts/code-too-often',
    '1',
  ])
  for (let i = 0; i < 4; i++) {
    town.clock.moveBy(60_000)
    expect((await ask('13700000001')).status).toBe(200)
  }
  town.clock.moveBy(60_000)
  expect((await ask('13700000001')).code).toBe('accounts/code-too-often')
  town.clock.moveBy(3_600_000)
  expect((await ask('13700000001')).status).toBe(200)
})

test('one address asks for twenty codes an hour, whoever’s phones', async () => {
  for (let i = 10; i < 30; i++) expect((await ask(`136000000${i}`, '10.0.0.9')).status).toBe(200)
  expect((await ask('13600000099', '10.0.0.9')).code).toBe('accounts/code-too-often')
  expect((await ask('13600000099', '10.0.0.10')).status).toBe(200)
})

test('what is no mobile number is refused with its path', async () => {
  const reply = await ask('12345')
  expect([reply.status, reply.problem?.errors[0]?.path]).toEqual([400, '/body/phone'])
})

test('outside a demo 000000 opens nothing', async () => {
  expect((await signIn('13900000001', '000000')).code).toBe('accounts/wrong-code')
})

test('a gateway that fails is told, and the next try is a minute away', async () => {
  const { send } = town.services.sms
  town.services.sms.send = async () => {
    throw new Error('no route')
  }
  const reply = await ask('13500000001')
  town.services.sms.send = send
  expect([reply.status, reply.code]).toEqual([503, 'platform/busy'])
  town.clock.moveBy(60_000)
  expect((await ask('13500000001')).status).toBe(200)
})
