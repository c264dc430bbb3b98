import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { getMyDuty, getRoster, putCallChain, putShifts, setLeave } from '../../accounts/contract.ts'
import { listInbox } from '../../messages/contract.ts'
import { messagesModule } from '../../messages/server/index.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { acceptCase, answerCall, answerNow, type CallRunView, getCase, listCallRuns } from '../contract.ts'
import { casesJobs } from './jobs.ts'

/** P0 by the catalogue: gas is the departments' and lies at the street's desk, what may fall at the community's. */
const gas = { matterCode: 'LX03008' }
const falling = { matterCode: 'LX03002' }

let t: TestCases
let steps: CaseSteps
let worker: Worker
let second: Worker
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases({ at: new Date('2026-09-14T15:00:00Z'), modules: [messagesModule] })
  steps = caseSteps(t)
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
  worker = await start()
  second = await start()
})
afterAll(async () => {
  await worker.stop()
  await second.stop()
  await t.close()
})

const account = (username: string) => t.street.staff.get(username)?.accountId ?? ''
const nameOf = (accountId: string) =>
  [...t.street.staff].find(([, one]) => one.accountId === accountId)?.[0] ?? ''
const areaId = (code: string) => t.street.areaId(code)

/** The night of the 14th: the street's head, and a chain after her; the community's own chain before. */
beforeEach(async () => {
  t.clock.moveTo(new Date('2026-09-14T15:00:00Z'))
  await t.look('delete from call_steps')
  await t.look('delete from call_runs')
  await t.look('delete from call_chains')
  await t.look('delete from duty_shifts')
  const head = await steps.by('duty-head')
  await head.call(putShifts, {
    params: { id: areaId(t.street.code) },
    body: { shifts: [{ day: '2026-09-14', kind: 'night', headId: account('duty-head-2'), memberIds: [] }] },
  })
  const chain = { headWaitMinutes: 5, steps: [{ accountId: account('dispatcher'), waitMinutes: 10 }] }
  await head.call(putCallChain, { params: { id: areaId(t.street.code) }, body: chain })
})

async function turn(): Promise<void> {
  await Promise.all([worker.turn(), second.turn()])
  expect(faults).toEqual([])
}
const later = (minutes: number) => t.clock.moveBy(minutes * 60_000)
const urgent = async (matter = gas) =>
  (await t.file(await steps.by('dispatcher-2'), { ...matter, channel: 'phone' })).id
const runOf = async (id: string, by = 'dispatcher'): Promise<CallRunView | undefined> =>
  (await (await steps.by(by)).call(listCallRuns, { query: { caseId: id } })).body.items[0]
const called = async (id: string) => (await runOf(id))?.steps.map((step) => nameOf(step.accountId))
const answer = async (by: string, id: string) =>
  (await steps.by(by)).call(answerCall, { params: { id }, body: {} })
test('the head on duty is called at once, the next after their minutes, each once over many turns and two workers', async () => {
  const id = await urgent()
  await turn()
  await turn()
  expect(await called(id)).toEqual(['duty-head-2'])
  later(4)
  await turn()
  expect(await called(id)).toEqual(['duty-head-2'])
  later(1)
  await turn()
  await turn()
  expect(await called(id)).toEqual(['duty-head-2', 'dispatcher'])
  const { body } = await (await steps.by('dispatcher')).call(getCase, { params: { id } })
  expect(body.entries.filter(({ act }) => act === 'call-out').map(({ detail }) => detail.part)).toEqual([
    'on-duty',
    'chain',
  ])
  const inbox = (await (await steps.by('dispatcher')).call(listInbox)).body.items
  expect(inbox.filter(({ event }) => event === 'duty.called')).toHaveLength(1)
})

test('the first who answers has it: the calling stops, the others are told, and a second person is told too', async () => {
  const id = await urgent()
  await turn()
  later(5)
  await turn()
  const won = await answer('dispatcher', id)
  expect([won.status, won.body.state, won.body.answeredBy?.accountId]).toEqual([
    200,
    'answered',
    account('dispatcher'),
  ])
  expect((await answer('dispatcher', id)).status).toBe(200)
  expect((await answer('duty-head-2', id)).code).toBe('cases/call-answered')
  later(60)
  await turn()
  expect(await called(id)).toEqual(['duty-head-2', 'dispatcher'])
  const { body } = await (await steps.by('dispatcher')).call(getCase, { params: { id } })
  expect(body.entries.filter(({ act }) => act === 'answer-call')).toHaveLength(1)
  expect((await (await steps.by('dispatcher')).call(listCallRuns)).body.items).toEqual([])
  const told = (await (await steps.by('duty-head-2')).call(listInbox)).body.items
  expect(told.some(({ event }) => event === 'duty.answered')).toBe(true)
})

