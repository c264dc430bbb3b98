import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { fileCase, getCase, listCases } from '../contract.ts'

let t: TestCases
beforeAll(async () => {
  t = await startTestCases()
})
afterAll(() => t.close())

test('a resident’s word becomes a pending case at the community desk of its micro-grid, with a number and an entry', async () => {
  const resident = await t.asResident('13900000001')
  const filed = await t.file(resident)
  expect(filed).toMatchObject({ state: 'pending', desk: 'community', version: 1, area: { code: 'c1g1m1' } })
  expect(filed.number).toMatch(/^20260914-\d{5}$/)
  const read = await resident.call(getCase, { params: { id: filed.id } })
  expect(read.body.entries).toMatchObject([
    { act: 'file', toState: 'pending', mine: true, by: { role: 'resident' } },
  ])
  expect(read.body.case.can).toMatchObject({
    add: { ok: true },
    rate: { ok: false, why: 'cases/wrong-state' },
  })
})

test('the filing is audited in the same transaction and heard of on live screens', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  expect(
    await t.look('select operation, outcome, detail from audit_entries where subject_id = $1', [filed.id]),
  ).toEqual([
    {
      operation: 'cases.fileCase',
      outcome: 'done',
      detail: { act: 'file', channel: 'resident-app', onBehalf: false },
    },
  ])
  expect(await t.look('select type from event_outbox where subject_id = $1', [filed.id])).toEqual([
    { type: 'case.file' },
  ])
})

test('without a place, or outside every boundary, the case waits at the street desk and is not lost', async () => {
  const resident = await t.asResident('13900000001')
  const nowhere = await t.file(resident, { place: undefined })
  const outside = await t.file(resident, { place: { lng: 100, lat: 20, datum: 'wgs84' } })
  for (const filed of [nowhere, outside])
    expect(filed).toMatchObject({ desk: 'street', area: { level: 'street' } })
})

test('a matter that only departments can settle starts at the street desk', async () => {
  const matters = await t.look<{ code: string }>(
    "select code from matters where level = 'department' and local_extension limit 1",
  )
  const filed = await t.file(await t.asResident('13900000001'), { matterCode: matters[0]?.code })
  expect(filed.desk).toBe('street')
})

test('the same key files once, however often it is sent; another body under it is refused', async () => {
  const resident = await t.asResident('13900000001')
  const body = { text: '同一条诉求', channel: 'resident-app' as const }
  const sent = { idempotencyKey: 'one-key-for-one-case' }
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => resident.call(fileCase, { body, ...sent })),
  )
  expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(1)
  expect(await t.look("select count(*)::int as n from cases where text = '同一条诉求'")).toEqual([{ n: 1 }])
  const other = await resident.call(fileCase, { body: { ...body, text: '另一条' }, ...sent })
  expect([other.status, other.code]).toEqual([422, 'platform/idempotency-key-reused'])
})

test('a POST without a key is refused before anything is written', async () => {
  const resident = await t.asResident('13900000001')
  const reply = await resident.call(fileCase, {
    body: { text: '没有钥匙', channel: 'resident-app' },
    idempotencyKey: '',
  })
  expect([reply.status, reply.code]).toEqual([400, 'platform/idempotency-key-missing'])
  expect(await t.look("select count(*)::int as n from cases where text = '没有钥匙'")).toEqual([{ n: 0 }])
})

test('nothing said and nothing shown is refused with words that say what to do', async () => {
  const reply = await (await t.asResident('13900000001')).call(fileCase, {
    body: { channel: 'resident-app' },
  })
  expect([reply.status, reply.code]).toEqual([422, 'cases/nothing-said'])
  expect(reply.problem?.detail).toContain('请写几句话')
})

test('a neighbour gets the same 404 for another’s case as for none, and an empty list', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  const neighbour = await t.asResident('13900000002')
  const foreign = await neighbour.call(getCase, { params: { id: filed.id } })
  const none = await neighbour.call(getCase, { params: { id: '01900000-0000-7000-8000-000000000000' } })
  expect([foreign.status, foreign.code]).toEqual([none.status, none.code])
  expect(foreign.status).toBe(404)
  expect((await neighbour.call(listCases)).body.items).toEqual([])
})

test('staff file on behalf: the phone is kept sealed, found by index and shown masked', async () => {
  const clerk = await t.as('clerk-c1')
  const filed = await t.file(clerk, {
    channel: 'phone',
    onBehalfOf: { name: '欧阳晓明', phone: '13711112222', address: '桐荫路1号3栋2单元501' },
  })
  expect(filed.reporter).toMatchObject({ name: '欧**明', phone: '137****2222' })
  expect(filed.reporter?.address).not.toContain('501')
  const rows = await t.look<{ row: string }>(
    'select r::text as row from case_reporters r where case_id = $1',
    [filed.id],
  )
  expect(rows[0]?.row).not.toMatch(/13711112222|欧阳|501/)
})

test('a resident on whose behalf a clerk files finds the case among their own', async () => {
  const clerk = await t.as('clerk-c1')
  const filed = await t.file(clerk, { channel: 'phone', onBehalfOf: { phone: '13900000002' } })
  const own = await (await t.asResident('13900000002')).call(listCases)
  expect(own.body.items.map((item) => item.id)).toContain(filed.id)
})

test('an id that a phone chose files once: the second filing under a new key is told so and writes nothing', async () => {
  const resident = await t.asResident('13900000001')
  const body = {
    id: '01991234-0000-7000-8000-00000000c0de',
    text: '信号断了又发了一遍',
    channel: 'resident-app' as const,
  }
  expect((await resident.call(fileCase, { body })).status).toBe(201)
  const again = await resident.call(fileCase, { body })
  expect([again.status, again.code]).toEqual([409, 'cases/id-taken'])
  expect(await t.look("select count(*)::int as n from cases where text = '信号断了又发了一遍'")).toEqual([
    { n: 1 },
  ])
})
