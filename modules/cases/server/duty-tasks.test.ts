import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '../../../lib/time.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { refusal } from '../../testing/act-guards.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import * as contract from '../contract.ts'
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

const areaId = (code: string) => t.street.areas.get(code)?.id ?? ''
const today = () => dayOf(t.clock.now())
const give = async (
  codes: string[],
  more: { needs?: contract.TaskNeed; endsOn?: string } = {},
  by = 'clerk-c1',
) =>
  (await steps.by(by)).call(contract.giveTasks, {
    body: {
      kind: 'hazard-check',
      title: '电动自行车飞线充电排查',
      words: '看楼道和一层住户，发现隐患请上报。',
      needs: 'words',
      endsOn: addDays(today(), 3),
      areaIds: codes.map(areaId),
      ...more,
    },
  })
const linesOf = async (by: string, batch: string) => {
  const { body } = await (await steps.by(by)).call(contract.listTasks)
  return body.items.find((one) => one.batch === batch)?.lines ?? []
}

test('one press gives a task to the post of each grid; each does its own and says so, and the desk reads it', async () => {
  const reply = await give(['c1g1', 'c1g1m1', 'c1'])
  expect([reply.status, reply.body]).toMatchObject([
    201,
    { given: 2, without: [{ code: t.street.areas.get('c1')?.code }] },
  ])
  const { batch } = reply.body
  const worker1 = await steps.by('grid-worker-c1g1')
  const mine = await worker1.call(contract.listCases, { query: { mine: true } })
  const task = mine.body.items.find((one) => one.task !== null)
  expect(task).toMatchObject({
    channel: 'task',
    task: { kind: 'hazard-check', needs: 'words' },
    clock: { state: 'none' },
  })
  const id = task?.id ?? ''
  expect(await refusal(steps, 'grid-worker-c1g1', contract.finishTask, id, {})).toEqual([
    422,
    'cases/nothing-said',
  ])
  await steps.act('grid-worker-c1g1', contract.finishTask, id, { words: '看了六个单元，两处飞线已劝拆。' })
  const lines = await linesOf('clerk-c1', batch)
  expect(lines.map(({ state, words }) => [state, words])).toEqual([
    ['done', '看了六个单元，两处飞线已劝拆。'],
    ['open', null],
  ])
  expect(await refusal(steps, 'grid-worker-c1g1', contract.finishTask, id, { words: '再来' })).toEqual([
    409,
    'cases/wrong-state',
  ])
  const told = await t.look("select 1 from notices where event = 'case.task' and subject_id = $1", [id])
  expect(told).toHaveLength(1)
})

test('photos are asked for only where the task says so; the desk may call it off, and no ordinary act reaches it', async () => {
  await give(['c1g1m1'], { needs: 'photos' })
  const member = 'micro-grid-member-c1g1m1'
  const mine = await (await steps.by(member)).call(contract.listCases, { query: { mine: true } })
  const id = mine.body.items.find((one) => one.task?.needs === 'photos')?.id ?? ''
  expect(await refusal(steps, member, contract.finishTask, id, { words: '做完了' })).toEqual([
    422,
    'cases/task-photos',
  ])
  expect(await refusal(steps, member, contract.takeCase, id, {})).toEqual([409, 'cases/is-task'])
  expect(await refusal(steps, 'clerk-c1', contract.recallCase, id, { reason: '错了' })).toEqual([
    409,
    'cases/is-task',
  ])
  await steps.act(member, contract.finishTask, id, { fileIds: [await steps.photo(member)] })
  const other = await give(['c1g1m1'])
  const [line] = await linesOf('clerk-c1', other.body.batch)
  await steps.act('clerk-c1', contract.callOffTask, line?.caseId ?? '', { words: '改由物业统一查' })
  expect((await linesOf('clerk-c1', other.body.batch)).map(({ state }) => state)).toEqual(['called-off'])
  const ordinary = await steps.assigned()
  expect(await refusal(steps, 'clerk-c1', contract.callOffTask, ordinary, { words: '不' })).toEqual([
    409,
    'cases/not-task',
  ])
})

test('its end is an end: the job closes it, climbs to nobody and counts nowhere', async () => {
  const counts = async () => (await (await steps.by('clerk-c1')).call(contract.countCases)).body.states
  const list = async () => {
    const { body } = await (await steps.by('clerk-c1')).call(contract.listCases, { query: { limit: 100 } })
    return body.items.filter((one) => one.task !== null)
  }
  const before = await counts()
  const reply = await give(['c1g1'], { endsOn: today() })
  const [line] = await linesOf('clerk-c1', reply.body.batch)
  expect([await counts(), await list()]).toEqual([before, []])
  t.clock.moveBy(26 * 3_600_000)
  await worker.turn()
  await worker.turn()
  expect(faults).toEqual([])
  expect((await linesOf('clerk-c1', reply.body.batch)).map(({ state }) => state)).toEqual(['ended'])
  expect(await t.look('select notice from case_notices where case_id = $1', [line?.caseId])).toEqual([])
  expect(
    await t.look("select event from notices where subject_id = $1 and event <> 'case.task'", [line?.caseId]),
  ).toEqual([])
})

test('only within one’s own desk, never for yesterday, and not where nobody is', async () => {
  expect([
    (await give(['c2g1'])).code,
    (await give(['c1g1'], { endsOn: addDays(today(), -1) })).code,
  ]).toEqual(['cases/community-unknown', 'cases/date-in-past'])
  expect((await give(['c1'])).code).toBe('cases/nobody-there')
  expect((await give(['c1g1'], {}, 'grid-worker-c1g1')).status).toBe(403)
  const elsewhere = await (await steps.by('clerk-c2')).call(contract.listTasks)
  expect(elsewhere.body.items).toEqual([])
})
