import { afterAll, beforeAll, expect, test } from 'vitest'
import { endPost } from '../../accounts/contract.ts'
import { actGuards, read } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { assignCase, listCases, recallCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'recall',
  contract: recallCase,
  by: 'clerk-c1',
  ready: () => steps.inProgress(),
  body: async () => ({ reason: '三天没有动静' }),
  wrongRole: 'supervisor',
  outside: 'clerk-c2',
})

test('taken back it waits at the desk on the same clock, the holder no longer sees it, and it can be given anew', async () => {
  const id = await steps.inProgress()
  const before = (await read(steps, 'clerk-c1', id)).case
  const after = await steps.act('clerk-c1', recallCase, id, { reason: '要找别的单位' })
  expect(after).toMatchObject({ state: 'accepted', dueAt: before.dueAt, holder: { organisation: null } })
  const gone = await (await steps.by('handler-property')).call(listCases, { query: { limit: 100 } })
  expect(gone.body.items.map((one) => one.id)).not.toContain(id)
  const given = await steps.act('clerk-c1', assignCase, id, {
    organisationId: t.street.organisationId('property'),
  })
  expect(given.state).toBe('assigned')
})

test('when the holder’s post has ended, the desk’s list of today says that nobody works on it', async () => {
  const id = await steps.inProgress('grid-worker-c1g1')
  const today = async () =>
    (
      await (await steps.by('clerk-c1')).call(listCases, { query: { mine: true, limit: 100 } })
    ).body.items.find((one) => one.id === id)
  expect(await today()).toBeUndefined()
  const admin = await steps.by('security-admin')
  const ended = await admin.call(endPost, {
    params: { id: t.street.staff.get('grid-worker-c1g1')?.postId ?? '' },
    body: {},
  })
  expect(ended.status, JSON.stringify(ended.body)).toBe(200)
  expect(await today()).toMatchObject({ state: 'in-progress', holder: { vacant: true } })
})
