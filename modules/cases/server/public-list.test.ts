/** What a community publishes: two people's words, and nothing of anybody else's. */

import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps, personalMatter, publicMatter } from '../../testing/case-steps.ts'
import {
  acceptCase,
  exportThreeLists,
  getPublicList,
  getPublicSummary,
  getThreeLists,
  publishSummary,
  withdrawSummary,
  writePublicSummary,
} from '../contract.ts'

const canary = { name: '欧阳金丝雀', phone: '13711119999', words: '我家隔壁那只金丝雀天天从早上唱到半夜' }
let t: TestCases
let steps: CaseSteps
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
})
afterAll(() => t.close())

/** A public case with a reporter whose name, phone and words are easy to find again. */
const told = async (matterCode = publicMatter, more = {}) => {
  const clerk = await steps.by('clerk-c1')
  const { id } = await t.file(clerk, {
    channel: 'phone',
    text: canary.words,
    onBehalfOf: { name: canary.name, phone: canary.phone, address: '桐荫路18号3栋2单元301' },
    ...more,
  })
  await steps.act('clerk-c1', acceptCase, id, { kind: 'complaint', matterCode, route: 'handle-now' })
  return id
}
const write = async (by: string, id: string, summary: string) =>
  (await steps.by(by)).call(writePublicSummary, { params: { id }, body: { summary } })
const publish = async (by: string, id: string, version: number) =>
  (await steps.by(by)).call(publishSummary, { params: { id }, body: { version } })
const publicPage = (code = 'c1', query = {}) =>
  client(t.baseUrl).call(getPublicList, { params: { code }, query: { street: t.street.code, ...query } })

test('words that one person wrote and another published stand on the public page, and nothing else does', async () => {
  const id = await told()
  const hidden = await told()
  const written = await write('clerk-c1', id, '梧桐苑夜间噪声扰民，正在劝导')
  expect(written.body).toMatchObject({ published: null, mine: true, can: { publish: { ok: false } } })
  expect((await publicPage()).body.items).toEqual([])
  const own = await publish('clerk-c1', id, 1)
  expect([own.status, own.code]).toEqual([403, 'cases/asker-may-not-approve'])
  expect((await publish('secretary-c1', id, 7)).code).toBe('cases/stale-version')
  expect((await publish('secretary-c1', id, 1)).body).toMatchObject({
    published: '梧桐苑夜间噪声扰民，正在劝导',
  })
  const page = await publicPage()
  expect(page.headers.get('cache-control')).toBe('public, max-age=120')
  expect(page.body).toMatchObject({ communityName: '天桥社区', promises: { 'handle-now': 7 } })
  expect(page.body.items).toEqual([
    {
      summary: '梧桐苑夜间噪声扰民，正在劝导',
      place: '天桥社区第1网格',
      route: 'handle-now',
      stage: 'accepted',
      saidOn: '2026-09-14',
      settledOn: null,
    },
  ])
  const all = JSON.stringify(page.body)
  for (const word of [...Object.values(canary), id, hidden, '3栋', '微网格', '20260914-'])
    expect(all).not.toContain(word)
  expect(
    await t.look(
      "select operation, detail from audit_entries where subject_id = $1 and operation like '%Summary' order by at, id",
      [id],
    ),
  ).toEqual([
    { operation: 'cases.writePublicSummary', detail: { act: 'write', version: 1 } },
    { operation: 'cases.publishSummary', detail: { act: 'publish', version: 2 } },
  ])
})

test('words with a name, a phone, a door or the resident’s own sentence are refused', async () => {
  const id = await told()
  for (const [summary, why] of [
    [`${canary.name}反映的噪声`, 'cases/summary-names-person'],
    [`噪声扰民，请拨 ${canary.phone}`, 'cases/summary-names-person'],
    ['梧桐苑3栋2单元噪声扰民', 'cases/summary-names-person'],
    ['王阿姨反映的噪声', 'cases/summary-names-person'],
    [`有人说${canary.words}`, 'cases/summary-own-words'],
  ] as const)
    expect([summary, (await write('clerk-c1', id, summary)).code]).toEqual([summary, why])
})

test('a personal matter, one told in confidence and one not yet accepted can not be published', async () => {
  const pending = await steps.filed()
  for (const id of [await told(personalMatter), await told(publicMatter, { confidential: true }), pending])
    expect((await write('clerk-c1', id, '一件公共的事情')).code).toBe('cases/summary-not-public')
})

test('what stops being public is gone from the page at once, whoever published it', async () => {
  const id = await told()
  await write('clerk-c1', id, '路灯维修正在进行')
  await publish('secretary-c1', id, 1)
  const texts = async () => (await publicPage()).body.items.map(({ summary }) => summary)
  expect(await texts()).toContain('路灯维修正在进行')
  await t.look('update cases set confidential = true where id = $1', [id])
  expect(await texts()).not.toContain('路灯维修正在进行')
})

