import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { handOnCase, takeCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'take',
  contract: takeCase,
  by: 'handler-property',
  ready: () => steps.assigned(),
  body: {},
  wrongRole: 'verifier',
  outside: 'handler-water',
})

test('whoever takes it is a handler of it from now on, and so is the organisation', async () => {
  const id = await steps.inProgress()
  expect(await t.look('select handled_by, handled_organisations from cases where id = $1', [id])).toEqual([
    {
      handled_by: [t.street.staff.get('handler-property')?.accountId],
      handled_organisations: [t.street.organisationId('property')],
    },
  ])
})

test('the desk does not take what it gave away', async () => {
  expect(await refusal(steps, 'clerk-c1', takeCase, await steps.assigned(), {})).toEqual([
    403,
    'cases/not-the-holder',
  ])
})

const second = () => t.street.staff.get('handler-property-2')?.postId ?? ''

actGuards(() => ({ t, steps }), {
  act: 'hand-on',
  contract: handOnCase,
  by: 'organisation-lead-property',
  ready: () => steps.inProgress(),
  body: async () => ({ postId: second() }),
  wrongRole: 'handler-property',
  outside: 'organisation-lead-water',
  again: true,
})

test('handed on inside the organisation, it is that person’s and no colleague’s', async () => {
  const id = await steps.assigned()
  await steps.act('organisation-lead-property', handOnCase, id, { postId: second(), note: '你去一趟' })
  expect(await refusal(steps, 'handler-property', takeCase, id, {})).toEqual([403, 'cases/not-the-holder'])
  await steps.act('handler-property-2', takeCase, id, {})
  const outside = t.street.staff.get('handler-water')?.postId ?? ''
  expect(await refusal(steps, 'organisation-lead-property', handOnCase, id, { postId: outside })).toEqual([
    422,
    'cases/post-unknown',
  ])
})
