import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BodyOf } from '../../../lib/contract.ts'
import { inTransaction } from '../../../platform/db.ts'
import { startWorker, type Worker } from '../../../platform/jobs-worker.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import {
  arriveAtWhistle,
  finishWhistleTask,
  getCase,
  giveWhistleTask,
  judgeWhistleTask,
  listWhistles,
  raiseWhistle,
  rateWhistleCall,
  releaseWhistle,
  type WhistleView,
} from '../contract.ts'
import { casesJobs } from './jobs.ts'

let t: TestCases
let steps: CaseSteps
let one: Worker
let two: Worker
let water = ''
let enforcement = ''
const faults: unknown[] = []

beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  water = t.street.organisationId('water')
  enforcement = t.street.organisationId('enforcement')
  const start = () =>
    startWorker({
      workerUrl: t.database.workerUrl,
      ownerUrl: t.database.ownerUrl,
      clock: t.clock,
      services: t.services,
      modules: [casesJobs],
      onError: (error) => faults.push(error),
      pollMs: 0,
    })
  one = await start()
  two = await start()
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await t.close()
})

const raise = async (caseId: string, more: Partial<BodyOf<typeof raiseWhistle>> = {}, by = 'clerk-c1') =>
  (await steps.by(by)).call(raiseWhistle, {
    params: { id: caseId },
    body: {
      kind: 'emergency',
      words: '路面塌陷，请马上到场。',
      calls: [{ organisationId: enforcement }, { organisationId: water, task: '关阀止水' }],
      ...more,
    },
  })
const blown = async (): Promise<WhistleView> => {
  const reply = await raise(await steps.accepted())
  expect([reply.status, reply.problem]).toEqual([201, undefined])
  return reply.body
}
const read = async (username: string, id: string) => {
  const reply = await (await steps.by(username)).call(listWhistles, { query: {} })
  return reply.body.items.find((item) => item.id === id)
}

test('a whistle brings the case into the sight of those it calls, each with its time; a second one waits for its end', async () => {
  const id = await steps.accepted()
  const before = await (await steps.by('handler-water')).call(getCase, { params: { id } })
  expect(before.status).toBe(404)
  const reply = await raise(id, { calls: [{ organisationId: water, withinMinutes: 10 }] })
  expect(reply.status).toBe(201)
  const [call] = reply.body.calls
  expect(call).toMatchObject({ isLead: true, organisation: { id: water }, arrivedAt: null })
  expect(Date.parse(call?.dueAt ?? '') - t.clock.now().getTime()).toBe(10 * 60_000)
  const handler = await steps.by('handler-water')
  expect((await handler.call(getCase, { params: { id } })).status).toBe(200)
  expect((await raise(id)).code).toBe('cases/whistle-open')
  expect(
    await t.look("select 1 from notices where subject_id = $1 and event = 'case.whistle'", [id]),
  ).not.toEqual([])
  expect((await raise(await steps.accepted(), {}, 'handler-water')).status).toBe(403)
  expect((await raise(await steps.accepted(), {}, 'clerk-c2')).status).toBe(404)
})

