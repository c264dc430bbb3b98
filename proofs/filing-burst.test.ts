import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../modules/testing/case-fixture.ts'

let t: TestCases

beforeAll(async () => {
  t = await startTestCases()
})
afterAll(() => t.close())

test('More filings at once than there are connections are all kept: none waits for a number that waits for it', async () => {
  const residents = await Promise.all(['13900000001', '13900000002'].map((phone) => t.asResident(phone)))
  const replies: { status: number; body: unknown }[] = []
  const fileSome = async (index: number) => {
    for (let filed = 0; filed < 5; filed++)
      replies.push(
        await (residents[index % 2] ?? t.client()).request('POST', '/api/cases', {
          text: '楼道灯坏了',
          channel: 'resident-app',
        }),
      )
  }
  await Promise.all(Array.from({ length: 24 }, (_, index) => fileSome(index)))
  expect(replies.filter(({ status }) => status !== 201)).toEqual([])
  expect(new Set(replies.map(({ body }) => (body as { number: string }).number)).size).toBe(120)
})
