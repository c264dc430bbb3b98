import { afterAll, beforeAll, expect, test } from 'vitest'
import { messagesModule } from '../../messages/server/index.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { printSlip, querySlip } from '../contract.ts'
import { queryLimits } from '../rules/slip-code.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases({ modules: [messagesModule] })
  steps = caseSteps(t)
})
afterAll(() => t.close())

const printed = async (id: string, by = 'clerk-c1') =>
  (await steps.by(by)).call(printSlip, { params: { id } })
/** Each asker from an address of their own, unless told otherwise. */
let asked = 0
const query = (number: string, code: string, address = `10.1.0.${++asked}`) =>
  t.client().call(querySlip, { body: { number, code }, headers: { 'x-forwarded-for': address } })

test('a slip says what was said in short, until when it is answered and whom to call; every printing has the same code and is audited', async () => {
  const id = await steps.filed()
  const first = await printed(id)
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject({
    streetName: t.street.name,
    desk: '天桥社区',
    acceptedAt: null,
    dueAt: null,
    title: expect.stringContaining('灯坏了'),
  })
  expect(first.body.code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  const again = await printed(id, 'secretary-c1')
  expect(again.body.code).toBe(first.body.code)
  const trail = await t.look(
    "select detail from audit_entries where operation = 'cases.printSlip' and subject_id = $1 order by at, id",
    [id],
  )
  expect(trail.map(({ detail }) => detail.slip).sort()).toEqual(['again', 'first'])
})

test('two first printings at once give one code', async () => {
  const id = await steps.filed()
  const [one, two] = await Promise.all([printed(id), printed(id, 'secretary-c1')])
  expect(one.body.code).toBe(two.body.code)
})

test('only who has the place prints, and a resident, a handler or a viewer never', async () => {
  const id = await steps.assigned()
  expect((await printed(id, 'grid-worker-c1g1')).status).toBe(200)
  expect((await printed(id, 'clerk-c2')).code).toBe('cases/not-found')
  for (const name of ['handler-property', 'viewer', 'system-admin'])
    expect((await printed(id, name)).status, name).toBe(403)
  expect((await (await steps.resident()).call(printSlip, { params: { id } })).status).toBe(403)
})

test('number and code tell where the case stands, without a sign-in, and not one word of what was said', async () => {
  const id = await steps.answered()
  const { body: slip } = await printed(id)
  const reply = await query(slip.number, slip.code.toLowerCase().replace('-', ' '))
  expect(reply.status).toBe(200)
  expect(reply.body).toEqual({
    number: slip.number,
    streetName: t.street.name,
    state: 'answered',
    filedAt: slip.filedAt,
    acceptedAt: slip.acceptedAt,
    dueAt: slip.dueAt,
    answeredAt: expect.any(String),
    closedAt: null,
    mayRate: true,
    deskPhone: '',
  })
  for (const word of ['灯', '修好', '天桥', '13900000001'])
    expect(JSON.stringify(reply.body)).not.toContain(word)
})

test('a wrong code, a wrong number and another case’s code get the same answer', async () => {
  const [one, two] = [await steps.filed(), await steps.filed()]
  const [first, second] = [(await printed(one)).body, (await printed(two)).body]
  for (const [number, code] of [
    [first.number, 'ACDE-FGHJ'],
    ['20260914-99999', first.code],
    [first.number, second.code],
    [first.number, '诉求'],
    ['', ''],
  ])
    expect((await query(number ?? '', code ?? '')).code).toBe('cases/slip-unknown')
})

test('the code stands nowhere in clear, neither in the trail nor among kept replies', async () => {
  const id = await steps.filed()
  const { code } = (await printed(id)).body
  const plain = code.replace('-', '')
  for (const table of ['case_slips', 'audit_entries', 'idempotency_keys', 'case_entries']) {
    const text = JSON.stringify(await t.look(`select * from ${table}`))
    expect(text.includes(plain) || text.includes(code), table).toBe(false)
  }
})

test('tries are limited by number and by address, wrong ones count, and the limit ends with the hour', async () => {
  t.clock.moveBy(3_600_000)
  const { body: slip } = await printed(await steps.filed())
  for (let n = 0; n < queryLimits.perNumberAndHour; n += 1)
    expect((await query(slip.number, 'ACDE-FGHJ')).code).toBe('cases/slip-unknown')
  const refused = await query(slip.number, slip.code)
  expect(refused.code).toBe('cases/slip-too-often')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  for (let n = 0; n < queryLimits.perAddressAndHour; n += 1)
    await query(`20260914-${n}`, 'ACDE-FGHJ', '10.2.0.1')
  expect((await query('20260914-1', 'ACDE-FGHJ', '10.2.0.1')).code).toBe('cases/slip-too-often')
  t.clock.moveBy(3_600_000)
  expect((await query(slip.number, slip.code)).status).toBe(200)
})
