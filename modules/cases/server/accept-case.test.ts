import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { acceptCase, listCases } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const body = { kind: 'complaint' as const, matterCode: publicMatter }

actGuards(() => ({ t, steps }), {
  act: 'accept',
  contract: acceptCase,
  by: 'clerk-c1',
  ready: () => steps.filed(),
  body,
  wrongRole: 'grid-worker-c1g1',
  outside: 'clerk-c2',
})

test('acceptance settles kind and matter and starts both clocks, shown with their rule', async () => {
  const id = await steps.filed()
  const view = await steps.act('clerk-c1', acceptCase, id, body)
  expect(view).toMatchObject({
    state: 'accepted',
    kind: 'complaint',
    matter: { code: publicMatter },
    responseDueAt: '2026-09-15T01:00:00.000Z',
    dueAt: '2026-09-20T15:59:59.999Z',
    clock: { state: 'running', which: 'response', rule: { zh: expect.stringContaining('5个工作日') } },
  })
  const { entries } = await read(steps, 'clerk-c1', id)
  expect(entries.at(-1)).toMatchObject({
    act: 'accept',
    fromState: 'pending',
    toState: 'accepted',
    by: { role: 'clerk', place: '天桥社区' },
  })
})

test('a matter that is not in the catalogue is refused, and the case stays where it is', async () => {
  const id = await steps.filed()
  const reply = await (await steps.by('clerk-c1')).call(acceptCase, {
    params: { id },
    body: { ...body, matterCode: 'XX99' },
  })
  expect([reply.status, reply.code]).toEqual([422, 'cases/matter-unknown'])
  expect((await read(steps, 'clerk-c1', id)).case).toMatchObject({ state: 'pending', version: 1 })
})

test('a desk corrects the place within its own area, and search finds the case there; beyond it, it may not', async () => {
  const id = await steps.filed({ text: '广场音响深夜扰民' })
  const clerk = await steps.by('clerk-c1')
  const beyond = await clerk.call(acceptCase, {
    params: { id },
    body: { ...body, areaId: t.street.areaId('c2g1') },
  })
  expect([beyond.status, beyond.code]).toEqual([422, 'cases/community-unknown'])
  const moved = await steps.act('clerk-c1', acceptCase, id, { ...body, areaId: t.street.areaId('c1g2m2') })
  expect(moved.area).toMatchObject({ code: 'c1g2m2' })
  const found = async (who: string) =>
    (await (await steps.by(who)).call(listCases, { query: { q: '扰民' } })).body.items.map((item) => item.id)
  expect(await found('grid-head-c1g2')).toEqual([id])
  expect(await found('grid-head-c1g1')).toEqual([])
})

test('the street desk does not accept what lies at the community desk', async () => {
  const id = await steps.filed()
  const reply = await (await steps.by('dispatcher')).call(acceptCase, { params: { id }, body })
  expect([reply.status, reply.code]).toEqual([403, 'cases/not-at-your-desk'])
})

test('what is accepted already is a conflict; urgency is the matter’s unless the desk names one', async () => {
  const id = await steps.filed()
  expect(await steps.act('clerk-c1', acceptCase, id, { ...body, urgency: 'P1' })).toMatchObject({
    urgency: 'P1',
  })
  const again = await (await steps.by('clerk-c1')).call(acceptCase, { params: { id }, body })
  expect([again.status, again.code]).toEqual([409, 'cases/wrong-state'])
})

test('what the matter asks for is kept; what it does not ask for, or does not fit, is named and nothing is lost', async () => {
  const id = await steps.filed()
  const clerk = await steps.by('clerk-c1')
  const accept = (extra: Record<string, string | number | boolean>) =>
    clerk.call(acceptCase, { params: { id }, body: { ...body, matterCode: 'LX01002', extra } })
  const wrong = await accept({ 被困人数: 1.5 })
  expect([wrong.status, wrong.code]).toEqual([422, 'cases/extra-fields-wrong'])
  expect(wrong.body).toMatchObject({ errors: [{ path: '/body/extra/被困人数' }] })
  expect((await read(steps, 'clerk-c1', id)).case).toMatchObject({ state: 'pending', extra: {} })
  const told = await accept({ 梯号: '东侧2号', 被困人数: 2, 别的事项问的: '不留' })
  expect(told.body).toMatchObject({ state: 'accepted', extra: { 梯号: '东侧2号', 被困人数: 2 } })
  expect(Object.keys(told.body.extra)).toEqual(['梯号', '被困人数'])
})
