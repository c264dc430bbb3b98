/** The register: who comes in, who finds whom, what a guardian says, and what a person can see of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idCardCheck } from '../../../lib/codes.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import { consentOf, findPerson, peopleBehind, peopleModule } from './index.ts'

let t: TestStreets
beforeAll(async () => {
  t = await startTestStreets({ modules: [peopleModule] })
})
afterAll(() => t.close())

const old = () => ({
  areaId: t.street.areaId('c1'),
  name: '欧阳金丝雀',
  phone: '13711110001',
  birthOn: '1950-03-02',
})
const register = async (by: string, more: object = {}) =>
  (await t.as(by)).call(contract.registerPerson, { body: { ...old(), ...more } })

test('a clerk registers somebody of the own community: masked in every reply, encrypted in the table', async () => {
  const made = await register('clerk-c1')
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    nameMasked: '欧***雀',
    phoneMasked: '137****0001',
    age: 76,
    consent: 'not-needed',
    hasAccount: false,
    area: { code: 'c1' },
  })
  const kept = await t.look<{ text: string }>(
    'select row_to_json(p)::text || row_to_json(c)::text as text from people p join person_contacts c on c.person_id = p.id where p.id = $1',
    [made.body.id],
  )
  expect(kept[0]?.text).not.toMatch(/金丝|13711110001/)
  const [trail] = await t.look<{ operation: string; detail: object }>(
    'select operation, detail from audit_entries where subject_id = $1',
    [made.body.id],
  )
  expect(trail).toEqual({ operation: 'people.registerPerson', detail: { area: 'c1' } })
})

test('the same person a second time, another community, and those without the register are refused', async () => {
  expect((await register('clerk-c1')).code).toBe('people/known-already')
  expect((await register('clerk-c2')).code).toBe('people/not-your-area')
  for (const by of ['viewer', 'grid-worker-c1g1', 'system-admin', 'handler-property'])
    expect((await register(by)).code).toBe('platform/not-for-your-role')
})

test('under fourteen nobody is registered; an identity number has to be real and agree with the birth day', async () => {
  const child = { name: '小儿', phone: '13711110002' }
  expect((await register('clerk-c1', { ...child, birthOn: '2012-09-15' })).code).toBe('people/too-young')
  expect((await register('clerk-c1', { ...child, birthOn: '2050-01-01' })).code).toBe('people/birth-wrong')
  expect((await register('clerk-c1', { name: '某人', phone: '123' })).code).toBe('people/phone-wrong')
  const digits = '11010519491231002'
  const number = `${digits}${idCardCheck(digits)}`
  const with1949 = { name: '某人', phone: '13711110003', idNumber: number }
  expect((await register('clerk-c1', with1949)).code).toBe('people/id-number-wrong')
  const right = await register('clerk-c1', { ...with1949, birthOn: '1949-12-31' })
  expect(right.body.idNumberMasked).toBe('1101**********0021'.replace('0021', number.slice(-4)))
  const twice = await register('clerk-c1', {
    ...with1949,
    name: '另名',
    phone: '13711110004',
    birthOn: '1949-12-31',
  })
  expect(twice.code).toBe('people/known-already')
})

test('whoever asks finds by the exact phone or name only, within their areas, and every find is kept', async () => {
  const find = async (by: string, words: string) =>
    (await (await t.as(by)).call(contract.findPeople, { body: { words } })).body.items
  expect(await find('clerk-c1', ' 137 1111 0001')).toHaveLength(1)
  expect(await find('duty-head', '欧阳 金丝雀')).toHaveLength(1)
  expect(await find('clerk-c1', '欧阳')).toEqual([])
  expect(await find('clerk-c2', '13711110001')).toEqual([])
  expect(await find('other-duty-head', '13711110001')).toEqual([])
  const found = await t.look('select 1 from audit_entries where operation = $1 and subject_id is not null', [
    'people.findPeople',
  ])
  expect(found).toHaveLength(2)
})

test('a field is opened for a reason that is kept; another community does not know the person', async () => {
  const [person] = (
    await (await t.as('clerk-c1')).call(contract.findPeople, { body: { words: '欧阳金丝雀' } })
  ).body.items
  const params = { id: person?.id ?? '' }
  const ask = { params, body: { field: 'phone' as const, reason: '通知活动改期' } }
  expect((await (await t.as('clerk-c1')).call(contract.unmaskPerson, ask)).body.value).toBe('13711110001')
  expect((await (await t.as('clerk-c2')).call(contract.unmaskPerson, ask)).code).toBe('people/not-found')
  expect((await (await t.as('clerk-c2')).call(contract.getPerson, { params })).code).toBe('people/not-found')
  const kept = await t.look<{ detail: object }>('select detail from audit_entries where operation = $1', [
    'people.unmaskPerson',
  ])
  expect(kept).toEqual([{ detail: { field: 'phone', reason: '通知活动改期' } }])
})

test('a correction replaces one field and leaves the others; a stale one is refused', async () => {
  const made = (await register('secretary-c1', { name: '赵六', phone: '13711110005' })).body
  const clerk = await t.as('clerk-c1')
  const right = await clerk.call(contract.correctPerson, {
    params: { id: made.id },
    body: { name: '赵陆' },
    ifMatch: 1,
  })
  expect(right.body).toMatchObject({ nameMasked: '赵*', phoneMasked: '137****0005', version: 2 })
  const stale = await clerk.call(contract.correctPerson, {
    params: { id: made.id },
    body: { name: '赵七' },
    ifMatch: 1,
  })
  expect(stale.code).toBe('people/stale-version')
})

test('a guardian agrees for someone of sixteen and takes it back; the last word counts, and at eighteen nobody is asked', async () => {
  const minor = (await register('clerk-c1', { name: '钱学', phone: '13711110006', birthOn: '2010-01-01' }))
    .body
  expect(minor.consent).toBe('missing')
  const clerk = await t.as('clerk-c1')
  const params = { id: minor.id }
  const guardian = { name: '钱父', phone: '13711110007', relation: '父亲' }
  expect((await clerk.call(contract.giveConsent, { params, body: guardian })).body).toMatchObject({
    consent: 'given',
    guardian: { nameMasked: '钱*', relation: '父亲' },
  })
  t.clock.moveTo(new Date(t.clock.now().getTime() + 1000))
  expect((await clerk.call(contract.withdrawConsent, { params })).body).toMatchObject({
    consent: 'withdrawn',
    guardian: null,
  })
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) => {
    const row = await findPerson(tx, t.street.streetId, minor.id)
    if (!row) throw new Error('registered above')
    expect(await consentOf(tx, t.street.streetId, row, t.clock.now())).toBe('withdrawn')
    expect(await consentOf(tx, t.street.streetId, row, new Date('2028-01-01T01:00:00Z'))).toBe('not-needed')
  })
  const text = await t.look<{ text: string }>('select row_to_json(g)::text as text from guardian_consents g')
  expect(text.map((row) => row.text).join()).not.toMatch(/钱父|13711110007/)
  const grown = (await register('clerk-c1', { name: '成年', phone: '13711110008' })).body
  expect((await clerk.call(contract.giveConsent, { params: { id: grown.id }, body: guardian })).code).toBe(
    'people/consent-not-needed',
  )
})

test('a resident registers once with their own phone, and reads by post who looked at their record', async () => {
  const resident = await t.asResident('13900000001')
  expect((await resident.call(contract.getMyself)).body.person).toBeNull()
  expect((await resident.call(contract.listReadsOfMe)).code).toBe('people/not-found')
  const body = { areaId: t.street.areaId('c1'), name: '孙悟净', birthOn: '1990-05-05' }
  const made = await resident.call(contract.registerMyself, { body })
  expect(made.body).toMatchObject({ nameMasked: '孙*净', phoneMasked: '139****0001', hasAccount: true })
  expect((await resident.call(contract.registerMyself, { body })).code).toBe('people/known-already')
  t.clock.moveTo(new Date(t.clock.now().getTime() + 1000))
  const clerk = await t.as('clerk-c1')
  await clerk.call(contract.getPerson, { params: { id: made.body.id } })
  t.clock.moveTo(new Date(t.clock.now().getTime() + 1000))
  await clerk.call(contract.unmaskPerson, {
    params: { id: made.body.id },
    body: { field: 'phone', reason: '通知体检时间' },
  })
  const reads = (await resident.call(contract.listReadsOfMe)).body.items
  expect(reads).toMatchObject([
    { operation: 'people.unmaskPerson', role: 'clerk', field: 'phone', reason: '通知体检时间' },
    { operation: 'people.getPerson', role: 'clerk', placeName: '天桥社区', self: false, reason: null },
    { operation: 'people.registerMyself', role: null, self: true },
  ])
  const stranger = await t.asResident('13900000002')
  expect((await stranger.call(contract.getMyself)).body.person).toBeNull()
})

test('the human behind an account is everybody in the register with that account or its phone', async () => {
  const { keys } = t.services
  const { streetId } = t.street
  const me = t.street.residents[0]?.accountId ?? ''
  const kin = (await register('clerk-c1', { name: '孙母', phone: '13900000001' })).body
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) => {
    const behind = await peopleBehind(tx, keys, streetId, me)
    expect(behind.size).toBe(2)
    expect(behind.has(kin.id)).toBe(true)
    const clerk = t.street.staff.get('clerk-c1')?.accountId ?? ''
    expect((await peopleBehind(tx, keys, streetId, clerk)).size).toBe(0)
  })
})
