/** Which cases a list, a search and a late word are for: each through a post that covers them, and within its time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { approveRequest, closeCase, extendCase, listCases, mergeCase, rateCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const idsOf = async (username: string, query: { mine?: boolean; q?: string }) => {
  const reply = await (await t.as(username)).call(listCases, { query: { ...query, limit: 100 } })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body.items.map(({ id }) => id)
}

/** A second post for somebody, in the area of another person's post. */
async function alsoPost(username: string, role: string, like: string): Promise<void> {
  await t.look(
    `insert into posts (street_id, id, account_id, role, area_id, area_path, from_day)
      select p.street_id, gen_random_uuid(), a.account_id, $1, p.area_id, p.area_path, p.from_day
      from posts p, posts a where p.id = $2 and a.id = $3`,
    [role, t.street.staff.get(like)?.postId, t.street.staff.get(username)?.postId],
  )
}

test('an order given to an organisation is found by its words by the organisation’s people', async () => {
  const id = await steps.assigned()
  expect(await idsOf('handler-property', { q: '楼道的灯' })).toContain(id)
  expect(await idsOf('handler-property', { q: '没有这些字' })).toEqual([])
})

test('whoever reads no texts searches in none', async () => {
  const viewer = await steps.by('viewer')
  const reply = await viewer.call(listCases, { query: { q: '楼道' } })
  expect([reply.status, reply.code]).toEqual([403, 'cases/search-without-texts'])
  expect((await viewer.call(listCases)).status).toBe(200)
})

test('an extension ends so many working days after the first deadline, however often it is asked', async () => {
  const id = await steps.inProgress()
  const due = new Date(
    (await steps.by('clerk-c1').then((b) => b.call(listCases, { query: { limit: 100 } }))).body.items.find(
      (one) => one.id === id,
    )?.dueAt ?? '',
  )
  const after = (days: number) => new Date(due.getTime() + days * 24 * 3_600_000).toISOString()
  await steps.act('handler-property', extendCase, id, { reason: '等配件', until: after(7) })
  const approved = await steps.act('supervisor', approveRequest, id, {})
  expect(approved.dueAt).toBe(after(7))
  const holder = await steps.by('handler-property')
  const more = await holder.call(extendCase, { params: { id }, body: { reason: '还要等', until: after(40) } })
  expect([more.status, more.code]).toEqual([422, 'cases/extension-too-long'])
  expect(JSON.stringify(more.body)).toMatch(/15个工作日，最晚到2\d{3}-\d\d-\d\d/)
  await steps.act('handler-property', extendCase, id, { reason: '还要等', until: after(14) })
})

test('a merged petitioner may rate as long as the parent’s reporter may', async () => {
  const parent = await steps.submitted()
  const second = await t.asResident('13900000002')
  const child = (await t.file(second)).id
  await steps.act('clerk-c1', mergeCase, child, { parentCaseId: parent })
  await steps.pass(parent)
  await steps.act('verifier-c1', closeCase, parent, { outcome: 'solved' })
  t.clock.moveBy(31 * 24 * 3_600_000)
  const again = await t.asResident('13900000002')
  const late = await again.call(rateCase, {
    params: { id: child },
    body: { reached: true, solved: true, satisfaction: 'satisfied' },
  })
  expect([late.status, late.code]).toEqual([409, 'cases/rating-closed'])
})

test('with posts in two communities, each duty waits only where its own post stands', async () => {
  const here = await steps.filed()
  const there = (await t.file(await steps.resident(), { place: t.street.pointIn('c2g1m1') })).id
  expect(await idsOf('clerk-c1', { mine: true })).toContain(here)
  await alsoPost('clerk-c1', 'viewer', 'clerk-c2')
  const mine = await idsOf('clerk-c1', { mine: true })
  expect(mine).toContain(here)
  expect(mine).not.toContain(there)
  expect(await idsOf('clerk-c1', { q: '楼道的灯' })).not.toContain(there)
})
