import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { acceptCase, getCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const repeats = async (by: string, id: string) => {
  const browser = by === 'resident' ? await steps.resident() : await steps.by(by)
  return (await browser.call(getCase, { params: { id } })).body.repeats.map((one) => one.id)
}

test('the same person about a settled matter is shown as such with the earlier case, taken on like any other, on the same clock', async () => {
  const other = await t.asResident('13900000002')
  const first = await steps.closed()
  t.clock.moveBy(60_000)
  const plain = (await t.file(other)).id
  const again = await steps.filed()
  for (const id of [plain, again])
    await steps.act('clerk-c1', acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
  expect(await repeats('clerk-c1', again)).toEqual([first])
  expect(await repeats('clerk-c1', plain)).toEqual([])
  const due = await t.look<{ due_at: Date; urgency: string }>(
    'select due_at, response_due_at, urgency, clock_rule from cases where id = any($1::uuid[])',
    [[plain, again]],
  )
  expect(due[0]).toEqual(due[1])
  expect(await repeats('resident', again)).toEqual([])
})

test('a phone says it too where the desk wrote it down; handlers, viewers and other communities learn nothing', async () => {
  const clerk = await steps.by('clerk-c1')
  const filed = async () =>
    (await t.file(clerk, { channel: 'phone', onBehalfOf: { name: '周天', phone: '13812345678' } })).id
  const settle = async (id: string) => {
    await t.look(
      "update cases set state = 'closed', outcome = 'solved', closed_at = created_at, answered_at = created_at where id = $1",
      [id],
    )
    return id
  }
  const first = await settle(await filed())
  t.clock.moveBy(3_600_000)
  const again = await filed()
  await steps.act('clerk-c1', acceptCase, again, { kind: 'complaint', matterCode: publicMatter })
  expect(await repeats('clerk-c1', again)).toEqual([first])
  expect(await repeats('viewer-c1', again)).toEqual([])
  const [row] = await t.look<{ state: string }>('select state from cases where id = $1', [again])
  expect(row?.state).toBe('accepted')
})
