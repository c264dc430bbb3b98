import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { forgetSettings, readSetting } from '../../../platform/street-settings.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { displayNames } from '../../accounts/server/index.ts'
import { acceptCase, getCase } from '../../cases/contract.ts'
import { casesModule } from '../../cases/server/index.ts'
import { closeAfterDays, ownStateWords } from '../../cases/settings.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import {
  changeSetting,
  getSetting,
  getWords,
  listSettings,
  resetSetting,
  seeInstallation,
  undoChange,
} from '../contract.ts'
import { settingsModule } from './index.ts'

let t: TestCases
let admin: TestClient
beforeAll(async () => {
  t = await startTestCases({ modules: [settingsModule([casesModule], displayNames)] })
  admin = await t.as('system-admin')
})
afterAll(() => t.close())

const key = closeAfterDays.key
const day = 24 * 3_600_000
const set = (value: unknown, fromDay?: string) =>
  admin.call(changeSetting, { params: { key }, body: { value, ...(fromDay ? { fromDay } : {}) } })
const read = (street = t.street, at = t.clock.now()) =>
  inTransaction(t.pool, { actor: systemActorOf(street) }, (tx) =>
    readSetting(tx, street.streetId, closeAfterDays, at),
  )
const undo = (changeId: string) => admin.call(undoChange, { params: { key }, body: { changeId } })
const changes = () =>
  t.look<{ act: string; value: unknown }>(
    'select act, value from street_settings where street_id = $1 and key = $2 order by changed_at, id',
    [t.street.streetId, key],
  )

test('what nobody set is the default that the program ships', async () => {
  const { body } = await admin.call(listSettings)
  const one = body.items.find((item) => item.key === key)
  expect(one).toMatchObject({ value: 7, fallback: 7, isDefault: true, since: null, by: null })
  expect(one?.can.change).toBe(true)
  expect(await read()).toBe(7)
})

test('a change counts at once, says who made it and when, is audited, and is no row changed', async () => {
  const { status, body } = await set(10)
  expect(status).toBe(200)
  expect(body.setting).toMatchObject({ value: 10, isDefault: false, since: t.clock.now().toISOString() })
  expect(body.setting.by?.name).toBeTruthy()
  expect(await read()).toBe(10)
  t.clock.moveBy(60_000)
  await set(12)
  expect((await changes()).map(({ value }) => value)).toEqual([10, 12])
  const audited = await t.look<{ subject_id: string; detail: { act: string } }>(
    "select subject_id, detail from audit_entries where operation = 'settings.changeSetting'",
  )
  expect(audited.map((entry) => [entry.subject_id, entry.detail.act])).toEqual([
    [key, 'set'],
    [key, 'set'],
  ])
})

test('a change of another process counts here once its moment in memory is over', async () => {
  expect(await read(t.other)).toBe(7)
  await t.look(
    `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
     values ($1, $2, gen_random_uuid(), 'set', '20', $3, $3, gen_random_uuid())`,
    [t.other.streetId, key, t.clock.now()],
  )
  expect(await read(t.other)).toBe(7)
  forgetSettings(t.other.streetId)
  expect(await read(t.other)).toBe(20)
  expect(await read()).toBe(12)
})

test('a change from a coming day waits for it, and the page tells it before', async () => {
  const { body } = await set(30, '2026-10-01')
  expect(body.setting).toMatchObject({ value: 12, coming: [{ value: 30, from: '2026-09-30T16:00:00.000Z' }] })
  expect(await read(t.street, new Date('2026-09-30T15:59:59Z'))).toBe(12)
  expect(await read(t.street, new Date('2026-09-30T16:00:00Z'))).toBe(30)
  expect(body.history.map(({ standing }) => standing)).toEqual(['coming', 'in-force', 'past'])
})

test('an undo brings back what counted before and leaves the story whole', async () => {
  t.clock.moveBy(60_000)
  const before = (await admin.call(getSetting, { params: { key } })).body.history
  const coming = before.find(({ standing }) => standing === 'coming')
  const inForce = before.find(({ standing }) => standing === 'in-force')
  await undo(coming?.id ?? '')
  const { body } = await undo(inForce?.id ?? '')
  expect(body.setting).toMatchObject({ value: 10, coming: [] })
  expect(await read(t.street, new Date('2026-12-01T00:00:00Z'))).toBe(10)
  expect(body.history.map(({ standing }) => standing)).toEqual(['undone', 'undone', 'in-force'])
  expect(body.history[0]?.undone?.by.name).toBeTruthy()
  expect((await undo(inForce?.id ?? '')).code).toBe('settings/undone-already')
  expect((await changes()).map(({ act }) => act)).toEqual(['set', 'set', 'set', 'undo', 'undo'])
})

test('what does not fit is refused with words that name the limit, and nothing is written', async () => {
  const count = (await changes()).length
  for (const [value, words] of [
    [0, '要在1到90之间'],
    [7.5, '请填写整数'],
    ['7', '请填写数字'],
    [null, '请填写数字'],
  ] as const) {
    const reply = await set(value)
    expect([reply.status, reply.code]).toEqual([422, 'settings/value-wrong'])
    expect(reply.problem?.errors[0]).toMatchObject({ path: '/body/value' })
    expect(reply.problem?.errors[0]?.message).toContain(words)
  }
  expect((await changes()).length).toBe(count)
})

test('the past is not changed, nor is a value changed into itself', async () => {
  expect((await set(11, '2026-09-13')).code).toBe('settings/day-past')
  expect((await set(10)).code).toBe('settings/nothing-changes')
  expect((await admin.call(changeSetting, { params: { key: 'no.such' }, body: { value: 1 } })).code).toBe(
    'settings/not-found',
  )
})

