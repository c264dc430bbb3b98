import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { runJob } from '../../../platform/jobs.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import {
  checkNotice,
  getCalendarYear,
  importNotice,
  listCalendar,
  undoImport,
} from '../calendar-operations.ts'
import { acceptCase, getCase } from '../contract.ts'
import { workingCalendar } from './calendar.ts'
import { casesJobs } from './jobs.ts'

let t: TestCases
let admin: TestClient
beforeAll(async () => {
  t = await startTestCases({ at: new Date('2026-12-28T02:00:00Z') })
  admin = await t.as('system-admin')
})
afterAll(() => t.close())

// Made up: the real notice of 2027 is not out.
const notice =
  '一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月14日（周日）上班。'
const params = { year: 2027 }
const body = { text: notice, source: '国务院办公厅关于2027年部分节假日安排的通知' }

async function recount(street = t.street) {
  const job = casesJobs.jobs.find(({ task }) => task === 'cases.recountDeadlines')
  if (!job) throw new Error('no such job')
  const machine = { pool: t.pool, services: t.services }
  const queued = { street: street.streetId, payload: {} }
  await runJob(machine, job, queued as Parameters<typeof runJob>[2], t.clock.now())
}
const isWorking = (day: string) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) =>
    (await workingCalendar(tx, t.street.streetId)).isWorking(day),
  )

async function accepted() {
  const filed = await t.file(await t.asResident('13900000001'))
  const clerk = await t.as('clerk-c1')
  const reply = await clerk.call(acceptCase, {
    params: { id: filed.id },
    body: { kind: 'help', matterCode: 'LX01005' },
  })
  return reply.body
}

test('a year that is missing within ninety days is told to every member of staff', async () => {
  const { body: calendar } = await (await t.as('supervisor')).call(listCalendar)
  expect(calendar.missing).toEqual({ year: 2027, daysUntil: 4 })
  expect(calendar.years.map(({ year }) => year)).toEqual([2026, 2025, 2024])
})

test('checking a notice keeps nothing and says what would change', async () => {
  const checked = await admin.call(checkNotice, { params, body: { text: notice } })
  expect(checked.body).toMatchObject({ errors: [], changed: 12 })
  expect(checked.body.warnings[0]?.zh).toContain('清明')
  expect(await t.look('select 1 as one from calendar_changes')).toEqual([])
  expect((await (await t.as('dispatcher')).call(checkNotice, { params, body: { text: notice } })).code).toBe(
    'platform/not-for-your-role',
  )
})

test('a notice whose weekdays are of another year is refused, and nothing is kept', async () => {
  const refused = await admin.call(importNotice, { params: { year: 2028 }, body })
  expect([refused.status, refused.code]).toEqual([422, 'cases/notice-unreadable'])
  expect(refused.problem?.errors[0]?.message).toContain('是不是选错了年份')
  expect(await t.look('select 1 as one from calendar_changes')).toEqual([])
})

test('an import counts at once, moves each provisional deadline once, and the case says why', async () => {
  const provisional = await accepted()
  expect(provisional.clock.rule?.zh).toContain('尚未导入')
  const reply = await admin.call(importNotice, { params, body })
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({ known: true, source: body.source, history: [{ moved: null }] })
  expect(await isWorking('2027-01-01')).toEqual({ ok: true, working: false })
  await recount()
  await recount()
  const supervisor = await t.as('supervisor')
  const seen = (await supervisor.call(getCase, { params: { id: provisional.id } })).body
  expect(seen.case.dueAt).not.toBe(provisional.dueAt)
  expect(seen.case.clock.rule?.zh).not.toContain('尚未导入')
  const why = seen.entries.filter(({ detail }) => detail.because === 'calendar')
  expect(why).toHaveLength(1)
  expect(why[0]).toMatchObject({
    by: { role: 'system' },
    detail: { years: '2027', dueBefore: provisional.dueAt, dueAt: seen.case.dueAt },
  })
  expect((await admin.call(getCalendarYear, { params })).body.history[0]?.moved).toBe(1)
  expect((await admin.call(importNotice, { params, body })).code).toBe('cases/calendar-same')
})

test('another street counts for itself, and only its own cases', async () => {
  await recount(t.other)
  const rows = await t.look<{ street_id: number; moved: number }>(
    'select street_id, moved from calendar_recounts order by street_id',
  )
  expect(rows).toEqual([
    { street_id: t.street.streetId, moved: 1 },
    { street_id: t.other.streetId, moved: 0 },
  ])
})

test('undoing the import makes the year unknown again and deadlines provisional', async () => {
  const announced = await accepted()
  expect(announced.clock.rule?.zh).not.toContain('尚未导入')
  const importId = (await admin.call(getCalendarYear, { params })).body.history[0]?.id ?? ''
  const undone = await admin.call(undoImport, { params, body: { importId } })
  expect(undone.body).toMatchObject({ known: false, days: [] })
  expect(undone.body.history[0]?.undone?.by).toBeTruthy()
  expect((await admin.call(undoImport, { params, body: { importId } })).code).toBe('cases/import-not-latest')
  await recount()
  const supervisor = await t.as('supervisor')
  const seen = (await supervisor.call(getCase, { params: { id: announced.id } })).body.case
  expect(seen.clock.rule?.zh).toContain('2027年放假安排尚未导入')
})

test('importing is asked of the job queue and stands in the audit trail', async () => {
  const audited = await t.look<{ operation: string }>(
    "select operation from audit_entries where subject_type = 'calendar' order by at, operation",
  )
  expect(audited.map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['cases.importNotice', 'cases.recountDeadlines', 'cases.undoCalendarImport']),
  )
  for (const statement of ['update calendar_changes set year = year', 'delete from calendar_changes'])
    await expect(t.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
})
