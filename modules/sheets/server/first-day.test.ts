import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type EmptyStreet, makeEmptyStreet } from '../../testing/empty-street.ts'
import {
  areasWorkbook,
  dutyWorkbook,
  organisationsCsv,
  rosterWorkbook,
  staffWorkbook,
} from '../../testing/messy-workbooks.ts'
import { type SheetSteps, sheetSteps } from '../../testing/sheet-steps.ts'
import * as contract from '../contract.ts'
import { sheetsModule } from './index.ts'

let t: TestCases
let street: EmptyStreet
let steps: SheetSteps
let system: TestClient
let security: TestClient
const faults: unknown[] = []

beforeAll(async () => {
  t = await startTestCases({ modules: [sheetsModule] })
  street = await makeEmptyStreet(t)
  steps = await sheetSteps(t, faults)
  system = await street.as('system-admin')
  security = await street.as('security-admin')
})
afterAll(async () => {
  await steps.worker.stop()
  await t.close()
  expect(faults).toEqual([])
})

const rowsOf = async (table: string): Promise<number> =>
  (
    await t.look<{ n: number }>(`select count(*)::int as n from ${table} where street_id = $1`, [
      street.streetId,
    ])
  )[0]?.n ?? 0
const errors = (detail: contract.BatchDetail) =>
  detail.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ row, column, reason }) => [row, column, reason.zh])

test('a messy list of areas is read with its heading on any line, merged cells filled, totals and notes left out', async () => {
  const uploaded = await steps.upload(system, 'areas', await areasWorkbook(), {
    name: '网格划分（终稿）.xlsx',
  })
  expect([uploaded.status, uploaded.code]).toEqual([201, undefined])
  const { sheet, batch } = uploaded.body
  expect(sheet?.sheets.map(({ name }) => name)).toEqual(['填表说明', '网格划分', '旧版'])
  expect([sheet?.chosen, sheet?.headingRow, sheet?.headingLines]).toEqual([1, 3, 2])
  expect(
    Object.fromEntries(sheet?.columns.flatMap(({ heading, key }) => (key ? [[key, heading]] : [])) ?? []),
  ).toEqual({
    name: '网格名称',
    parent: '所属社区',
    bounds: '四至范围',
  })
  const checked = await system.call(contract.checkBatch, { params: { id: batch.id } })
  expect(checked.body.batch.counts).toMatchObject({ rows: 9, add: 9, bad: 0, skipped: 2 })
  expect(await rowsOf('areas')).toBe(1)
  const confirmed = await system.call(contract.confirmBatch, {
    params: { id: batch.id },
    body: { leaveOutBad: false },
  })
  expect(confirmed.body.batch.state).toBe('applying')
  const done = await steps.settle(system, batch.id)
  expect(done.batch.counts).toMatchObject({ added: 9, failed: 0 })
  expect(
    await t.look(
      'select path::text, name, bounds_text is null as bare from areas where street_id = $1 order by path limit 4',
      [street.streetId],
    ),
  ).toEqual([
    { path: 's990101009', name: '桐荫街道', bare: true },
    { path: 's990101009.c01', name: '桐荫社区', bare: true },
    { path: 's990101009.c01.c01g01', name: '第1网格', bare: false },
    { path: 's990101009.c01.c01g02', name: '第2网格', bare: false },
  ])
})

test('the same list again changes nothing and says so', async () => {
  const checked = await steps.checked(system, 'areas', await areasWorkbook())
  expect(checked.batch.counts).toMatchObject({ rows: 9, same: 9, add: 0, change: 0 })
  expect(checked.batch.can.confirm).toBe(false)
})

test('organisations come in from a GBK csv; the row of no known kind is told with the choices', async () => {
  const checked = await steps.checked(system, 'organisations', organisationsCsv())
  expect(checked.batch.counts).toMatchObject({ rows: 9, add: 8, bad: 1 })
  expect(errors(checked)).toEqual([[11, 'kind', expect.stringContaining('物业企业')]])
  const stopped = await system.call(contract.confirmBatch, {
    params: { id: checked.batch.id },
    body: { leaveOutBad: false },
  })
  expect(stopped.code).toBe('sheets/has-faults')
  await system.call(contract.confirmBatch, { params: { id: checked.batch.id }, body: { leaveOutBad: true } })
  expect((await steps.settle(system, checked.batch.id)).batch.counts).toMatchObject({ added: 8 })
  expect(await rowsOf('organisation_areas')).toBe(3)
})

test('staff get accounts and posts; the system administrator prepares the list, the security administrator confirms it', async () => {
  const checked = await steps.checked(system, 'staff', await staffWorkbook())
  expect(checked.batch.counts).toMatchObject({ add: 22, bad: 4 })
  expect(
    errors(checked)
      .map(([, column]) => column)
      .sort(),
  ).toEqual(['phone', 'place', 'role', null].sort())
  const { id } = checked.batch
  expect(
    (await system.call(contract.confirmBatch, { params: { id }, body: { leaveOutBad: true } })).code,
  ).toBe('sheets/another-confirms')
  expect(
    (await security.call(contract.confirmBatch, { params: { id }, body: { leaveOutBad: true } })).status,
  ).toBe(200)
  const done = await steps.settle(security, id)
  expect(done.batch.counts).toMatchObject({ added: 22, failed: 0 })
  const [people] = await t.look<{ accounts: number; posts: number }>(
    `select count(distinct account_id)::int as accounts, count(*)::int as posts from posts
      where street_id = $1 and from_day <= '2026-03-05'`,
    [street.streetId],
  )
  expect(people).toEqual({ accounts: 21, posts: 22 })
})

