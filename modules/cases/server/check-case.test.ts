import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter } from '../../testing/case-steps.ts'
import { checkCase, submitResult } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const fail = { pass: false, mode: 'on-site' as const, words: '灯还是不亮' }

actGuards(() => ({ t, steps }), {
  act: 'check',
  contract: checkCase,
  by: 'verifier-c1',
  ready: () => steps.submitted(),
  body: fail,
  wrongRole: 'handler-property',
  outside: 'verifier-c2',
})

test('passed, the answer goes to the resident and the clock stops', async () => {
  const id = await steps.submitted()
  expect(await steps.pass(id)).toMatchObject({ state: 'answered', clock: { state: 'stopped' } })
  expect((await read(steps, 'resident', id)).case).toMatchObject({
    state: 'answered',
    answer: '您好，灯已经修好。',
    can: { rate: { ok: true } },
  })
})

test('failed, it goes back to its holder on the original clock, and what was claimed is no outcome', async () => {
  const id = await steps.submitted()
  const before = (await read(steps, 'verifier-c1', id)).case
  const after = await steps.act('verifier-c1', checkCase, id, fail)
  expect(after).toMatchObject({ state: 'in-progress', reworkCount: 1, outcome: null, dueAt: before.dueAt })
  expect(after.holder).toEqual(before.holder)
})

test('public space is checked on site with a photo, a personal matter by call-back', async () => {
  const id = await steps.submitted()
  const pass = { pass: true, words: '已看' }
  const check = (body: object) =>
    refusal(steps, 'verifier-c1', checkCase, id, { ...pass, ...body } as typeof fail)
  expect(await check({ mode: 'call-back' })).toEqual([422, 'cases/check-mode-wrong'])
  expect(await check({ mode: 'on-site' })).toEqual([422, 'cases/evidence-missing'])
  expect(await check({ mode: 'on-site', fileIds: [await steps.photo('clerk-c1')] })).toEqual([
    422,
    'cases/file-unknown',
  ])
  const personal = await steps.submitted({}, 'grid-worker-c1g1', personalMatter)
  expect(await steps.pass(personal, 'call-back')).toMatchObject({ state: 'answered' })
})

test('without words to the resident nothing is passed', async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', submitResult, id, { outcome: 'solved', words: '好了' })
  const fileIds = [await steps.photo('verifier-c1')]
  expect(
    await refusal(steps, 'verifier-c1', checkCase, id, {
      pass: true,
      mode: 'on-site',
      words: '看过',
      fileIds,
    }),
  ).toEqual([422, 'cases/answer-missing'])
})

test('neither whoever handled nor anybody of the organisation that handled checks', async () => {
  const id = await steps.submitted()
  const barred = [403, 'cases/handler-may-not-check']
  const { streetId } = t.street
  const verifier = t.street.staff.get('verifier')?.accountId
  // Somebody at the street who also works for the firm.
  await t.look(
    "insert into posts (street_id, id, account_id, role, organisation_id, from_day) values ($1, gen_random_uuid(), $2, 'handler', $3, '2026-01-01')",
    [streetId, verifier, t.street.organisationId('property')],
  )
  expect(await refusal(steps, 'verifier', checkCase, id, fail)).toEqual(barred)
  await t.look('update cases set handled_by = handled_by || $2::uuid where id = $1', [
    id,
    t.street.staff.get('supervisor')?.accountId,
  ])
  expect(await refusal(steps, 'supervisor', checkCase, id, fail)).toEqual(barred)
  expect((await read(steps, 'supervisor', id)).case.can.check).toEqual({
    ok: false,
    why: 'cases/handler-may-not-check',
  })
})