test('of two who press at once exactly one has it', async () => {
  const id = await urgent()
  await turn()
  later(5)
  await turn()
  const replies = await Promise.all([answer('dispatcher', id), answer('duty-head-2', id)])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('nobody left: the supervisors and the secretary are told, and the case stays among those that nobody has', async () => {
  const id = await urgent()
  for (const minutes of [0, 5, 10, 1]) {
    later(minutes)
    await turn()
  }
  const run = await runOf(id)
  expect(run?.state).toBe('exhausted')
  expect(run?.steps.map((step) => [nameOf(step.accountId), step.part])).toEqual([
    ['duty-head-2', 'on-duty'],
    ['dispatcher', 'chain'],
    ['supervisor', 'supervisor'],
    ['supervisor-2', 'supervisor'],
  ])
  const open = (await (await steps.by('supervisor')).call(listCallRuns)).body.items
  expect(open.map((one) => [one.caseId, one.can.answer])).toEqual([[id, true]])
  expect((await answer('supervisor', id)).status).toBe(200)
})

test('a community’s chain comes first, then the street’s night', async () => {
  const secretary = await steps.by('secretary-c1')
  await secretary.call(putCallChain, {
    params: { id: areaId('c1') },
    body: { headWaitMinutes: 5, steps: [{ accountId: account('clerk-c1'), waitMinutes: 3 }] },
  })
  const id = await urgent(falling)
  for (const minutes of [0, 3, 5, 10]) {
    later(minutes)
    await turn()
  }
  expect((await called(id))?.slice(0, 3)).toEqual(['clerk-c1', 'duty-head-2', 'dispatcher'])
  expect((await runOf(id, 'secretary-c1'))?.steps.some(({ part }) => part === 'secretary')).toBe(true)
  expect((await (await steps.by('clerk-c2')).call(listCallRuns)).body.items).toEqual([])
  expect((await answer('clerk-c2', id)).code).toBe('cases/not-found')
})

test('raised to P0 at the desk it is called out; a case that goes on by itself stops the calling', async () => {
  const id = await steps.filed()
  await turn()
  expect(await runOf(id, 'clerk-c1')).toBeUndefined()
  await steps.act('clerk-c1', acceptCase, id, { kind: 'help', matterCode: 'LX01005', urgency: 'P0' })
  await turn()
  expect((await runOf(id, 'clerk-c1'))?.steps.map((step) => nameOf(step.accountId))).toEqual(['duty-head-2'])
  await steps.act('clerk-c1', answerNow, id, { answer: '已经处理好。' })
  later(30)
  await turn()
  expect((await runOf(id, 'clerk-c1'))?.state).toBe('ended')
  expect((await answer('clerk-c1', id)).code).toBe('cases/no-call')
})

test('a resident reads nothing of the calls in the history of their case', async () => {
  const id = (await t.file(await steps.resident(), gas)).id
  await turn()
  const { body } = await (await steps.resident()).call(getCase, { params: { id } })
  expect(body.entries.map(({ act }) => act)).toEqual(['file'])
  expect((await (await steps.resident()).call(listCallRuns)).code).toBe('platform/not-for-your-role')
})

test('a missing shift is told once to whoever runs the desk and stands there until it is filled', async () => {
  const gapsOf = async (by: string) =>
    (await (await steps.by(by)).call(getMyDuty)).body.gaps.map(({ day, kind }) => `${day} ${kind}`)
  later(61)
  await turn()
  await turn()
  const gaps = await gapsOf('duty-head')
  expect(gaps).toEqual([
    '2026-09-15 day',
    '2026-09-15 night',
    '2026-09-16 day',
    '2026-09-16 night',
    '2026-09-17 day',
    '2026-09-17 night',
  ])
  expect(await gapsOf('dispatcher')).toEqual([])
  const told = async () =>
    (await (await steps.by('duty-head')).call(listInbox)).body.items.filter(
      ({ event }) => event === 'duty.gap',
    )
  const first = (await told()).length
  expect(first).toBe(6)
  await (await steps.by('duty-head')).call(putShifts, {
    params: { id: areaId(t.street.code) },
    body: { shifts: [{ day: '2026-09-15', kind: 'day', headId: account('dispatcher'), memberIds: [] }] },
  })
  expect(await gapsOf('duty-head')).not.toContain('2026-09-15 day')
  later(61)
  await turn()
  expect((await told()).length).toBe(first)
})

test('at night an urgent case is told to whoever is on duty, in office hours to the whole desk', async () => {
  const toldOf = async (id: string) =>
    (
      await t.look<{ account_id: string }>(
        "select account_id from notices where subject_id = $1 and event = 'case.filed-urgent'",
        [id],
      )
    )
      .map((row) => nameOf(row.account_id))
      .sort()
  expect(await toldOf(await urgent())).toEqual(['duty-head-2'])
  later(11 * 60)
  expect(await toldOf(await urgent())).toEqual(['dispatcher', 'duty-head', 'duty-head-2'])
})

test('a shift whose head goes on leave is missing again, and its member is called in their stead', async () => {
  const head = await steps.by('duty-head')
  const roster = { params: { id: areaId(t.street.code) }, query: { month: '2026-09' } }
  const put = { day: '2026-09-14', kind: 'night', headId: account('duty-head-2') }
  await head.call(putShifts, {
    params: roster.params,
    body: { shifts: [{ ...put, memberIds: [account('dispatcher-2')] }] },
  })
  const missing = async () =>
    (await head.call(getRoster, roster)).body.gaps.some(
      ({ day, kind }) => day === put.day && kind === put.kind,
    )
  expect(await missing()).toBe(false)
  const away = await (await steps.by('security-admin')).call(setLeave, {
    params: { id: t.street.staff.get('duty-head-2')?.postId ?? '' },
    body: { fromDay: '2026-09-14', toDay: '2026-09-14' },
  })
  expect(away.status).toBe(201)
  expect(await missing()).toBe(true)
  const shift = (await head.call(getRoster, roster)).body.shifts.find(({ kind }) => kind === 'night')
  expect(shift).toMatchObject({ headThere: false })
  const id = await urgent()
  await turn()
  expect(await called(id)).toEqual(['dispatcher-2'])
})