test('withdrawing takes a line away at once and keeps the reason', async () => {
  const id = await told()
  await write('clerk-c1', id, '绿化补种已安排')
  await publish('clerk-c1-2', id, 1)
  const gone = await (await steps.by('secretary-c1')).call(withdrawSummary, {
    params: { id },
    body: { reason: '居民要求不公开' },
  })
  expect(gone.body).toMatchObject({ published: null, withdrawnReason: '居民要求不公开' })
  expect((await publicPage()).body.items.map(({ summary }) => summary)).not.toContain('绿化补种已安排')
  expect((await withdrawTwice(id)).code).toBe('cases/summary-missing')
})
const withdrawTwice = async (id: string) =>
  (await steps.by('secretary-c1')).call(withdrawSummary, { params: { id }, body: { reason: '再撤一次' } })

test('publishing is the community’s own: others read at most', async () => {
  const id = await told()
  expect((await write('dispatcher', id, '街道中心写的话')).status).toBe(200)
  expect((await publish('dispatcher', id, 1)).status).toBe(403)
  for (const by of ['clerk-c2', 'secretary-c2'])
    expect([by, (await publish(by, id, 1)).status]).toEqual([by, 404])
  expect((await write('grid-worker-c1g1', id, '网格员写的话')).status).toBe(403)
  const read = await (await steps.by('grid-worker-c1g1')).call(getPublicSummary, { params: { id } })
  expect(read.body.can).toMatchObject({ write: { ok: false }, publish: { ok: false } })
  expect((await publish('secretary-c1', id, 1)).status).toBe(200)
})

test('a community that is not there, or that two streets have, answers one 404; the other street’s page shows nothing of ours', async () => {
  expect((await publicPage('nowhere')).code).toBe('cases/list-unknown')
  expect((await client(t.baseUrl).call(getPublicList, { params: { code: 'c1' } })).code).toBe(
    'cases/list-unknown',
  )
  expect((await publicPage('c1g1')).code).toBe('cases/list-unknown')
  expect((await publicPage('c1', { street: t.other.code })).body.items).toEqual([])
  expect((await publicPage('c2')).body.items).toEqual([])
})

test('who asks without end is told to wait a minute, and may then ask again', async () => {
  let last = 200
  for (let asked = 0; asked < 125 && last === 200; asked++)
    last = (
      await client(t.baseUrl).call(getPublicList, {
        params: { code: 'c2' },
        query: { street: t.street.code },
      })
    ).status
  expect(last).toBe(429)
  t.clock.moveBy(61_000)
  expect((await publicPage('c2')).status).toBe(200)
})

test('the three lists show what is to be done, by whom and what comes next; filters and rights hold', async () => {
  const id = await steps.assigned()
  const lists = async (by: string, query = {}) =>
    (await steps.by(by)).call(getThreeLists, { query: { areaId: t.street.areaId('c1'), ...query } })
  const all = await lists('clerk-c1')
  expect(all.body.items.find((item) => item.caseId === id)).toMatchObject({
    holder: { organisation: { name: '安居物业' } },
    next: 'take',
    lastStep: { act: 'assign' },
    voices: 1,
    fromGathering: false,
    plainWords: '楼道灯不亮',
  })
  const routed = await lists('secretary-c1', { route: 'handle-now' })
  expect(new Set(routed.body.items.map(({ route }) => route))).toEqual(new Set(['handle-now']))
  expect((await lists('clerk-c1', { source: 'gathering' })).body.items).toEqual([])
  expect((await lists('clerk-c2')).code).toBe('cases/community-unknown')
  expect((await lists('viewer')).status).toBe(403)
  const settled = await lists('clerk-c1', { state: 'settled' })
  expect(settled.body.items.every(({ stage }) => stage === 'settled')).toBe(true)
})

test('the workbook holds the three lists in words that name nobody', async () => {
  await told()
  const clerk = await steps.by('clerk-c1')
  const cookie = [...clerk.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const reply = await fetch(`${t.baseUrl}${exportThreeLists.path}?areaId=${t.street.areaId('c1')}`, {
    headers: { cookie },
  })
  const book = new excel.Workbook()
  await book.xlsx.load(await reply.arrayBuffer())
  expect(book.worksheets.map(({ name }) => name)).toEqual(['需求清单', '责任清单', '推进清单'])
  const text = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()))
  expect(text).toContain('楼道灯不亮')
  for (const word of Object.values(canary)) expect(text).not.toContain(word)
})
