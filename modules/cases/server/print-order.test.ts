import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { printOrder, unmaskReporter } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const print = async (username: string, id: string) =>
  (await steps.by(username)).call(printOrder, { params: { id } })

test('the desk and the holder get the order as a paper; the trail says who printed it', async () => {
  const id = await steps.assigned()
  for (const username of ['clerk-c1', 'handler-property']) {
    const reply = await print(username, id)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('application/pdf')
    expect(reply.headers.get('content-disposition')).toContain(encodeURIComponent('承办单'))
  }
  const trail = await t.look<{ detail: unknown; post_id: string | null }>(
    `select detail, post_id from audit_entries where subject_id = $1 and operation = 'cases.printOrder'`,
    [id],
  )
  expect(trail.map((row) => row.detail)).toEqual(Array(2).fill({ order: 'printed', contact: '' }))
  expect(trail.every((row) => row.post_id !== null)).toBe(true)
})

test('a contact stands in clear only for half an hour after this person opened it with a reason', async () => {
  const id = await steps.assigned()
  await (await steps.by('clerk-c1')).call(unmaskReporter, {
    params: { id },
    body: { field: 'phone', reason: '单位没有账号，随承办单告知' },
  })
  const printed = async (username: string) => {
    await print(username, id)
    const rows = await t.look<{ contact: string }>(
      `select detail ->> 'contact' as contact from audit_entries
        where subject_id = $1 and operation = 'cases.printOrder' order by at, id`,
      [id],
    )
    return rows.at(-1)?.contact
  }
  expect(await printed('clerk-c1')).toBe('phone')
  expect(await printed('handler-property')).toBe('')
  t.clock.moveBy(31 * 60_000)
  expect(await printed('clerk-c1')).toBe('')
})

test('what nobody has to do yet is no order; whose it is not prints nothing', async () => {
  const early = await print('clerk-c1', await steps.accepted())
  expect([early.status, early.code]).toEqual([409, 'cases/no-order'])
  const id = await steps.assigned()
  expect((await print('handler-water', id)).status).toBe(404)
  expect([(await print('verifier', id)).status, (await print('verifier', id)).code]).toEqual([
    403,
    'cases/not-your-act',
  ])
})
