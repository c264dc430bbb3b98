/** A recount goes on from job to job, once, whatever becomes of one of them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import { inTransaction, openPool, type Pool, type Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { caseSteps } from '../../testing/case-steps.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import { beginRecount, foldEveryMinute, recountOn } from './figure-jobs.ts'

let t: TestCases
let worker: Pool
beforeAll(async () => {
  t = await startTestCases()
  worker = openPool(t.database.workerUrl, 2, 'linli-test-fold')
  await caseSteps(t).closed()
})
afterAll(async () => {
  await worker?.end()
  await t.close()
})

const actor = () => systemActorOf(t.street)
const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(worker, { actor: actor() }, work)

test('one recount of a street at a time: a late job of an earlier turn does nothing, and one whose job was lost goes on', async () => {
  const { streetId } = t.street
  const asks: { task: string; payload: Record<string, unknown> }[] = []
  let at = t.clock.now()
  const callOf = (tx: Tx, payload: Record<string, unknown>) =>
    ({
      ...{ tx, actor: actor(), at, payload },
      newId: () => newId(at.getTime()),
      job: (note: { task: string; payload: Record<string, unknown> }) => asks.push(note),
      audit: () => {
        throw new Error('nothing was wrong')
      },
    }) as unknown as JobCall
  const going = () =>
    t.look<{ id: string }>('select id from case_figure_counts where street_id = $1', [streetId])
  const checks = async () =>
    (await t.look('select id from case_figure_checks where street_id = $1', [streetId])).length
  const before = await checks()
  await asWorker((tx) => beginRecount(callOf(tx, {})))
  await asWorker((tx) => beginRecount(callOf(tx, {})))
  expect(asks).toEqual([
    { task: 'cases.recountOn', payload: { count: expect.any(String), turn: 0 }, runAt: at },
  ])
  const [step] = asks.splice(0)
  await asWorker((tx) => recountOn(callOf(tx, { ...step?.payload, turn: 5 })))
  expect([(await going()).length, await checks(), asks]).toEqual([1, before, []])
  await asWorker((tx) => foldEveryMinute(callOf(tx, {})))
  expect(asks).toEqual([])
  at = new Date(at.getTime() + 6 * 60_000)
  await asWorker((tx) => foldEveryMinute(callOf(tx, {})))
  const [again] = asks.splice(0)
  expect([again?.task, again?.payload]).toEqual([step?.task, step?.payload])
  for (let next = again; next !== undefined; next = asks.shift())
    await asWorker((tx) => recountOn(callOf(tx, next?.payload ?? {})))
  expect([(await going()).length, await checks()]).toEqual([0, before + 1])
}, 60_000)
