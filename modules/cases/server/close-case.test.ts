import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { approveRequest, closeCase, listCases, refuseRequest } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'close',
  contract: closeCase,
  by: 'verifier-c1',
  ready: () => steps.answered(),
  body: { outcome: 'solved' },
  wrongRole: 'clerk-c1',
  outside: 'verifier-c2',
})

const unsolved = { outcome: 'unsolved' as const, reviewOn: '2026-12-01', words: '要等改造立项' }

test('unsolved is never closed in silence: it needs a day of review and a second person, and the resident reads it', async () => {
  const id = await steps.answered({ outcome: 'unsolved' })
  expect(await refusal(steps, 'supervisor', closeCase, id, { outcome: 'unsolved' })).toEqual([
    422,
    'cases/review-date-missing',
  ])
  expect(await refusal(steps, 'supervisor', closeCase, id, { ...unsolved, reviewOn: '2026-09-14' })).toEqual([
    422,
    'cases/date-in-past',
  ])
  const asked = await steps.act('supervisor', closeCase, id, unsolved)
  expect(asked).toMatchObject({
    state: 'answered',
    reviewOn: null,
    pendingApproval: { act: 'close', mine: true },
  })
  expect(await refusal(steps, 'supervisor', approveRequest, id, {})).toEqual([
    403,
    'cases/asker-may-not-approve',
  ])
  expect(await refusal(steps, 'supervisor-2', closeCase, id, { outcome: 'solved' })).toEqual([
    409,
    'cases/approval-pending',
  ])
  const closed = await steps.act('duty-head', approveRequest, id, {})
  expect(closed).toMatchObject({
    state: 'closed',
    outcome: 'unsolved',
    reviewOn: '2026-12-01',
    pendingApproval: null,
  })
  const seen = await read(steps, 'resident', id)
  expect(seen.case).toMatchObject({ state: 'closed', outcome: 'unsolved', reviewOn: '2026-12-01' })
  expect(seen.entries.at(-1)).toMatchObject({ act: 'approve', toState: 'closed' })
  const longTerm = await (await steps.by('supervisor')).call(listCases, { query: { due: 'long-term' } })
  expect(longTerm.body.items.map((item) => item.id)).toEqual([id])
})

test('refused, the case stays answered', async () => {
  const id = await steps.answered()
  await steps.act('supervisor', closeCase, id, unsolved)
  expect(await steps.act('supervisor-2', refuseRequest, id, { words: '再想办法' })).toMatchObject({
    state: 'answered',
    pendingApproval: null,
  })
})

test('whoever handled or assigned does not close, and does not approve the closing', async () => {
  const id = await steps.answered()
  const barred = [403, 'cases/handler-may-not-close']
  const mark = (column: string, who: string) =>
    t.look(`update cases set ${column} = ${column} || $2::uuid where id = $1`, [
      id,
      t.street.staff.get(who)?.accountId,
    ])
  await mark('assigned_by', 'supervisor')
  expect(await refusal(steps, 'supervisor', closeCase, id, { outcome: 'solved' })).toEqual(barred)
  await mark('handled_by', 'supervisor-2')
  expect(await refusal(steps, 'supervisor-2', closeCase, id, { outcome: 'solved' })).toEqual(barred)
  await steps.act('verifier-c1', closeCase, id, unsolved)
  await mark('assigned_by', 'duty-head')
  expect(await refusal(steps, 'duty-head', approveRequest, id, {})).toEqual(barred)
  await steps.act('duty-head-2', approveRequest, id, {})
})

test('what was not answered is not closed', async () => {
  expect(
    await refusal(steps, 'verifier-c1', closeCase, await steps.submitted(), { outcome: 'solved' }),
  ).toEqual([409, 'cases/wrong-state'])
})

test('three questions about the effect are answered at closing and stand in the history, also of an unsolved case', async () => {
  const id = await steps.answered()
  await steps.act('verifier-c1', closeCase, id, { outcome: 'solved', effect: true, lasting: false })
  const last = (await read(steps, 'verifier-c1', id)).entries.at(-1)
  expect(last?.detail).toEqual({ outcome: 'solved', effect: 'yes', lasting: 'no' })
})
