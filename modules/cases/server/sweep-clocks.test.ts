import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { forgetSettings } from '../../../platform/street-settings.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseView, getCase } from '../contract.ts'
import { casesJobs } from './jobs.ts'

let t: TestCases
let one: Worker
let two: Worker
const faults: unknown[] = []

beforeAll(async () => {
  t = await startTestCases()
  const start = () =>
    startWorker({
      workerUrl: t.database.workerUrl,
      ownerUrl: t.database.ownerUrl,
      clock: t.clock,
      services: t.services,
      modules: [casesJobs],
      onError: (error) => faults.push(error),
      pollMs: 0,
    })
  one = await start()
  two = await start()
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await t.close()
})

const minute = 60_000
const day = 24 * 60 * minute

async function sweep(): Promise<void> {
  await Promise.all([one.turn(), two.turn()])
  expect(faults).toEqual([])
}

/** As acts would have left it; the acts themselves have their own tests. */
async function put(filed: CaseView, set: Record<string, unknown>): Promise<void> {
  const names = Object.keys(set)
  await t.look(
    `update cases set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
    [filed.id, ...Object.values(set)],
  )
}

const from = (ms: number) => new Date(t.clock.now().getTime() + ms)

const noticesOf = async (filed: CaseView) =>
  (
    await t.look<{ notice: string }>(
      'select notice from case_notices where case_id = $1 order by at, notice',
      [filed.id],
    )
  ).map((row) => row.notice)

const eventsOf = async (filed: CaseView) =>
  (
    await t.look<{ type: string }>(
      "select type from event_outbox where subject_id = $1 and type <> 'case.file' order by at, type",
      [filed.id],
    )
  ).map((row) => row.type)

test('each notice of a clock is given once, over many sweeps and two workers, to the desk and the holder', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  const organisation = t.street.organisationId('water')
  await put(filed, {
    state: 'in-progress',
    clock_start_at: from(0),
    response_due_at: from(2 * 60 * minute),
    due_at: from(8 * 60 * minute),
    organisation_id: organisation,
  })
  await sweep()
  expect(await noticesOf(filed)).toEqual([])
  for (let step = 0; step < 6; step += 1) {
    t.clock.moveBy(100 * minute)
    await sweep()
    await sweep()
  }
  const expected = ['response-due-soon', 'response-overdue', 'due-soon', 'overdue']
  expect(await noticesOf(filed)).toEqual(expected)
  expect(await eventsOf(filed)).toEqual(expected.map((notice) => `case.${notice}`))
  const audiences = await t.look<{ audience: unknown }>(
    "select distinct audience from event_outbox where subject_id = $1 and type = 'case.overdue'",
    [filed.id],
  )
  const community = t.street.areas.get('c1')?.path
  expect(audiences).toEqual([{ audience: { area: community, organisations: [organisation] } }])
})

test('a new deadline gives new notices; a reached resident, a suspended or an answered case gives none', async () => {
  const reporter = await t.asResident('13900000001')
  const clock = {
    state: 'assigned',
    clock_start_at: from(-day),
    response_due_at: from(-minute),
    due_at: from(-minute),
  }
  const extended = await t.file(reporter)
  const reached = await t.file(reporter)
  const suspended = await t.file(reporter)
  const answered = await t.file(reporter)
  await put(extended, { ...clock, responded_at: from(-day) })
  await put(reached, { ...clock, responded_at: from(-day), due_at: from(10 * day) })
  await put(suspended, { ...clock, suspended_until: from(day), suspended_at: from(-2 * minute) })
  await put(answered, { ...clock, state: 'answered', answered_at: from(-minute) })
  t.clock.moveBy(minute)
  await sweep()
  expect(await noticesOf(extended)).toEqual(['overdue'])
  for (const quiet of [reached, suspended, answered]) expect(await noticesOf(quiet)).toEqual([])
  await put(extended, { due_at: from(day) })
  t.clock.moveBy(day + minute)
  await sweep()
  expect(await noticesOf(extended)).toEqual(['overdue', 'overdue'])
})

test('a case at the street desk concerns the street desk and no community', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  await put(filed, { state: 'accepted', desk: 'street', clock_start_at: from(-day), due_at: from(-minute) })
  t.clock.moveBy(minute)
  await sweep()
  const [event] = await t.look<{ area: string }>(
    "select audience ->> 'area' as area from event_outbox where subject_id = $1 and type = 'case.overdue'",
    [filed.id],
  )
  expect(event?.area).toBe(t.street.areas.get(t.street.code)?.path)
})

test('a late case climbs to the supervisor, then to the head of the street, each once, and its history says so to staff', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  await put(filed, {
    state: 'in-progress',
    urgency: 'P0',
    clock_start_at: from(-2 * 60 * minute),
    responded_at: from(-minute),
    due_at: from(-minute),
  })
  t.clock.moveBy(minute)
  await sweep()
  expect(await noticesOf(filed)).toEqual(['overdue'])
  t.clock.moveBy(15 * minute)
  await sweep()
  t.clock.moveBy(60 * minute)
  await sweep()
  await sweep()
  expect(await noticesOf(filed)).toEqual(['overdue', 'supervisor', 'street-head'])
  const entries = await t.look<{ rung: string; internal: boolean }>(
    "select detail ->> 'rung' as rung, internal from case_entries where case_id = $1 and act = 'climb' order by at",
    [filed.id],
  )
  expect(entries).toEqual([
    { rung: 'supervisor', internal: true },
    { rung: 'street-head', internal: true },
  ])
  const told = await t.look<{ account_id: string }>(
    "select distinct account_id from notices where subject_id = $1 and event = 'case.climbed'",
    [filed.id],
  )
  const accounts = ['supervisor', 'supervisor-2', 'duty-head', 'duty-head-2'].map(
    (name) => t.street.staff.get(name)?.accountId,
  )
  expect(told.map(({ account_id }) => account_id).sort()).toEqual(accounts.sort())
  const [staff, reporter] = [await t.as('dispatcher'), await t.asResident('13900000001')]
  const seen = await staff.call(getCase, { params: { id: filed.id } })
  expect(seen.body.ladder.map(({ step, takenAt }) => [step, takenAt !== null])).toEqual([
    ['due-soon', false],
    ['overdue', true],
    ['supervisor', true],
    ['street-head', true],
  ])
  expect((await reporter.call(getCase, { params: { id: filed.id } })).body.ladder).toEqual([])
})

test('a pause ends by itself with its day, for the minutes that were approved, and the clock goes on', async () => {
  const filed = await t.file(await t.asResident('13900000001'))
  const due = from(2 * 60 * minute)
  await put(filed, {
    state: 'in-progress',
    clock_start_at: from(-60 * minute),
    responded_at: from(-minute),
    due_at: due,
    suspended_at: from(0),
    suspended_until: from(90 * minute),
    suspended_for: 'on-site-check',
    clock_rule: JSON.stringify({
      response: { amount: 1, unit: 'clock-hours' },
      finish: { amount: 3, unit: 'clock-hours' },
      words: { zh: '三小时', en: 'three hours' },
      provisional: false,
    }),
  })
  const reporter = await t.asResident('13900000001')
  const paused = await reporter.call(getCase, { params: { id: filed.id } })
  expect(paused.body.case.clock.pause).toMatchObject({ reason: 'on-site-check' })
  // The job slept for half an hour over the end.
  t.clock.moveBy(120 * minute)
  await sweep()
  const after = await reporter.call(getCase, { params: { id: filed.id } })
  expect(after.body.case.clock.pause).toBeNull()
  expect(after.body.case.dueAt).toBe(new Date(due.getTime() + 90 * minute).toISOString())
  expect(after.body.entries.at(-1)).toMatchObject({ act: 'resume', detail: { pausedMinutes: 90 } })
})

test('an answered case that nobody rated is closed by the system after seven days; unsolved, rated, asked-for and imported ones are not', async () => {
  const reporter = await t.asResident('13900000002')
  const answered = { state: 'answered', outcome: 'solved', answer: '已修好', answered_at: from(0) }
  const plain = await t.file(reporter)
  await put(plain, answered)
  const others = {
    unsolved: { ...answered, outcome: 'unsolved' },
    rated: { ...answered, rating: JSON.stringify({ solved: false }) },
    waiting: { ...answered, pending_approval: JSON.stringify({ act: 'close' }) },
    imported: { ...answered, channel: 'import' },
    younger: { ...answered, answered_at: from(minute) },
  }
  const kept: CaseView[] = []
  for (const set of Object.values(others)) {
    const filed = await t.file(reporter)
    await put(filed, set)
    kept.push(filed)
  }
  t.clock.moveBy(7 * day)
  await sweep()
  await sweep()
  const rows = await t.look<{ state: string; version: number; closed_at: Date }>(
    'select state, version, closed_at from cases where id = $1',
    [plain.id],
  )
  expect(rows).toEqual([{ state: 'closed', version: plain.version + 1, closed_at: t.clock.now() }])
  const entries = await t.look(
    "select actor_id, from_state, to_state, detail from case_entries where case_id = $1 and act = 'close'",
    [plain.id],
  )
  expect(entries).toEqual([
    {
      actor_id: '00000000-0000-7000-8000-000000000000',
      from_state: 'answered',
      to_state: 'closed',
      detail: { outcome: 'solved', because: 'period-ended', days: 7 },
    },
  ])
  expect(await eventsOf(plain)).toEqual(['case.close'])
  expect(
    await t.look(
      "select 1 as one from audit_entries where operation = 'cases.closeExpired' and subject_id = $1",
      [plain.id],
    ),
  ).toHaveLength(1)
  const states = await t.look<{ state: string }>('select distinct state from cases where id = any($1)', [
    kept.map((one) => one.id),
  ])
  expect(states).toEqual([{ state: 'answered' }])
})

test('a street may give more days', async () => {
  const filed = await t.file(await t.asResident('13900000002'))
  await put(filed, { state: 'answered', outcome: 'partly', answered_at: from(0) })
  await t.look(
    `insert into street_settings (street_id, key, id, act, value, in_force_from, changed_at, changed_by)
      values ($1, 'cases.closeAfterDays', gen_random_uuid(), 'set', '10', $2, $2, gen_random_uuid())`,
    [t.street.streetId, t.clock.now()],
  )
  forgetSettings(t.street.streetId)
  const state = async () =>
    (await t.look<{ state: string }>('select state from cases where id = $1', [filed.id]))[0]?.state
  t.clock.moveBy(9 * day)
  await sweep()
  expect(await state()).toBe('answered')
  t.clock.moveBy(day)
  await sweep()
  expect(await state()).toBe('closed')
})

test('two years after closing the reporter is forgotten and the case stays; a long-term case keeps its reporter', async () => {
  const clerk = await t.as('clerk-c1')
  const file = () =>
    t.file(clerk, {
      channel: 'phone',
      onBehalfOf: { name: '欧阳晓明', phone: '13711112222', address: '桐荫路1号' },
    })
  const [old, young, long] = [await file(), await file(), await file()]
  await put(old, { state: 'closed', outcome: 'solved', closed_at: from(-731 * day) })
  await put(young, { state: 'closed', outcome: 'solved', closed_at: from(-729 * day) })
  await put(long, {
    state: 'closed',
    outcome: 'unsolved',
    review_on: '2030-01-01',
    closed_at: from(-731 * day),
  })
  t.clock.moveBy(60 * minute)
  await sweep()
  const left = async (filed: CaseView) =>
    (
      await t.look<Record<string, unknown>>(
        `select name_encrypted, phone_encrypted, address_encrypted, phone_index, phone_tail_index, erased_at
         from case_reporters where case_id = $1`,
        [filed.id],
      )
    )[0] ?? {}
  const { erased_at, ...rest } = await left(old)
  expect(erased_at).toEqual(t.clock.now())
  expect(Object.values(rest)).toEqual([null, null, null, null, null])
  for (const filed of [young, long])
    expect(Object.values(await left(filed)).filter((one) => one === null)).toHaveLength(1)
  expect(await t.look('select text <> $$$$ as kept from cases where id = $1', [old.id])).toEqual([
    { kept: true },
  ])
  expect(
    await t.look(
      "select detail from audit_entries where operation = 'cases.eraseContacts' and subject_id = $1",
      [old.id],
    ),
  ).toEqual([{ detail: { erased: 'reporter-contact' } }])
})
