import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { checkCase, rateCase, solveOnSpot } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const rating = { reached: true, solved: false, satisfaction: 'fair' as const, words: '灯亮了，但是晚了。' }

actGuards(() => ({ t, steps }), {
  act: 'rate',
  contract: rateCase,
  by: 'resident',
  ready: () => steps.answered(),
  body: rating,
  outside: 'clerk-c2',
})

test('“solved” closes by the system; “not solved” moves nothing', async () => {
  const solved = await steps.answered({ outcome: 'partly' })
  expect(await steps.act('resident', rateCase, solved, { ...rating, solved: true })).toMatchObject({
    state: 'closed',
    outcome: 'solved',
  })
  const { entries } = await read(steps, 'resident', solved)
  expect(entries.at(-1)).toMatchObject({
    act: 'close',
    by: { role: 'system' },
    detail: { because: 'confirmed' },
  })
  const unsolved = await steps.answered()
  expect(await steps.act('resident', rateCase, unsolved, rating)).toMatchObject({ state: 'answered', rating })
})

test('only the reporter rates, once, and within the period after closing', async () => {
  const id = await steps.closed()
  expect(await refusal(steps, 'clerk-c1', rateCase, id, rating)).toEqual([403, 'cases/not-the-reporter'])
  await steps.act('resident', rateCase, id, rating)
  expect(await refusal(steps, 'resident', rateCase, id, rating)).toEqual([409, 'cases/already-rated'])
  const late = await steps.closed()
  t.clock.moveBy(31 * 86_400_000)
  expect(await refusal(steps, 'resident', rateCase, late, rating)).toEqual([409, 'cases/rating-closed'])
  expect(await refusal(steps, 'resident', rateCase, await steps.filed(), rating)).toEqual([
    409,
    'cases/wrong-state',
  ])
})

test('staff who reported something themselves may rate it: it is shown, never counts and closes nothing', async () => {
  const worker = await steps.by('grid-worker-c1g1')
  const { id } = await t.file(worker, { channel: 'field' })
  await steps.act('grid-worker-c1g1', solveOnSpot, id, { words: '已清理', answer: '已清理。' })
  const fileIds = [await steps.photo('verifier-c1')]
  await steps.act('verifier-c1', checkCase, id, { pass: true, mode: 'on-site', words: '看过', fileIds })
  expect(await steps.act('grid-worker-c1g1', rateCase, id, { ...rating, solved: true })).toMatchObject({
    state: 'answered',
    rating: { counts: false },
  })
})

test('a viewer sees that it was rated, and no words', async () => {
  const id = await steps.answered()
  await steps.act('resident', rateCase, id, rating)
  const seen = await read(steps, 'viewer-c1', id)
  expect(seen.case).toMatchObject({ text: null, answer: null, placeText: null, reporter: null, files: [] })
  expect(seen.case.rating).toMatchObject({ satisfaction: 'fair', words: null })
  expect(seen.entries.every((entry) => entry.words === null && Object.keys(entry.detail).length === 0)).toBe(
    true,
  )
  expect(JSON.stringify(seen)).not.toMatch(/老人|修好|晚了/)
})
