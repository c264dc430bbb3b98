import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { approveRequest, draftAnswer, submitResult } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = { outcome: 'solved' as const, words: '灯已更换', answer: '您好，灯修好了。' }

actGuards(() => ({ t, steps }), {
  act: 'submit-result',
  contract: submitResult,
  by: 'handler-property',
  ready: () => steps.inProgress(),
  body,
  wrongRole: 'verifier',
  outside: 'handler-water',
})

test('the result waits for its check: the answer is not yet the resident’s', async () => {
  const id = await steps.submitted()
  expect((await read(steps, 'resident', id)).case).toMatchObject({
    state: 'result-submitted',
    outcome: 'solved',
    answer: null,
  })
})

test('the desk records for a holder only with the letter, call or photo it rests on, and is then a handler itself', async () => {
  const id = await steps.inProgress()
  const missing = [422, 'cases/evidence-missing']
  expect(await refusal(steps, 'clerk-c1', submitResult, id, body)).toEqual(missing)
  expect(await refusal(steps, 'clerk-c1', submitResult, id, { ...body, onBehalf: 'letter' })).toEqual(missing)
  await steps.act('clerk-c1', submitResult, id, {
    ...body,
    onBehalf: 'letter',
    fileIds: [await steps.photo('clerk-c1')],
  })
  const { entries } = await read(steps, 'clerk-c1', id)
  expect(entries.at(-1)).toMatchObject({
    act: 'submit-result',
    by: { role: 'clerk' },
    detail: { onBehalf: 'letter' },
  })
  const [row] = await t.look<{ handled_by: string[] }>('select handled_by from cases where id = $1', [id])
  expect(row?.handled_by).toContain(t.street.staff.get('clerk-c1')?.accountId)
})

test('a call is evidence by itself; somebody else’s photo is none', async () => {
  const id = await steps.inProgress()
  const foreign = [await steps.photo('clerk-c1')]
  expect(await refusal(steps, 'handler-property', submitResult, id, { ...body, fileIds: foreign })).toEqual([
    422,
    'cases/file-unknown',
  ])
  await steps.act('clerk-c1', submitResult, id, { ...body, onBehalf: 'call' })
})

actGuards(() => ({ t, steps }), {
  act: 'answer',
  contract: draftAnswer,
  by: 'handler-property',
  ready: () => steps.inProgress(),
  body: { answer: '您好，已安排更换。' },
  wrongRole: 'verifier',
  outside: 'handler-water',
  again: true,
})

test('a draft is for staff, and is what the resident gets when the check passes', async () => {
  const id = await steps.inProgress()
  await steps.act('clerk-c1', draftAnswer, id, { answer: '这是草稿。' })
  const early = await read(steps, 'resident', id)
  expect(JSON.stringify(early)).not.toContain('这是草稿')
  await steps.act('handler-property', submitResult, id, { outcome: 'solved', words: '好了' })
  await steps.pass(id)
  expect((await read(steps, 'resident', id)).case.answer).toBe('这是草稿。')
})

test('where the organisation asks for it, a handler’s result waits for its lead, and another person lets it out', async () => {
  await t.look(
    `update organisations set answers_need_approval = true where street_id = $1 and code = 'property'`,
    [t.street.streetId],
  )
  const id = await steps.inProgress()
  const asked = await steps.act('handler-property', submitResult, id, body)
  expect(asked).toMatchObject({
    state: 'in-progress',
    pendingApproval: {
      act: 'submit-result',
      mine: true,
      reason: '灯已更换',
      outcome: 'solved',
      answer: body.answer,
    },
  })
  expect(await refusal(steps, 'handler-property', approveRequest, id, {})).toEqual([
    403,
    'platform/not-for-your-role',
  ])
  const out = await steps.act('organisation-lead-property', approveRequest, id, {})
  expect(out).toMatchObject({ state: 'result-submitted', outcome: 'solved', pendingApproval: null })
  const { entries } = await read(steps, 'organisation-lead-property', id)
  expect(JSON.stringify(entries)).not.toContain(body.answer)
  const [row] = await t.look<{ handled_by: string[]; draft_answer: string }>(
    'select handled_by, draft_answer from cases where id = $1',
    [id],
  )
  expect(row?.handled_by).toContain(t.street.staff.get('handler-property')?.accountId)
  expect(row?.draft_answer).toBe(body.answer)
})
