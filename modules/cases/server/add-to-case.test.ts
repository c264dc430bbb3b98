import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { addToCase, returnCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'add',
  contract: addToCase,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body: { words: '今天又去看了，灯还是不亮。' },
  outside: 'clerk-c2',
  again: true,
})

test('the reporter adds words and a photo of their own while the case is open, also while a request waits', async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', returnCase, id, { reason: '不属于本小区' })
  const view = await steps.act('resident', addToCase, id, { words: '是3栋2单元。' })
  expect(view.state).toBe('in-progress')
  const { entries } = await read(steps, 'resident', id)
  expect(entries.at(-1)).toMatchObject({
    act: 'add',
    mine: true,
    words: '是3栋2单元。',
    by: { role: 'resident' },
  })
})

test('nothing said and nothing shown is refused, and so is somebody else’s photo', async () => {
  const id = await steps.filed()
  expect(await refusal(steps, 'clerk-c1', addToCase, id, { words: '  ' })).toEqual([
    422,
    'cases/nothing-said',
  ])
  const foreign = await steps.photo('clerk-c2')
  expect(await refusal(steps, 'clerk-c1', addToCase, id, { fileIds: [foreign] })).toEqual([
    422,
    'cases/file-unknown',
  ])
  const own = await steps.photo('clerk-c1')
  const view = await steps.act('clerk-c1', addToCase, id, { fileIds: [own] })
  expect(view.files.map((file) => file.id)).toEqual([own])
})

test('a closed case is added to no more', async () => {
  expect(await refusal(steps, 'resident', addToCase, await steps.closed(), { words: '还有' })).toEqual([
    409,
    'cases/wrong-state',
  ])
})
