import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { remindHolder, superviseCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'remind',
  contract: remindHolder,
  by: 'clerk-c1',
  ready: () => steps.assigned(),
  body: { words: '请抓紧' },
  wrongRole: 'handler-property',
  outside: 'clerk-c2',
  again: true,
})

actGuards(() => ({ t, steps }), {
  act: 'supervise',
  contract: superviseCase,
  by: 'supervisor',
  ready: () => steps.assigned(),
  body: { words: '请于本周内办结', until: '2026-12-18T08:00:00Z' },
  wrongRole: 'clerk-c1',
  outside: 'other-supervisor',
  again: true,
})

test('words to the holder are not the resident’s, and the lawful clock does not move', async () => {
  const id = await steps.assigned()
  const before = (await read(steps, 'handler-property', id)).case.dueAt
  await steps.act('supervisor', remindHolder, id, { words: '再催一次' })
  const after = await steps.act('supervisor', superviseCase, id, {
    words: '督办',
    until: '2026-12-18T08:00:00Z',
  })
  expect(after.dueAt).toBe(before)
  expect((await read(steps, 'handler-property', id)).entries.at(-1)).toMatchObject({
    act: 'supervise',
    words: '督办',
  })
  expect(JSON.stringify(await read(steps, 'resident', id))).not.toMatch(/再催一次|督办/)
})

test('a new date lies ahead; a case that nobody holds has nobody to remind', async () => {
  const past = { words: '督办', until: '2026-01-01T00:00:00Z' }
  expect(await refusal(steps, 'supervisor', superviseCase, await steps.assigned(), past)).toEqual([
    422,
    'cases/date-in-past',
  ])
  expect(await refusal(steps, 'clerk-c1', remindHolder, await steps.accepted(), { words: '催' })).toEqual([
    409,
    'cases/wrong-state',
  ])
})
