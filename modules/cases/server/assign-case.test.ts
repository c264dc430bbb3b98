import { afterAll, beforeAll, expect, test } from 'vitest'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, departmentMatter } from '../../testing/case-steps.ts'
import { assignCase, getCase } from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const toProperty = async () => ({ organisationId: t.street.organisationId('property') })

actGuards(() => ({ t, steps }), {
  act: 'assign',
  contract: assignCase,
  by: 'clerk-c1',
  ready: () => steps.accepted(),
  body: toProperty,
  wrongRole: 'grid-head-c1g1',
  outside: 'clerk-c2',
})

test('given to an organisation, it is seen by that organisation and by no other', async () => {
  const id = await steps.accepted()
  const handler = await steps.by('handler-property')
  expect((await handler.call(getCase, { params: { id } })).status).toBe(404)
  const view = await steps.act('clerk-c1', assignCase, id, { ...(await toProperty()), note: '请今天去看' })
  expect(view).toMatchObject({
    state: 'assigned',
    holder: { organisation: { code: 'property' }, helpers: [] },
  })
  expect((await read(steps, 'handler-property', id)).case.can).toMatchObject({ take: { ok: true } })
  const other = await steps.by('handler-water')
  expect((await other.call(getCase, { params: { id } })).status).toBe(404)
})

test('helpers see it and may not act on it', async () => {
  const id = await steps.accepted()
  const helperIds = [t.street.organisationId('water')]
  await steps.act('clerk-c1', assignCase, id, { ...(await toProperty()), helperIds })
  expect((await read(steps, 'handler-water', id)).case.can).toEqual({})
})

test('given to a post, it is that person’s', async () => {
  const id = await steps.assigned('grid-worker-c1g1')
  expect((await read(steps, 'grid-worker-c1g1', id)).case).toMatchObject({
    holder: { organisation: null, post: { role: 'grid-worker', place: '天桥社区第1网格' } },
    can: { take: { ok: true } },
  })
})

test('to nobody, to both, to what is not there, or to another street’s is refused', async () => {
  const id = await steps.accepted()
  const assign = (body: Parameters<typeof steps.act>[3]) =>
    refusal(steps, 'clerk-c1', assignCase, id, body as object)
  const { organisationId } = await toProperty()
  const postId = t.street.staff.get('grid-worker-c1g1')?.postId ?? ''
  expect(await assign({})).toEqual([422, 'cases/holder-needed'])
  expect(await assign({ organisationId, postId })).toEqual([422, 'cases/holder-needed'])
  expect(await assign({ organisationId: t.other.organisationId('property') })).toEqual([
    422,
    'cases/organisation-unknown',
  ])
  expect(await assign({ organisationId, helperIds: [id] })).toEqual([422, 'cases/organisation-unknown'])
  expect(await assign({ postId: t.other.staff.get('other-grid-worker-c1g1')?.postId })).toEqual([
    422,
    'cases/post-unknown',
  ])
})

test('a community gives work to posts of its own, never to another community’s', async () => {
  const id = await steps.accepted()
  const postId = t.street.staff.get('grid-worker-c2g1')?.postId ?? ''
  expect(await refusal(steps, 'clerk-c1', assignCase, id, { postId })).toEqual([422, 'cases/post-unknown'])
})

test('outside its duty list nothing is given to a community or its grids', async () => {
  const id = await steps
    .accepted(departmentMatter, { text: '电梯的年检标志过期了' })
    .catch(() => steps.filed())
  await t.look(
    "update cases set state = 'accepted', matter_id = (select m.id from matters m where m.street_id = cases.street_id and m.code = $2) where id = $1",
    [id, departmentMatter],
  )
  const postId = t.street.staff.get('clerk-c1')?.postId ?? ''
  expect(await refusal(steps, 'clerk-c1', assignCase, id, { postId })).toEqual([
    409,
    'cases/outside-duty-list',
  ])
})
