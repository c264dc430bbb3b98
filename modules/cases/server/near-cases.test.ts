/** What is happening now, what others said nearby, joining it, clusters, and what is hot. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter, publicMatter } from '../../testing/case-steps.ts'
import {
  acceptCase,
  answerNow,
  fileCase,
  getCase,
  listClusters,
  listHotMatters,
  listNearCases,
  mergeCase,
  publishSummary,
  rateCase,
  splitCase,
  writePublicSummary,
} from '../contract.ts'

let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

const canary = '我家隔壁那只金丝雀天天从早上唱到半夜'
async function published(id: string, summary: string): Promise<void> {
  await (await steps.by('clerk-c1')).call(writePublicSummary, { params: { id }, body: { summary } })
  const reply = await (await steps.by('secretary-c1')).call(publishSummary, {
    params: { id },
    body: { version: 1 },
  })
  expect(reply.status).toBe(200)
}
const another = () => t.asResident('13900000002')
const near = async (body = {}) =>
  (
    await (
      await another()
    ).call(listNearCases, { body: { text: '楼道灯不亮', place: t.street.pointIn('c1g1m1'), ...body } })
  ).body

test('what sounds like an emergency and is happening now is a P0 that calls out; without danger in the words it is not', async () => {
  const browser = await steps.resident()
  const urgent = await t.file(browser, { text: '3栋有人晕倒了', happeningNow: true, place: undefined })
  expect([urgent.urgency, urgent.state, urgent.desk]).toEqual(['P0', 'pending', 'street'])
  expect(await t.look("select task from job_outbox where payload->>'caseId' = $1", [urgent.id])).toEqual([
    { task: 'cases.callPeople' },
  ])
  const entry = (await (await steps.by('dispatcher')).call(getCase, { params: { id: urgent.id } })).body
    .entries[0]
  expect(entry?.detail).toMatchObject({ happeningNow: true })
  expect((await t.file(browser, { text: '路灯不亮', happeningNow: true })).urgency).toBe('P2')
  expect((await t.file(browser, { text: '3栋有人晕倒了' })).urgency).toBe('P2')
})

test('a resident sees alike public cases nearby by the published summary alone, and none of another community', async () => {
  const hidden = await steps.accepted(publicMatter, { text: canary })
  expect((await near()).items).toEqual([])
  await published(hidden, '梧桐苑楼道照明正在修')
  const found = await near()
  expect(found.items).toEqual([
    {
      id: hidden,
      summary: '梧桐苑楼道照明正在修',
      place: '天桥社区第1网格',
      stage: 'accepted',
      saidOn: '2026-09-14',
      people: 1,
    },
  ])
  expect(JSON.stringify(found)).not.toContain('金丝雀')
  expect((await near({ place: t.street.pointIn('c2g1m1') })).items).toEqual([])
  expect((await near({ text: '楼上邻居太吵', matterCode: personalMatter })).items).toEqual([])
  const staff = await (await steps.by('clerk-c1')).call(listNearCases, { body: { text: '楼道灯不亮' } })
  expect(staff.status).toBe(403)
})

test('who joins has a number, an answer and a rating of their own, and the desk may split it again', async () => {
  const parent = await steps.accepted(publicMatter)
  const browser = await another()
  const body = { text: '我们单元也黑', channel: 'resident-app' as const, place: t.street.pointIn('c1g1m1') }
  const early = await browser.call(fileCase, { body: { ...body, joinCaseId: parent } })
  expect([early.status, early.code]).toEqual([422, 'cases/merge-target-wrong'])
  await published(parent, '梧桐苑北侧照明正在修')
  const mine = await browser.call(fileCase, { body: { ...body, joinCaseId: parent } })
  expect(mine.status).toBe(201)
  expect(mine.body).toMatchObject({ state: 'merged', parentCaseId: parent, text: '我们单元也黑' })
  expect((await near()).items.find(({ id }) => id === parent)?.people).toBe(2)
  expect((await browser.call(getCase, { params: { id: parent } })).status).toBe(404)
  await steps.act('clerk-c1', answerNow, parent, { answer: '今天已经修好。' })
  const answered = (await browser.call(getCase, { params: { id: mine.body.id } })).body.case
  expect(answered.answer).toBe('今天已经修好。')
  const rated = await browser.call(rateCase, {
    params: { id: mine.body.id },
    body: { reached: true, solved: true, satisfaction: 'satisfied' },
  })
  expect(rated.status).toBe(200)
})

test('a personal case, or one that is no longer open, can not be joined', async () => {
  const browser = await another()
  const join = (joinCaseId: string) =>
    browser.call(fileCase, { body: { text: '一样的事', channel: 'resident-app', joinCaseId } })
  expect((await join(await steps.accepted(personalMatter))).code).toBe('cases/merge-target-wrong')
  const done = await steps.accepted(publicMatter)
  await published(done, '梧桐苑照明已经修好')
  await steps.act('clerk-c1', answerNow, done, { answer: '已修好。' })
  expect((await join(done)).code).toBe('cases/merge-target-wrong')
})

test('a desk sees alike open cases as one cluster, joins and splits them; another desk sees none of them', async () => {
  const texts = [
    '望江广场地下通道积水很深，推婴儿车过不去',
    '望江广场地下通道又积水了，推车过不去很深',
    '望江广场那个地下通道积水，没法过去',
  ]
  const ids: string[] = []
  for (const text of texts) ids.push(await steps.filed({ text }))
  const clerk = await steps.by('clerk-c1')
  const clusters = async () => (await clerk.call(listClusters, {})).body
  const mine = (await clusters()).items.find(({ cases }) => cases.some(({ id }) => id === ids[0]))
  expect(mine?.cases.map(({ id }) => id).sort()).toEqual([...ids].sort())
  // Nothing can be joined before somebody said which public matter it is.
  expect(mine?.cases.some(({ mayMerge }) => mayMerge)).toBe(false)
  const parent = ids[0] ?? ''
  await steps.act('clerk-c1', acceptCase, parent, {
    kind: 'complaint',
    matterCode: publicMatter,
  })
  const sorted = (await clusters()).items.find(({ cases }) => cases.some(({ id }) => id === parent))
  expect(sorted?.cases[0]?.id).toBe(parent)
  expect(sorted?.cases.slice(1).map(({ mayMerge }) => mayMerge)).toEqual([true, true])
  for (const id of ids.slice(1))
    await steps.act('clerk-c1', mergeCase, id, { parentCaseId: parent, words: '同一件事' })
  expect((await clusters()).items.some(({ cases }) => cases.some(({ id }) => id === parent))).toBe(false)
  await steps.act('clerk-c1', splitCase, ids[1] ?? '', { words: '撤销' })
  expect((await clusters()).items.some(({ cases }) => cases.some(({ id }) => id === ids[1]))).toBe(true)
  const far = (await (await t.as('clerk-c2')).call(listClusters, {})).body
  expect(
    far.items.flatMap(({ cases }) => cases.map(({ id }) => id)).filter((id) => ids.includes(id)),
  ).toEqual([])
})

test('a matter is hot on a day when it was said three times and twice as often as usual, in that community alone', async () => {
  t.clock.moveBy(20 * 86_400_000)
  for (let n = 0; n < 4; n++) await steps.accepted(publicMatter)
  const day = t.clock.now().toISOString().slice(0, 10)
  const dispatcher = await steps.by('dispatcher')
  const hot = (await dispatcher.call(listHotMatters, { query: { from: day, to: day } })).body
  expect(hot.items).toEqual([
    expect.objectContaining({
      day,
      count: 4,
      area: expect.objectContaining({ code: 'c1' }),
      matter: expect.objectContaining({ code: publicMatter }),
    }),
  ])
  expect(hot.items[0]?.usual).toBeGreaterThan(0)
  const wrong = await dispatcher.call(listHotMatters, { query: { from: '2026-01-01', to: day } })
  expect([wrong.status, wrong.code]).toEqual([422, 'cases/period-wrong'])
})