test('one-time passwords are told once, to who confirmed, and open the account', async () => {
  const { body: list } = await security.call(contract.listBatches)
  const batch = list.items.find(({ kind }) => kind === 'staff')
  const params = { id: batch?.id ?? '' }
  expect((await steps.get(security, params.id)).batch.can.takePasswords).toBe(true)
  const taken = await security.call(contract.takePasswords, { params, body: {} })
  expect(taken.body.items).toHaveLength(21)
  const [first] = taken.body.items
  const browser = t.client()
  expect((await browser.signInAs(first?.username ?? '', first?.password ?? '')).status).toBe(200)
  expect((await security.call(contract.takePasswords, { params, body: {} })).body.items).toEqual([])
  expect((await steps.get(security, params.id)).batch.can.takePasswords).toBe(false)
})

test('a roster is read with days of three kinds merged over two shifts, and goes out again', async () => {
  const dutyHead = await street.as('duty-head')
  const checked = await steps.checked(dutyHead, 'shifts', await rosterWorkbook())
  expect(checked.batch.counts).toMatchObject({ rows: 62, add: 60, bad: 2 })
  expect(errors(checked).map(([row, column]) => [row, column])).toEqual([
    [64, 'head'],
    [65, 'head'],
  ])
  await dutyHead.call(contract.confirmBatch, {
    params: { id: checked.batch.id },
    body: { leaveOutBad: true },
  })
  const done = await steps.settle(dutyHead, checked.batch.id)
  expect(done.batch.counts).toMatchObject({ added: 60, failed: 0 })
  expect(await rowsOf('duty_shifts')).toBe(60)
  await steps.undone(dutyHead, checked.batch.id)
  expect(await rowsOf('duty_shifts')).toBe(0)
})

test('a second list under the same heading is matched as the first was, also by hand', async () => {
  const { body } = await steps.upload(system, 'organisations', organisationsCsv())
  const params = { id: body.batch.id }
  expect(body.sheet?.remembered).toBe(true)
  const matching = { name: { at: 1 }, kind: { fixed: '物业企业' } }
  const { headingRow = 2, chosen = 0 } = body.sheet ?? {}
  const changed = await system.call(contract.setMatching, {
    params,
    body: { sheet: chosen, headingRow, matching },
  })
  expect([changed.body.sheet?.fixed, changed.body.sheet?.missing]).toEqual([{ kind: '物业企业' }, []])
  expect((await system.call(contract.checkBatch, { params, body: {} })).body.batch.counts).toMatchObject({
    bad: 0,
  })
  const again = await steps.upload(system, 'organisations', organisationsCsv())
  expect(again.body.sheet?.fixed).toEqual({ kind: '物业企业' })
  const discarded = await system.call(contract.discardBatch, { params, body: {} })
  expect(discarded.body.state).toBe('discarded')
  expect(await t.look('select 1 from sheet_batch_files where batch_id = $1', [params.id])).toEqual([])
})

test('who has nothing to do with a list does not see it, in this street or another', async () => {
  const { body: list } = await security.call(contract.listBatches)
  const staff = list.items.find(({ kind }) => kind === 'staff')
  const params = { id: staff?.id ?? '' }
  expect((await (await street.as('dispatcher')).call(contract.getBatch, { params })).status).toBe(404)
  expect((await (await t.as('security-admin')).call(contract.getBatch, { params })).status).toBe(404)
  expect((await (await street.as('viewer')).call(contract.getBatch, { params })).status).toBe(403)
  const { status, code } = await steps.upload(await street.as('dispatcher'), 'staff', await staffWorkbook())
  expect([status, code]).toEqual([422, 'sheets/unknown-kind'])
})

test('undo takes out who has not signed in yet and says who stays and why', async () => {
  const { body: list } = await security.call(contract.listBatches)
  const batch = list.items.find(({ kind }) => kind === 'staff')
  const undone = await steps.undone(security, batch?.id ?? '')
  expect(undone.batch.counts).toMatchObject({ undone: 21, kept: 1 })
  expect(undone.findings.some(({ reason }) => reason.zh.includes('已经登录'))).toBe(true)
})

test('a duty list is understood by codes and by what streets call the holders', async () => {
  const before = await rowsOf('duty_rules')
  const applied = await steps.applied(system, 'duty-rules', await dutyWorkbook())
  expect(applied.batch.counts.bad).toBe(1)
  expect(applied.batch.counts.added + applied.batch.counts.changed).toBe(11)
  const kept = await t.look('select * from duty_rules where street_id = $1', [street.streetId])
  const undone = await steps.undone(system, applied.batch.id)
  expect(undone.batch.counts).toMatchObject({ kept: 0 })
  expect(await rowsOf('duty_rules')).toBe(before)
  expect(await t.look('select * from duty_rules where street_id = $1', [street.streetId])).not.toEqual(kept)
})

test('areas that something points at stay when their batch is undone, with the reason', async () => {
  const { body: list } = await system.call(contract.listBatches)
  const batch = list.items.find(({ kind, state }) => kind === 'areas' && state === 'applied')
  const undone = await steps.undone(system, batch?.id ?? '')
  expect(undone.batch.counts.kept).toBeGreaterThan(0)
  expect(undone.batch.counts.undone + undone.batch.counts.kept).toBe(9)
  expect(undone.findings.some(({ reason }) => reason.zh.includes('已经在使用'))).toBe(true)
})
