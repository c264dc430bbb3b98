import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, departmentMatter, publicMatter } from '../../testing/case-steps.ts'
import { acceptCase, escalateCase, listCases, sendDownCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

actGuards(() => ({ t, steps }), {
  act: 'escalate',
  contract: escalateCase,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body: { reason: '社区办不了' },
  wrongRole: 'micro-grid-member-c1g1m1',
  outside: 'clerk-c2',
})

test('what a community or a grid worker can not settle goes to the street desk, which then holds it', async () => {
  for (const who of ['clerk-c1', 'grid-worker-c1g1']) {
    const id = await steps.filed()
    expect(await steps.act(who, escalateCase, id, { reason: '要部门来办' })).toMatchObject({
      desk: 'street',
      state: 'pending',
    })
    const { can } = (await read(steps, 'clerk-c1', id)).case
    expect(can.accept).toBeUndefined()
    await steps.act('dispatcher', acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
  }
})

test('what lies at the street desk already can not go further up', async () => {
  const id = await steps.filed()
  await steps.act('clerk-c1', escalateCase, id, { reason: '上报' })
  expect(await refusal(steps, 'clerk-c1', escalateCase, id, { reason: '再上报' })).toEqual([
    403,
    'cases/not-at-your-desk',
  ])
  expect(await refusal(steps, 'grid-worker-c1g1', escalateCase, id, { reason: '再上报' })).toEqual([
    409,
    'cases/already-at-this-desk',
  ])
})

const atStreet = async () => {
  const id = await steps.filed({ place: undefined, text: '路口的护栏被撞歪了' })
  await steps.act('dispatcher', acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
  return id
}

actGuards(() => ({ t, steps }), {
  act: 'send-down',
  contract: sendDownCase,
  by: 'dispatcher',
  ready: atStreet,
  body: async () => ({ areaId: t.street.areaId('c2') }),
  wrongRole: 'clerk-c1',
  outside: 'other-dispatcher',
})

test('sent down, a case without a place is seen, found and worked by that community', async () => {
  const id = await atStreet()
  const clerk = await steps.by('clerk-c1')
  expect((await clerk.call(listCases)).body.items.map((item) => item.id)).not.toContain(id)
  await steps.act('dispatcher', sendDownCase, id, { areaId: t.street.areaId('c1'), reason: '请社区先看' })
  expect((await read(steps, 'clerk-c1', id)).case).toMatchObject({ desk: 'community', area: { code: 'c1' } })
  const found = await clerk.call(listCases, { query: { q: '护栏' } })
  expect(found.body.items.map((item) => item.id)).toEqual([id])
})

test('a place inside the community stays as exact as it was', async () => {
  const id = await steps.filed()
  await steps.act('clerk-c1', escalateCase, id, { reason: '上报' })
  const view = await steps.act('dispatcher', sendDownCase, id, { areaId: t.street.areaId('c1') })
  expect(view.area).toMatchObject({ code: 'c1g1m1' })
})

test('a community’s duty list is a wall: what it does not hold can not be put on it', async () => {
  const id = await steps.filed({ matterCode: departmentMatter })
  expect(await refusal(steps, 'dispatcher', sendDownCase, id, { areaId: t.street.areaId('c1') })).toEqual([
    409,
    'cases/outside-duty-list',
  ])
})

test('the street itself or another street’s community is no community to send to', async () => {
  const id = await atStreet()
  for (const areaId of [t.street.areaId(t.street.code), t.other.areaId('c1')])
    expect(await refusal(steps, 'dispatcher', sendDownCase, id, { areaId })).toEqual([
      422,
      'cases/community-unknown',
    ])
})

test('a community gives back with one press what its list does not hold, and is told the rule; what it holds needs a reason', async () => {
  const id = await steps.accepted(departmentMatter)
  const seen = (await read(steps, 'clerk-c1', id)).case
  expect(seen.outsideDuty?.zh).toMatch(/^不在社区职责清单：/)
  expect((await read(steps, 'resident', id)).case.outsideDuty).toBeNull()
  const view = await steps.act('clerk-c1', escalateCase, id, { outsideDuty: true })
  expect(view).toMatchObject({ desk: 'street', outsideDuty: null })
  const { entries } = await read(steps, 'dispatcher', id)
  expect(entries.at(-1)).toMatchObject({ act: 'escalate', words: seen.outsideDuty?.zh })
  const down = await (await steps.by('dispatcher')).call(sendDownCase, {
    params: { id },
    body: { areaId: t.street.areaId('c1') },
  })
  expect(down.problem?.detail).toMatch(/依据：./)
  const own = await steps.accepted(publicMatter)
  expect((await read(steps, 'clerk-c1', own)).case.outsideDuty).toBeNull()
  expect(await refusal(steps, 'clerk-c1', escalateCase, own, { outsideDuty: true })).toEqual([
    409,
    'cases/on-duty-list',
  ])
  expect(await refusal(steps, 'clerk-c1', escalateCase, own, {})).toEqual([422, 'cases/nothing-said'])
})

test('the route promises a time: a nearer one becomes the deadline, a later one never puts the rule off', async () => {
  const accept = async (route: 'handle-now' | 'track', kind: 'help' | 'suggestion') =>
    steps.act('clerk-c1', acceptCase, await steps.filed(), { kind, matterCode: publicMatter, route })
  // A suggestion has seven working days, which is later than the seven days promised.
  const near = await accept('handle-now', 'suggestion')
  expect(near.dueAt).toBe(near.promisedAt)
  expect(near.clock.rule?.zh).toContain('马上办承诺7天内办好')
  const far = await accept('track', 'help')
  expect(Date.parse(far.promisedAt ?? '')).toBeGreaterThan(Date.parse(far.dueAt ?? ''))
  expect(far.clock.rule?.zh).not.toContain('承诺')
})
