import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { actGuards, read, refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import {
  adjudicateDuty,
  disputeDuty,
  listDisputes,
  listFallbacks,
  listPrecedents,
  setFallback,
  takeCase,
} from '../contract.ts'
import { precedentsFor } from './index.ts'

let t: TestCases
let steps: CaseSteps
let property = ''
let water = ''
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  property = t.street.organisationId('property')
  water = t.street.organisationId('water')
})
afterAll(() => t.close())

const reason = '管道井属于供水单位维护，不在物业合同里。'
const disputed = async () => {
  const id = await steps.inProgress()
  await steps.act('handler-property', disputeDuty, id, { reason, organisationId: water })
  return id
}
const decision = () => ({ organisationId: water, reason: '供水设施由供水单位维护。' })

actGuards(() => ({ t, steps }), {
  act: 'dispute',
  contract: disputeDuty,
  by: 'handler-property',
  ready: () => steps.assigned(),
  body: { reason },
  wrongRole: 'clerk-c1',
  outside: 'handler-water',
})
actGuards(() => ({ t, steps }), {
  act: 'adjudicate',
  contract: adjudicateDuty,
  by: 'supervisor',
  ready: disputed,
  body: () => Promise.resolve(decision()),
  wrongRole: 'clerk-c1',
  outside: 'other-supervisor',
})

test('done first, discussed later: the objector goes on, the clock runs, and the named adjudicator decides', async () => {
  const id = await steps.inProgress()
  const before = await read(steps, 'handler-property', id)
  const view = await steps.act('handler-property', disputeDuty, id, { reason, organisationId: water })
  expect(view).toMatchObject({ state: 'in-progress', dueAt: before.case.dueAt, hops: 1 })
  expect(view.dispute).toMatchObject({
    organisation: { id: property },
    names: { id: water },
    adjudicator: { role: 'supervisor' },
    fallback: null,
  })
  const supervisor = await steps.by('supervisor')
  const open = (await supervisor.call(listDisputes)).body.items
  expect(open.find((one) => one.caseId === id)?.dispute.mine).toBe(true)
  expect(await refusal(steps, 'duty-head', adjudicateDuty, id, decision())).toEqual([
    403,
    'cases/not-the-adjudicator',
  ])
  expect((await read(steps, 'resident', id)).case.dispute).toBeNull()
  const told = await t.look("select 1 from notices where subject_id = $1 and event = 'case.disputed'", [id])
  expect(told).toHaveLength(1)
})

test('the decision moves the case with its clock, counts the hop, and is the precedent of the next suggestion', async () => {
  const id = await disputed()
  const before = await read(steps, 'supervisor', id)
  const view = await steps.act('supervisor', adjudicateDuty, id, decision())
  expect(view).toMatchObject({
    state: 'assigned',
    dueAt: before.case.dueAt,
    hops: 2,
    dispute: null,
    holder: { organisation: { id: water } },
  })
  expect((await refusal(steps, 'supervisor', adjudicateDuty, id, decision()))[1]).toBe(
    'cases/nothing-disputed',
  )
  const [matter] = await t.look<{ id: string }>('select matter_id as id from cases where id = $1', [id])
  const [community, grid, elsewhere] = ['c1', 'c1g1', 'c2'].map(
    (code) => t.street.areas.get(code)?.path ?? '',
  )
  const cited = (path: string | undefined) =>
    inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
      precedentsFor(tx, t.street.streetId, matter?.id ?? '', path ?? ''),
    )
  expect((await cited(grid))[0]).toMatchObject({ organisationId: water, caseId: id, area: community })
  expect(await cited(elsewhere)).toEqual([])
  const handler = await steps.by('handler-water')
  const found = (await handler.call(listPrecedents, { query: { q: '供水设施' } })).body.items
  expect(found[0]).toMatchObject({ caseId: id, inForce: true, organisation: { id: water } })
  const ofMatter = await handler.call(listPrecedents, { query: { matterCode: publicMatter } })
  expect(ofMatter.body.items.length).toBeGreaterThan(0)
  expect((await handler.call(listPrecedents, { query: { q: '没有这样的话' } })).body.items).toEqual([])
})

test('a precedent is never changed, not even by the database’s app role', async () => {
  const attempt = inTransaction(t.pool, { actor: systemActorOf(t.street) }, async (tx) => {
    const { sql } = await import('kysely')
    return tx.run(sql`update duty_precedents set reason = 'x'`)
  })
  await expect(attempt).rejects.toThrow(/permission denied/)
})

test('a fallback handles meanwhile while the objector still sees it; who is found right in the end keeps or gets it', async () => {
  const head = await steps.by('duty-head')
  const set = await head.call(setFallback, { body: { matterPrefix: 'LX01', organisationId: water } })
  expect(set.status).toBe(200)
  const id = await steps.inProgress()
  const view = await steps.act('handler-property', disputeDuty, id, { reason })
  expect(view).toMatchObject({ state: 'assigned', holder: { organisation: { id: water } }, hops: 1 })
  await steps.act('handler-water', takeCase, id, {})
  // The objector was wrong: it gets the case back, and that is a hop.
  const back = await steps.act('supervisor', adjudicateDuty, id, {
    organisationId: property,
    reason: '楼道照明在物业合同里。',
    scope: 'street',
  })
  expect(back).toMatchObject({ state: 'assigned', holder: { organisation: { id: property } }, hops: 2 })
  const none = await head.call(setFallback, { body: { matterPrefix: 'LX01', organisationId: null } })
  expect(none.status).toBe(200)
  const lines = (await head.call(listFallbacks)).body.items
  expect(lines).toMatchObject([{ matterPrefix: 'LX01', organisation: null }])
  const wrong = await head.call(setFallback, { body: { matterPrefix: 'ZZ', organisationId: null } })
  expect(wrong.code).toBe('cases/matter-unknown')
})
