import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { answerNow, getCase, mergeCase, rateCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = { answer: '您好，办理地点在社区服务大厅，周一至周五九点到五点。' }

actGuards(() => ({ t, steps }), {
  act: 'answer-now',
  contract: answerNow,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body,
  wrongRole: 'verifier',
  outside: 'clerk-c2',
})

test('an inquiry is answered and closed at once; the resident reads the answer and rates it', async () => {
  const id = await steps.filed()
  await steps.act('clerk-c1', answerNow, id, body)
  const seen = await read(steps, 'resident', id)
  expect(seen.case).toMatchObject({
    state: 'closed',
    kind: 'inquiry',
    outcome: 'solved',
    answer: body.answer,
  })
  const rating = { reached: true, solved: true, satisfaction: 'satisfied' as const }
  expect(await steps.act('resident', rateCase, id, rating)).toMatchObject({
    state: 'closed',
    rating: { counts: true },
  })
})

test('an unknown matter is refused, and nothing under way is answered at once', async () => {
  expect(
    await refusal(steps, 'clerk-c1', answerNow, await steps.filed(), { ...body, matterCode: 'XX' }),
  ).toEqual([422, 'cases/matter-unknown'])
  expect(await refusal(steps, 'clerk-c1', answerNow, await steps.assigned(), body)).toEqual([
    409,
    'cases/wrong-state',
  ])
})

test('whoever was merged into it is answered too', async () => {
  const parent = await steps.accepted()
  const child = (await t.file(await t.asResident('13900000002'))).id
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: parent })
  await steps.act('clerk-c1', answerNow, parent, body)
  const seen = await (await t.asResident('13900000002')).call(getCase, { params: { id: child } })
  expect(seen.body.case).toMatchObject({ state: 'merged', answer: body.answer, can: { rate: { ok: true } } })
})
