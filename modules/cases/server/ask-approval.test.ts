import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayOf } from '../../../lib/time.ts'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter } from '../../testing/case-steps.ts'
import {
  addToCase,
  approveRequest,
  deferCase,
  extendCase,
  getCase,
  listCases,
  refuseRequest,
  resumeCase,
  returnCase,
  submitResult,
  suspendCase,
  takeCase,
} from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const until = '2026-10-20T08:00:00.000Z'

actGuards(() => ({ t, steps }), {
  act: 'return',
  contract: returnCase,
  by: 'handler-property',
  ready: () => steps.assigned(),
  body: { reason: '不在我公司管理范围' },
  wrongRole: 'verifier',
  outside: 'handler-water',
})

test('a return is only asked for: the case stays until another person at the desk approves, then it is the desk’s', async () => {
  const id = await steps.inProgress()
  const asked = await steps.act('handler-property', returnCase, id, { reason: '不在范围' })
  expect(asked).toMatchObject({ state: 'in-progress', pendingApproval: { act: 'return', mine: true } })
  expect(await refusal(steps, 'handler-property', takeCase, id, {})).toEqual([409, 'cases/wrong-state'])
  expect(
    await refusal(steps, 'handler-property', submitResult, id, { outcome: 'solved', words: '好了' }),
  ).toEqual([409, 'cases/approval-pending'])
  expect(await refusal(steps, 'supervisor', approveRequest, id, {})).toEqual([403, 'cases/not-at-your-desk'])
  const back = await steps.act('clerk-c1-2', approveRequest, id, {})
  expect(back).toMatchObject({
    state: 'accepted',
    pendingApproval: null,
    holder: { organisation: null, postId: null },
  })
  expect((await (await steps.by('handler-property')).call(getCase, { params: { id } })).status).toBe(404)
})

test('a clerk who holds an order does not approve its return; a colleague does', async () => {
  const id = await steps.inProgress('clerk-c1', personalMatter)
  await steps.act('clerk-c1', returnCase, id, { reason: '办不了' })
  expect(await refusal(steps, 'clerk-c1', approveRequest, id, {})).toEqual([
    403,
    'cases/asker-may-not-approve',
  ])
  await steps.act('clerk-c1-2', approveRequest, id, {})
})

test('residents read nothing of what desk and holder settle between them', async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', returnCase, id, { reason: '内部说明' })
  await steps.act('clerk-c1', refuseRequest, id, { words: '仍由你们办' })
  const seen = await read(steps, 'resident', id)
  expect(seen.entries.map((entry) => entry.act)).not.toContain('return')
  expect(JSON.stringify(seen)).not.toMatch(/内部说明|仍由你们办/)
})

test('after its time an order is returned no more', async () => {
  const id = await steps.assigned()
  t.clock.moveBy(49 * 3_600_000)
  expect(await refusal(steps, 'handler-property', returnCase, id, { reason: '退' })).toEqual([
    409,
    'cases/return-too-late',
  ])
})

test('extension, deferral and suspension wait for supervisor or duty head, and move the deadline only then', async () => {
  for (const act of [extendCase, deferCase]) {
    const id = await steps.inProgress()
    const asked = await steps.act('handler-property', act, id, { reason: '等配件', until })
    expect(asked.dueAt).not.toBe(until)
    expect(await refusal(steps, 'clerk-c1', approveRequest, id, {})).toEqual([403, 'cases/not-at-your-desk'])
    expect(await steps.act('supervisor', approveRequest, id, {})).toMatchObject({
      dueAt: until,
      state: 'in-progress',
    })
    const past = { reason: '等', until: '2026-09-01T00:00:00Z' }
    expect(await refusal(steps, 'handler-property', act, id, past)).toEqual([422, 'cases/date-in-past'])
  }
})

const suspended = async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', suspendCase, id, {
    kind: 'waiting-for-resident',
    reason: '等居民',
    until,
  })
  await steps.act('duty-head', approveRequest, id, {})
  return id
}

test('a suspended clock says so, is in no list of what is late, and goes on with the days it lost, to a day that is worked', async () => {
  const id = await suspended()
  const before = (await read(steps, 'handler-property', id)).case
  expect(before.clock.state).toBe('suspended')
  t.clock.moveBy(10 * 86_400_000)
  const late = await (await steps.by('supervisor')).call(listCases, { query: { due: 'overdue', limit: 100 } })
  expect(late.body.items.map((item) => item.id)).not.toContain(id)
  const after = await steps.act('handler-property', resumeCase, id, {})
  // Ten days later is the second of October, a day off: the deadline ends with the first day worked.
  expect([before.dueAt, after.dueAt].map((due) => dayOf(new Date(due ?? '')))).toEqual([
    '2026-09-22',
    '2026-10-08',
  ])
  expect(await refusal(steps, 'handler-property', resumeCase, id, {})).toEqual([409, 'cases/wrong-state'])
})

test('a clock that waits for the resident goes on once they have spoken; it waits on when somebody else adds', async () => {
  const id = await suspended()
  await steps.act('handler-property', addToCase, id, { words: '已电话联系，等他补照片。' })
  expect((await read(steps, 'resident', id)).case.clock.pause).toMatchObject({
    reason: 'waiting-for-resident',
  })
  const after = await steps.act('resident', addToCase, id, { words: '照片发来了，在三楼转角。' })
  expect(after.clock.pause).toBeNull()
  expect((await read(steps, 'resident', id)).entries.at(-1)).toMatchObject({
    act: 'resume',
    by: { role: 'system' },
  })
})

test('a result ends the suspension: no clock stands still in nobody’s hands', async () => {
  const id = await suspended()
  const view = await steps.act('handler-property', submitResult, id, {
    outcome: 'solved',
    words: '好了',
    answer: '好了',
  })
  expect(view.clock.state).not.toBe('suspended')
})

test('only a listed reason suspends', async () => {
  const id = await steps.inProgress()
  const body = { kind: 'holiday', reason: '休假', until } as never
  expect(await refusal(steps, 'handler-property', suspendCase, id, body)).toEqual([
    400,
    'platform/invalid-input',
  ])
})

test('nothing asked, nothing to approve; of two approvals at once one wins', async () => {
  const id = await steps.inProgress()
  expect(await refusal(steps, 'clerk-c1', approveRequest, id, {})).toEqual([409, 'cases/nothing-to-approve'])
  await steps.act('handler-property', returnCase, id, { reason: '退' })
  const [first, second] = [await steps.by('clerk-c1'), await steps.by('clerk-c1-2')]
  const replies = await Promise.all(
    [first, second].map((one) => one.call(approveRequest, { params: { id }, body: {} })),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
})
