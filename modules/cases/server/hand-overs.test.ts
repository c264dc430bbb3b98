import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { endPost } from '../../accounts/contract.ts'
import { read } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../../testing/case-steps.ts'
import { assignCase, getOpenWork, handOnCase, listHandOvers, takeCase } from '../contract.ts'
import { casesJobs } from './jobs.ts'

let t: TestCases
let steps: CaseSteps
let worker: Worker
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [casesJobs],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

const post = (username: string) => t.street.staff.get(username)?.postId ?? ''
const account = (username: string) => t.street.staff.get(username)?.accountId ?? ''

async function end(username: string): Promise<void> {
  const reply = await (await t.as('security-admin')).call(endPost, { params: { id: post(username) } })
  expect(reply.status).toBe(200)
  t.clock.moveBy(61_000)
  await worker.turn()
  expect(faults).toEqual([])
}

const holderOf = async (id: string) =>
  (
    await t.look<{ holder_post_id: string | null; state: string; due_at: Date }>(
      'select holder_post_id, state, due_at from cases where id = $1',
      [id],
    )
  )[0]

test('what a grid worker holds passes to whoever stands in by the rule; state and clock stay, the page shows what passed', async () => {
  const id = await steps.inProgress('grid-worker-c1g1')
  const before = await holderOf(id)
  const clerk = await steps.by('secretary-c1')
  const ahead = await clerk.call(getOpenWork, { query: { postId: post('grid-worker-c1g1') } })
  expect(ahead.body.items.map((one) => one.id)).toContain(id)
  expect(ahead.body.to?.holder).toBeTruthy()
  await end('grid-worker-c1g1')
  const after = await holderOf(id)
  expect(after).toMatchObject({ state: before?.state, due_at: before?.due_at })
  expect(after?.holder_post_id).not.toBe(post('grid-worker-c1g1'))
  expect(after?.holder_post_id).toBeTruthy()
  const passed = await clerk.call(listHandOvers, { query: {} })
  expect(passed.body.items[0]).toMatchObject({ case: { id }, from: { post: { role: 'grid-worker' } } })
  expect(passed.body.items[0]?.to?.holder).toBe(ahead.body.to?.holder)
  const { entries } = await read(steps, 'secretary-c1', id)
  expect(entries.at(-1)).toMatchObject({ act: 'hand-on', by: { role: 'system' } })
  expect((await (await steps.by('secretary-c2')).call(listHandOvers, { query: {} })).body.items).toEqual([])
})

test('an order inside an organisation stays inside it, and a second turn passes nothing twice', async () => {
  const id = await steps.assigned()
  await steps.act('organisation-lead-property', handOnCase, id, { postId: post('handler-property-2') })
  await steps.act('handler-property-2', takeCase, id, {})
  await end('handler-property-2')
  expect((await holderOf(id))?.holder_post_id).toBe(post('organisation-lead-property'))
  t.clock.moveBy(61_000)
  await worker.turn()
  const rows = await t.look('select 1 from case_hand_overs where case_id = $1', [id])
  expect(rows).toHaveLength(1)
})

test('whoever takes it over is told, and acts on it at once', async () => {
  const id = await steps.accepted(publicMatter)
  await steps.act('clerk-c1', assignCase, id, { postId: post('grid-head-c1g1') })
  await end('grid-head-c1g1')
  const heir = await holderOf(id)
  const name = [...t.street.staff].find(([, one]) => one.postId === heir?.holder_post_id)?.[0] ?? ''
  await steps.act(name, takeCase, id, {})
  const told = await t.look(
    `select 1 from notices where subject_id = $1 and account_id = $2 and event = 'case.handed-on'`,
    [id, account(name)],
  )
  expect(told).toHaveLength(1)
})
