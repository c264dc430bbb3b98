import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { listDutyRules, listMatters } from '../contract.ts'

let streets: TestCases
beforeAll(async () => {
  streets = await startTestCases()
})
afterAll(async () => {
  await streets.close()
})

test('staff read the duty lists, from the grid upwards', async () => {
  const clerk = await streets.as('clerk-c1')
  const { body } = await clerk.call(listDutyRules)
  expect(body.items.length).toBeGreaterThan(300)
  expect(body.items[0]?.level).toBe('grid')
  expect(body.items.at(-1)?.level).toBe('department')
  expect(body.items.every((rule) => rule.basis.zh !== '' && rule.basis.en !== '')).toBe(true)
})

test('for one matter each kind of organisation has one line, the one with the longest prefix', async () => {
  const clerk = await streets.as('clerk-c1')
  const { body } = await clerk.call(listDutyRules, { query: { matterCode: 'LX03003' } })
  const kinds = body.items.map((rule) => rule.organisationKind)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(body.items[0]).toMatchObject({ organisationKind: 'grid', matterPrefix: 'LX03003', duty: 'must' })
})

test('the list of one kind of organisation holds nothing of another', async () => {
  const clerk = await streets.as('clerk-c1')
  const { body } = await clerk.call(listDutyRules, { query: { organisationKind: 'property' } })
  expect(body.items.length).toBeGreaterThan(10)
  expect(new Set(body.items.map((rule) => rule.organisationKind))).toEqual(new Set(['property']))
})

test('residents are refused, and so is who is not signed in', async () => {
  const resident = await streets.asResident('13900000001')
  expect((await resident.call(listDutyRules)).code).toBe('platform/not-for-your-role')
  expect((await streets.client().call(listDutyRules)).code).toBe('platform/not-signed-in')
})

test('every matter tells its clock in words, with the source of the rule', async () => {
  const clerk = await streets.as('clerk-c1')
  const { body } = await clerk.call(listMatters, { query: { q: '电梯' } })
  expect(body.items.length).toBeGreaterThan(0)
  for (const matter of body.items) expect(matter.clock.zh).toMatch(/内联系，.+内答复.*。依据：/)
})
