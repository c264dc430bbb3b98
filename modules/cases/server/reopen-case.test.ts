import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { contactResident, reopenCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'reopen',
  contract: reopenCase,
  by: 'resident',
  ready: () => steps.closed(),
  body: { words: '灯又坏了' },
  outside: 'clerk-c2',
})

test('reported again: the desk has it on a new clock, with nothing of the last round but its history', async () => {
  const id = await steps.closed()
  const before = await read(steps, 'resident', id)
  t.clock.moveBy(2 * 86_400_000)
  const view = await steps.act('resident', reopenCase, id, { words: '灯又坏了' })
  expect(view).toMatchObject({
    state: 'accepted',
    reopenCount: 1,
    outcome: null,
    rating: null,
    answer: null,
    closedAt: null,
    holder: { organisation: null, postId: null },
    clock: { state: 'running', which: 'response' },
  })
  expect(view.dueAt && before.case.dueAt && view.dueAt > before.case.dueAt).toBe(true)
  const after = await read(steps, 'resident', id)
  expect(after.entries.slice(0, before.entries.length).map((entry) => entry.id)).toEqual(
    before.entries.map((entry) => entry.id),
  )
  expect(after.entries.at(-1)).toMatchObject({ act: 'reopen', fromState: 'closed', toState: 'accepted' })
})

test('a contact of the last round does not stop the clock of the new one', async () => {
  const id = await steps.closed()
  const at = t.clock.now().toISOString()
  t.clock.moveBy(86_400_000)
  await steps.act('resident', reopenCase, id, { words: '还是不亮' })
  const view = await steps.act('clerk-c1', contactResident, id, { mode: 'phone', reached: true, at })
  expect(view.clock.which).toBe('response')
})

test('staff bring evidence, and only what was answered or closed is reopened', async () => {
  const id = await steps.closed()
  expect(await refusal(steps, 'grid-head-c1g1', reopenCase, id, { words: '又坏了' })).toEqual([
    422,
    'cases/evidence-missing',
  ])
  const fileIds = [await steps.photo('grid-head-c1g1')]
  await steps.act('grid-head-c1g1', reopenCase, id, { words: '又坏了', fileIds })
  expect(await refusal(steps, 'resident', reopenCase, id, { words: '还有' })).toEqual([
    409,
    'cases/wrong-state',
  ])
  expect(
    await refusal(steps, 'handler-property', reopenCase, await steps.answered(), { words: '再来' }),
  ).toEqual([422, 'cases/evidence-missing'])
})
