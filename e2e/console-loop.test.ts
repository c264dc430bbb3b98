/** The console at a desk: a case goes from the clerk to the holder, the verifier and the reporter, and every turn beside that way. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  acceptCase,
  assignCase,
  type CaseView,
  checkCase,
  rateCase,
  submitResult,
  takeCase,
} from '../modules/cases/contract.ts'
import type { TestClient } from '../platform/testing/test-client.ts'
import { axeFindings, desk, type JourneyBrowser, openBrowser } from './support/browser.ts'
import { choose, drawer, press } from './support/drawer.ts'
import { photo } from './support/photo.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const open = async (username: string, path: string) =>
  browser.open(`/console${path}`, { as: await server.as(username), viewport: desk })
const reporter = () => server.asResident('13900000001')
const file = async (text: string) => server.file(await reporter(), { text })
const state = (page: Page, word: string) =>
  drawer(page).locator('header').getByText(word, { exact: true }).waitFor()
const more = async (page: Page, act: string) => {
  await press(page, '更多操作')
  await press(page, act)
}

async function done(act: Promise<{ status: number; body: CaseView }>): Promise<CaseView> {
  const reply = await act
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
  return reply.body
}

/** Brought over the API to where a journey begins. */
async function assigned(text: string): Promise<CaseView> {
  const filed = await file(text)
  const clerk = await server.as('clerk-c1')
  const params = { id: filed.id }
  await done(clerk.call(acceptCase, { params, body: { kind: 'complaint', matterCode: 'LX01005' } }))
  const body = { organisationId: server.street.organisationId('property') }
  return done(clerk.call(assignCase, { params, body }))
}
async function answered(text: string, outcome: 'solved' | 'unsolved'): Promise<CaseView> {
  const { id } = await assigned(text)
  const handler = await server.as('handler-property')
  const verifier = await server.as('verifier-c1')
  const params = { id }
  await done(handler.call(takeCase, { params, body: {} }))
  const told = { outcome, words: '到现场看过。', answer: '情况已向您说明。' }
  await done(handler.call(submitResult, { params, body: told }))
  const fileIds = [await uploadedBy(verifier)]
  const body = { pass: true, mode: 'on-site' as const, words: '现场属实。', fileIds }
  return done(verifier.call(checkCase, { params, body }))
}
async function uploadedBy(client: TestClient): Promise<string> {
  const form = new FormData()
  const { buffer, mimeType, name } = await photo()
  form.append('file', new Blob([new Uint8Array(buffer)], { type: mimeType }), name)
  const cookie = [...client.cookies].map(([key, value]) => `${key}=${value}`).join('; ')
  const headers = { cookie, 'idempotency-key': crypto.randomUUID() }
  const reply = await fetch(`${server.baseUrl}/api/files`, { method: 'POST', body: form, headers })
  return ((await reply.json()) as { id: string }).id
}

test('clerk accepts and assigns, handler takes, contacts and submits, verifier passes, the reporter rates, and it is closed', async () => {
  const { id } = await file('3栋楼道灯不亮，声控灯坏了一个星期，晚上老人上楼看不见。')

  const clerk = await open('clerk-c1', `/cases/${id}?state=pending`)
  await press(clerk.page, '受理并派单')
  await drawer(clerk.page).getByText('理由：', { exact: false }).first().waitFor()
  expect(await drawer(clerk.page).getByLabel('事项').inputValue()).toBe('楼道灯不亮')
  expect(await drawer(clerk.page).getByLabel('所在区域').inputValue()).toBe('天桥社区 · 第1网格 · 微网格01')
  const holder = drawer(clerk.page).getByLabel('派给')
  await holder.fill('安居')
  await holder.press('Enter')
  expect(await axeFindings(clerk.page)).toEqual([])
  await press(clerk.page, '受理并派给安居物业')
  await state(clerk.page, '待签收')
  expect(new URL(clerk.page.url()).search).toBe('?state=pending')
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const handler = await open('handler-property', '/')
  await handler.page.getByRole('row', { name: /3栋楼道灯不亮/ }).click()
  await press(handler.page, '签收')
  await state(handler.page, '办理中')
  await press(handler.page, '联系居民')
  await choose(handler.page, '联系上了吗', '联系上了')
  await press(handler.page, '记下这次联系')
  await drawer(handler.page).getByText('电话 · 联系上了').waitFor()
  await press(handler.page, '反馈结果')
  await press(handler.page, '反馈结果，送核查')
  await drawer(handler.page).getByText('请填写：做了什么').waitFor()
  await choose(handler.page, '结果', '已解决')
  await drawer(handler.page).getByLabel('做了什么').fill('换了感应头，灯亮了。')
  await drawer(handler.page).getByLabel('给居民的答复').fill('楼道灯已修好。')
  expect(await axeFindings(handler.page)).toEqual([])
  await press(handler.page, '反馈结果，送核查')
  await state(handler.page, '待核查')
  await handler.close()

  const verifier = await open('verifier-c1', `/today/${id}`)
  await press(verifier.page, '核查')
  await choose(verifier.page, '核查结论', '通过')
  await choose(verifier.page, '怎么核查的', '现场核查')
  await drawer(verifier.page).getByLabel('核查情况').fill('晚上去看过，灯亮。')
  const [chooser] = await Promise.all([
    verifier.page.waitForEvent('filechooser'),
    drawer(verifier.page).getByText('添加照片').click(),
  ])
  await chooser.setFiles(await photo())
  await drawer(verifier.page).getByRole('img', { name: '照片 1' }).waitFor()
  await press(verifier.page, '通过并答复居民')
  await state(verifier.page, '待评价')
  expect(verifier.faults).toEqual([])

  const resident = await reporter()
  const rating = { reached: true, solved: true, satisfaction: 'satisfied' as const }
  await done(resident.call(rateCase, { params: { id }, body: rating }))
  await verifier.page.reload()
  await state(verifier.page, '已结案')
  await drawer(verifier.page).getByText('满意 · 联系过 · 已解决').first().waitFor()
  await verifier.close()
})

