import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { declineCase, mergeCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = {
  reason: 'outside-competence' as const,
  whereToTurn: '市场监管所',
  answer: '您反映的事项不属于街道职责，请联系市场监管所。',
}

actGuards(() => ({ t, steps }), {
  act: 'decline',
  contract: declineCase,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body,
  wrongRole: 'grid-head-c1g1',
  outside: 'clerk-c2',
})

test('the resident reads why, and where to turn', async () => {
  const id = await steps.accepted()
  await steps.act('clerk-c1', declineCase, id, body)
  const seen = await read(steps, 'resident', id)
  expect(seen.case).toMatchObject({ state: 'declined', answer: body.answer, can: { rate: { ok: false } } })
  expect(seen.entries.at(-1)).toMatchObject({
    act: 'decline',
    detail: { reason: 'outside-competence', whereToTurn: '市场监管所' },
  })
})

test('without a listed reason, without words, or without where to turn it is no refusal of a case', async () => {
  const id = await steps.filed()
  for (const bad of [
    { ...body, reason: 'too-busy' },
    { ...body, answer: '' },
    { ...body, whereToTurn: '' },
  ])
    expect(await refusal(steps, 'clerk-c1', declineCase, id, bad as typeof body)).toEqual([
      400,
      'platform/invalid-input',
    ])
})

test('nothing is declined that was already given to somebody', async () => {
  expect(await refusal(steps, 'clerk-c1', declineCase, await steps.assigned(), body)).toEqual([
    409,
    'cases/wrong-state',
  ])
})

test('whoever was merged into it hears the same', async () => {
  const parent = await steps.accepted()
  const child = await steps.filed()
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: parent })
  await steps.act('clerk-c1', declineCase, parent, body)
  expect((await read(steps, 'resident', child)).case.answer).toBe(body.answer)
})
