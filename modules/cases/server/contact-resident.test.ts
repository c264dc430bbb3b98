import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { contactResident } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = { mode: 'phone' as const, reached: true }

actGuards(() => ({ t, steps }), {
  act: 'contact',
  contract: contactResident,
  by: 'handler-property',
  ready: () => steps.inProgress(),
  body,
  wrongRole: 'verifier',
  outside: 'handler-water',
  again: true,
})

const responded = async (id: string) =>
  (await t.look<{ responded_at: Date | null }>('select responded_at from cases where id = $1', [id]))[0]
    ?.responded_at

test('an attempt that did not reach is kept and stops nothing; the first that reached stops the response clock for good', async () => {
  const id = await steps.assigned()
  const missed = await steps.act('clerk-c1', contactResident, id, { mode: 'phone', reached: false })
  expect(missed.clock.which).toBe('response')
  const reached = await steps.act('handler-property', contactResident, id, body)
  expect(reached.clock.which).toBe('finish')
  const first = await responded(id)
  t.clock.moveBy(60_000)
  await steps.act('handler-property', contactResident, id, body)
  expect(await responded(id)).toEqual(first)
  const attempts = (await read(steps, 'resident', id)).entries.filter((entry) => entry.act === 'contact')
  expect(attempts.map((entry) => entry.detail.reached)).toEqual([false, true, true])
})

test('a contact of the future is refused; one from before the matter was filed stops no clock', async () => {
  const id = await steps.assigned()
  const now = t.clock.now().getTime()
  const at = (shift: number) => ({ ...body, at: new Date(now + shift).toISOString() })
  expect(await refusal(steps, 'clerk-c1', contactResident, id, at(60_000))).toEqual([
    422,
    'cases/date-in-future',
  ])
  await steps.act('clerk-c1', contactResident, id, at(-86_400_000))
  expect(await responded(id)).toBeNull()
})

test('before acceptance there is no clock to stop', async () => {
  expect(await refusal(steps, 'clerk-c1', contactResident, await steps.filed(), body)).toEqual([
    409,
    'cases/wrong-state',
  ])
})