test('when assigning is refused after accepting, the form says that the case is accepted and goes on from there', async () => {
  const { id } = await file('2栋楼道灯不亮')
  const { page, close } = await open('clerk-c1', `/cases/${id}`)
  const words = '这个单位刚刚停用。'
  await page.route('**/assign', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 422, code: 'cases/organisation-unknown', title: words, detail: words }),
    }),
  )
  await press(page, '受理并派单')
  const holder = drawer(page).getByLabel('派给')
  await holder.fill('安居')
  await holder.press('Enter')
  await press(page, '受理并派给安居物业')
  await drawer(page).getByText('已受理，但没有派出去：这个单位刚刚停用。').waitFor()
  await state(page, '待派单')
  await page.unroute('**/assign')
  await press(page, '派给安居物业')
  await state(page, '待签收')
  await close()
})

test('an order goes back only when a second person approves', async () => {
  const { id } = await assigned('楼道灯不亮，但那是供电局的线')
  const handler = await open('handler-property', `/cases/${id}`)
  await more(handler.page, '申请退单')
  await drawer(handler.page).getByLabel('为什么要退').fill('线路归供电公司管。')
  await press(handler.page, '提出申请')
  await drawer(handler.page).getByText('您的申请退单正在等待另一位同事审批').waitFor()
  await press(handler.page, '更多操作')
  await drawer(handler.page).getByText('有一项申请正在等待审批，批复后再继续。').first().waitFor()
  await handler.close()

  const clerk = await open('clerk-c1-2', `/cases/${id}`)
  await drawer(clerk.page).getByText('线路归供电公司管。').first().waitFor()
  await press(clerk.page, '批准')
  await press(clerk.page, '批准')
  await state(clerk.page, '待派单')
  await clerk.close()
})

test('an unsolved case is closed only with a review date and a second person, and is then 挂账', async () => {
  const { id } = await answered('老楼加装电梯，邻居谈不拢，楼道灯不亮', 'unsolved')
  const first = await open('supervisor', `/cases/${id}`)
  await press(first.page, '结案')
  await press(first.page, '申请挂账，送审批')
  await drawer(first.page).getByText('请填写：下次复查日期').waitFor()
  await drawer(first.page).getByLabel('下次复查日期').fill('2026-12-01')
  await press(first.page, '申请挂账，送审批')
  await drawer(first.page).getByText('您的结案正在等待另一位同事审批').waitFor()
  await first.close()

  const second = await open('supervisor-2', `/cases/${id}`)
  await press(second.page, '批准')
  await press(second.page, '批准')
  await state(second.page, '挂账')
  await second.page.goto('/console/cases?due=long-term')
  await second.page.getByRole('row', { name: /老楼加装电梯/ }).waitFor()
  await second.close()
})

test('a case is declined with where to turn, and another answered at once', async () => {
  const refused = await file('和前夫的房产纠纷，请街道判给我。')
  const one = await open('clerk-c1', `/cases/${refused.id}`)
  await more(one.page, '不予受理')
  await choose(one.page, '不予受理的情形', '应通过诉讼、仲裁、复议、信访等法定途径')
  await drawer(one.page).getByLabel('居民可以找谁').fill('区人民法院诉讼服务中心')
  await drawer(one.page).getByLabel('给居民的话').fill('这件事要由法院来断。')
  await press(one.page, '不予受理并告知居民')
  await state(one.page, '不予受理')
  await one.close()

  const asked = await file('老年食堂几点开门？')
  const two = await open('clerk-c1', `/cases/${asked.id}`)
  await press(two.page, '直接答复')
  await drawer(two.page).getByLabel('给居民的答复').fill('每天 11 点到 13 点。')
  await press(two.page, '答复并结案')
  await state(two.page, '已结案')
  await two.close()
})

test('an overdue case says so in the list and the record, with the rule that set its deadline', async () => {
  const { id } = await assigned('楼道灯不亮，早该修了')
  const before = server.clock.now()
  server.clock.moveTo(new Date(before.getTime() + 60 * 24 * 3_600_000))
  const { page, close } = await open('clerk-c1', '/cases?due=overdue')
  const row = page.getByRole('row', { name: /早该修了/ })
  await row.getByText('已超期').waitFor()
  await row.click()
  const clock = drawer(page).getByRole('button', { name: /已超期/ })
  await clock.click()
  await drawer(page).getByText('期限依据').waitFor()
  expect(page.url()).toContain(`/console/cases/${id}?due=overdue`)
  server.clock.moveTo(before)
  await close()
})