test('a street goes back to the default, which is then no longer its own', async () => {
  t.clock.moveBy(60_000)
  const { body } = await admin.call(resetSetting, { params: { key }, body: {} })
  expect(body.setting).toMatchObject({ value: 7, isDefault: true })
  expect(await read()).toBe(7)
  expect((await admin.call(resetSetting, { params: { key }, body: {} })).code).toBe(
    'settings/nothing-changes',
  )
})

test('a value that no longer fits its setting counts as not set, here and on the page', async () => {
  t.clock.moveBy(60_000)
  await t.look(
    `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
     values ($1, $2, gen_random_uuid(), 'set', '"seven"', $3, $3, gen_random_uuid())`,
    [t.street.streetId, key, t.clock.now()],
  )
  forgetSettings(t.street.streetId)
  expect(await read()).toBe(7)
  expect((await admin.call(getSetting, { params: { key } })).body.setting).toMatchObject({
    value: 7,
    isDefault: true,
  })
})

test('only the system administrator changes; planners read; residents and handlers do not', async () => {
  const dispatcher = await t.as('dispatcher')
  expect((await dispatcher.call(listSettings)).body.items[0]?.can.change).toBe(false)
  const refused = await dispatcher.call(changeSetting, { params: { key }, body: { value: 9 } })
  expect(refused.code).toBe('platform/not-for-your-role')
  const resident = await t.asResident('13900000001')
  expect((await resident.call(listSettings)).code).toBe('platform/not-for-your-role')
})

test('a street’s own words reach its residents and staff, and no other street', async () => {
  const own = { 'cases.state.pending': { zh: '待接单', en: 'To be taken' } }
  const wordsKey = ownStateWords.key
  const changed = await admin.call(changeSetting, { params: { key: wordsKey }, body: { value: own } })
  expect(changed.status).toBe(200)
  const resident = await t.asResident('13900000001')
  expect((await resident.call(getWords)).body.words).toEqual(own)
  const stranger = await t.asResident('13900000003')
  expect((await stranger.call(getWords)).body.words).toEqual({})
  const wrong = await admin.call(changeSetting, {
    params: { key: wordsKey },
    body: {
      value: { 'cases.state.nowhere': { zh: '无', en: 'none' }, 'cases.state.closed': { zh: '', en: 'x' } },
    },
  })
  expect(wrong.problem?.errors.map(({ path }) => path)).toEqual([
    '/body/value/cases.state.nowhere',
    '/body/value/cases.state.closed/zh',
  ])
})

test('a time that the street changes sets the clock of what is accepted from then on, and says its source', async () => {
  const numbers = {
    response: { amount: 2, unit: 'clock-hours' },
    finish: { amount: 3, unit: 'clock-hours' },
    source: { zh: '滨河街道约定', en: 'agreed in the street' },
  }
  const accept = async () => {
    const { id } = await t.file(await t.asResident('13900000001'))
    const clerk = await t.as('clerk-c1')
    const body = { kind: 'help', matterCode: 'LX01005' } as const
    return (await clerk.call(acceptCase, { params: { id }, body })).body
  }
  const before = await accept()
  await admin.call(changeSetting, { params: { key: 'cases.clocks.general' }, body: { value: numbers } })
  const after = await accept()
  const hours = (dueAt: string | null) => (Date.parse(dueAt ?? '') - t.clock.now().getTime()) / 3_600_000
  expect(hours(after.dueAt)).toBe(3)
  expect(after.clock.rule?.zh).toContain('滨河街道约定')
  const kept = (await (await t.as('supervisor')).call(getCase, { params: { id: before.id } })).body.case
  expect(kept.dueAt).toBe(before.dueAt)
})

test('the database itself refuses to change or take away what was set', async () => {
  for (const statement of ['update street_settings set key = key', 'delete from street_settings'])
    await expect(t.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
})

test('a setting that two modules define does not start', () => {
  expect(() => settingsModule([casesModule, casesModule], displayNames)).toThrow('two settings')
})

test('what an undone future leaves is asked the same by page and reader', async () => {
  const at = new Date(t.clock.now().getTime() + 3 * day)
  const page = (await admin.call(getSetting, { params: { key } })).body.setting.value
  expect(await read(t.street, at)).toBe(page)
})

test('how the installation fares is told to the system administrator, and to nobody else of the street', async () => {
  const without = await admin.call(seeInstallation)
  expect([without.status, without.body.installation]).toEqual([200, null])
  t.services.installation = {
    look: async () => ({
      version: '0.1.0',
      startedAt: t.clock.now(),
      signals: [{ key: 'disk', state: 'warn', facts: { freeBytes: 4e9, sizeBytes: 5e10 } }],
      findings: [{ check: 'fsync', state: 'ok', zh: '好。', en: 'Good.' }],
    }),
  }
  expect((await admin.call(seeInstallation)).body.installation).toEqual({
    version: '0.1.0',
    startedAt: t.clock.now().toISOString(),
    signals: [{ key: 'disk', state: 'warn', facts: { freeBytes: 4e9, sizeBytes: 5e10 } }],
    findings: [{ check: 'fsync', state: 'ok', words: { zh: '好。', en: 'Good.' } }],
  })
  for (const role of ['duty-head', 'supervisor', 'security-admin', 'audit-admin'] as const)
    expect((await (await t.as(role)).call(seeInstallation)).status).toBe(403)
  delete t.services.installation
})
