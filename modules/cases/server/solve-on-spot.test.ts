import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { checkCase, solveOnSpot } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'solve-on-spot',
  contract: solveOnSpot,
  by: 'grid-worker-c1g1',
  ready: () => steps.filed(),
  body: { words: '已当场清理', answer: '已清理。' },
  wrongRole: 'clerk-c1',
  outside: 'grid-worker-c2g1',
})

test('solved on the spot waits for its check; when the check fails, whoever solved it holds it on a clock', async () => {
  for (const who of ['micro-grid-member-c1g1m1', 'grid-head-c1g1']) {
    const id = await steps.filed()
    await steps.act(who, solveOnSpot, id, { fileIds: [await steps.photo(who)], answer: '已清理。' })
    const failed = await steps.act('verifier-c1', checkCase, id, {
      pass: false,
      mode: 'on-site',
      words: '没清完',
    })
    expect(failed).toMatchObject({
      state: 'in-progress',
      holder: { postId: t.street.staff.get(who)?.postId },
      clock: { state: 'running' },
    })
    expect((await read(steps, who, id)).case.can['submit-result']).toEqual({ ok: true })
  }
})

test('neither words nor photo is no evidence, and another grid’s case is not theirs to solve', async () => {
  const id = await steps.filed()
  expect(await refusal(steps, 'grid-worker-c1g1', solveOnSpot, id, {})).toEqual([
    422,
    'cases/evidence-missing',
  ])
  expect(
    await refusal(steps, 'grid-worker-c1g1', solveOnSpot, await steps.assigned(), { words: '好' }),
  ).toEqual([409, 'cases/wrong-state'])
})

test('whoever solved it does not check it, in whatever other post', async () => {
  const id = await steps.filed()
  await steps.act('grid-worker-c1g1', solveOnSpot, id, { words: '已处理', answer: '已处理。' })
  await t.look(
    "insert into posts (street_id, id, account_id, role, area_id, area_path, from_day) select $1, gen_random_uuid(), $2, 'verifier', id, path, '2026-01-01' from areas where street_id = $1 and code = 'c1'",
    [t.street.streetId, t.street.staff.get('grid-worker-c1g1')?.accountId],
  )
  expect(
    await refusal(steps, 'grid-worker-c1g1', checkCase, id, { pass: false, mode: 'on-site', words: '看' }),
  ).toEqual([403, 'cases/handler-may-not-check'])
})