test('reporting, tasks, veto, rating and the end: each by whom it belongs to', async () => {
  const whistle = await blown()
  const { id } = whistle
  const [lead, helper, clerk] = await Promise.all(
    ['handler-enforcement', 'handler-water', 'clerk-c1'].map((name) => steps.by(name)),
  )
  if (!lead || !helper || !clerk) throw new Error('three people')
  const arrived = await helper.call(arriveAtWhistle, { params: { id }, body: { words: '两人到场' } })
  expect(arrived.body.calls.find((call) => call.organisation?.id === water)?.arrivedWords).toBe('两人到场')
  const twice = await helper.call(arriveAtWhistle, { params: { id }, body: { words: '又到' } })
  expect([twice.status, twice.code]).toEqual([409, 'cases/whistle-arrived'])
  const given = await lead.call(giveWhistleTask, {
    params: { id },
    body: { organisationId: enforcement, words: '围挡' },
  })
  expect(given.body.tasks).toHaveLength(2)
  const [water0, own] = given.body.tasks
  const taskOf = (task: { id: string } | undefined) => ({ id: task?.id ?? '' })
  const foreign = await helper.call(finishWhistleTask, { params: taskOf(own), body: { words: '代做' } })
  expect(foreign.code).toBe('cases/whistle-not-yours')
  await helper.call(finishWhistleTask, { params: taskOf(water0), body: { words: '已关阀' } })
  await lead.call(finishWhistleTask, { params: taskOf(own), body: { words: '已围挡' } })
  const early = await clerk.call(releaseWhistle, { params: { id }, body: { words: '处置完成' } })
  expect(early.code).toBe('cases/whistle-task-open')
  const silent = await clerk.call(judgeWhistleTask, { params: taskOf(water0), body: { accept: false } })
  expect(silent.code).toBe('cases/whistle-veto-words')
  await clerk.call(judgeWhistleTask, { params: taskOf(water0), body: { accept: false, words: '还在漏水' } })
  await clerk.call(judgeWhistleTask, { params: taskOf(own), body: { accept: true } })
  const vetoed = await clerk.call(releaseWhistle, { params: { id }, body: { words: '处置完成' } })
  expect([vetoed.status, vetoed.code]).toEqual([409, 'cases/whistle-vetoed'])
  await helper.call(finishWhistleTask, { params: taskOf(water0), body: { words: '已换阀' } })
  await clerk.call(judgeWhistleTask, { params: taskOf(water0), body: { accept: true } })
  expect((await clerk.call(releaseWhistle, { params: { id }, body: { words: '完成' } })).code).toBe(
    'cases/whistle-unrated',
  )
  for (const organisationId of [water, enforcement])
    await clerk.call(rateWhistleCall, { params: { id }, body: { organisationId, rating: 'mostly' } })
  const department = await lead.call(releaseWhistle, { params: { id }, body: { words: '我们走了' } })
  expect(department.status).toBe(403)
  const other = await (await steps.by('dispatcher')).call(releaseWhistle, {
    params: { id },
    body: { words: '完' },
  })
  expect([other.status, other.code]).toEqual([403, 'cases/whistle-not-yours'])
  const ended = await clerk.call(releaseWhistle, { params: { id }, body: { words: '处置完成' } })
  expect([ended.status, ended.body.releasedWords]).toEqual([200, '处置完成'])
  const history = await clerk.call(getCase, { params: { id: whistle.caseId } })
  const acts = history.body.entries.map((entry) => entry.act)
  expect(acts).toContain('whistle-veto')
  expect(acts.at(-1)).toBe('whistle-release')
  const resident = await (await steps.resident()).call(getCase, { params: { id: whistle.caseId } })
  expect(resident.body.entries.some((entry) => entry.act.startsWith('whistle'))).toBe(false)
})

test('the database itself lets no called organisation end a whistle', async () => {
  const { id } = await blown()
  const account = t.street.staff.get('handler-water')
  const actor = {
    kind: 'staff' as const,
    streetId: t.street.streetId,
    accountId: account?.accountId ?? '',
    posts: [],
    roles: [],
    scope: { areas: [], organisations: [water] },
  }
  const changed = await inTransaction(t.pool, { actor: actor as never }, (tx) =>
    tx.run(sql`update whistles set released_at = now(), released_by = ${actor.accountId} where id = ${id}`),
  )
  expect(changed).toBe(0)
  expect(await read('handler-water', id)).toMatchObject({ releasedAt: null, mine: false })
  expect(await read('handler-property', id)).toBeUndefined()
})

test('a call that nobody answers climbs to organisation and caller, supervisor, head of the street, each once', async () => {
  const { id, caseId } = await blown()
  await (await steps.by('handler-enforcement')).call(arriveAtWhistle, {
    params: { id },
    body: { words: '到' },
  })
  const turn = async (minutes: number) => {
    t.clock.moveBy(minutes * 60_000)
    await Promise.all([one.turn(), two.turn()])
    await Promise.all([one.turn(), two.turn()])
    expect(faults).toEqual([])
  }
  const climbs = () =>
    t.look<{ step: string }>('select step from whistle_climbs where whistle_id = $1 order by at, step', [id])
  await turn(29)
  expect(await climbs()).toEqual([])
  await turn(2)
  expect(await climbs()).toEqual([{ step: 'unanswered' }])
  await turn(15)
  await turn(60)
  expect((await climbs()).map(({ step }) => step)).toEqual(['unanswered', 'supervisor', 'street-head'])
  const seen = await read('clerk-c1', id)
  expect(seen?.calls.map((call) => call.climbed)).toEqual([null, 'street-head'])
  const told = await t.look<{ username: string }>(
    `select distinct n.account_id as username from notices n where n.subject_id = $1 and n.event = 'case.whistle-unanswered'`,
    [caseId],
  )
  const accounts = told.map(({ username }) => username)
  for (const name of ['clerk-c1', 'handler-water', 'organisation-lead-water', 'supervisor', 'duty-head'])
    expect(accounts, name).toContain(t.street.staff.get(name)?.accountId)
  expect(accounts).not.toContain(t.street.staff.get('handler-enforcement')?.accountId)
})
