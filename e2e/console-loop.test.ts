/** The console at a desk: a case goes from the clerk to the holder, the verifier and the reporter, and every turn beside that way. */
import excel from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  acceptCase,
  assignCase,
  type CaseView,
  checkCase,
  fileCase,
  rateCase,
  submitResult,
  takeCase,
} from '../modules/cases/contract.ts'
import type { TestClient } from '../platform/testing/test-client.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
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
const drawer = (page: Page) => page.getByRole('dialog')
const press = (page: Page, name: string | RegExp) =>
  drawer(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click()
const choose = (page: Page, group: string, option: string) =>
  drawer(page).getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click()
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

test('the exported file holds the rows and columns that are seen, in their order', async () => {
  for (const text of ['电梯停运', '电梯异响', '电梯困人']) await file(text)
  const { page, close } = await open('clerk-c1', '/cases?q=电梯&state=pending')
  await page.getByRole('row', { name: /电梯困人/ }).waitFor()
  await page.getByRole('button', { name: '显示哪些列' }).click()
  await page.getByLabel('承办', { exact: true }).uncheck()
  await page.keyboard.press('Escape')
  await page.reload()
  await page.getByRole('row', { name: /电梯困人/ }).waitFor()
  const seen = await page.evaluate<string[][]>(
    "[...document.querySelectorAll('.data-table tr')].map((row) => [...row.children].slice(1).map((cell) => cell.innerText.trim()))",
  )
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出所见' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('诉求-2026-09-14.xlsx')
  const book = new excel.Workbook()
  await book.xlsx.readFile(await download.path())
  const rows: string[][] = []
  book.worksheets[0]?.eachRow((row) => {
    rows.push((row.values as string[]).slice(1).map((cell) => cell ?? ''))
  })
  // The table leaves out the year where it is this one.
  expect(rows.map((row) => row.map((cell) => cell.replace('2026年', '')))).toEqual(seen)
  expect(seen.length).toBeGreaterThan(3)
  expect(seen[0]).not.toContain('承办')
  await close()
})

test('a contact is opened with a reason, and by phone a case is found without the number in any address', async () => {
  const clerk = await server.as('clerk-c1')
  const behalf = { name: '王小明', phone: '13912345678' }
  await clerk.call(fileCase, { body: { text: '代王先生反映：井盖响', channel: 'phone', onBehalfOf: behalf } })
  const { page, close } = await open('dispatcher', '/cases')
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  await page.getByRole('button', { name: '按电话查' }).click()
  await page.getByLabel('手机号，或后四位').fill('139 1234 5678')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('button', { name: /井盖响/ }).click()
  await drawer(page).getByText('139****5678').waitFor()
  await press(page, '查看 电话')
  const dialog = page.getByRole('dialog', { name: '查看电话' })
  await dialog.getByRole('button', { name: '查看' }).click()
  await dialog.getByText('请写明理由，两个字起。').waitFor()
  await dialog.getByLabel('为什么要看').fill('联系核实')
  await dialog.getByRole('button', { name: '查看' }).click()
  await page.getByText('13912345678', { exact: true }).waitFor()
  expect(addresses.filter((address) => /13912345678|5678/.test(address))).toEqual([])
  await close()
})

test('by keyboard alone a case is filed for a resident, and the grid of its address is said back', async () => {
  const { page, faults, close } = await open('clerk-c1', '/cases/new')
  const focused = () => page.evaluate<string>("document.activeElement?.tagName ?? ''")
  await expect.poll(focused, { timeout: 15_000 }).toBe('TEXTAREA')
  await page.keyboard.type('3栋的水表倒转。')
  const reach = async (name: string) => {
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab')
      const label =
        "document.activeElement?.labels?.[0]?.innerText ?? document.activeElement?.innerText ?? ''"
      if ((await page.evaluate<string>(label)).replace('选填', '').trim() === name) return
    }
    throw new Error(`the keyboard never reached ${name}`)
  }
  await reach('地址')
  await page.keyboard.type('桐荫路18号 梧桐苑 3栋')
  await page.getByText(/在 天桥社区 · 第1网格 · 微网格01/).waitFor()
  await reach('姓名')
  await page.keyboard.type('李阿姨')
  await reach('电话')
  await page.keyboard.type('123')
  await page.keyboard.press('Control+Enter')
  await page.getByText('请核对电话号码').first().waitFor()
  await page.getByLabel('电话', { exact: false }).last().fill('13800001111')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: /已登记，编号/ }).waitFor()
  expect(faults).toEqual([])
  await close()
})

test('what others do is announced and moves nothing before it is asked for', async () => {
  await file('楼道灯不亮，第一条')
  const { page, close } = await open('clerk-c1', '/cases?state=pending')
  await page.getByRole('row', { name: /第一条/ }).waitFor()
  const rows = await page.getByRole('row').count()
  await file('楼道灯不亮，后来的一条')
  await page.getByText('有 1 条更新').waitFor()
  expect(await page.getByRole('row').count()).toBe(rows)
  await page.getByRole('button', { name: '刷新列表' }).click()
  await page.getByRole('row', { name: /后来的一条/ }).waitFor()
  await close()
})

test('what is not there, not allowed, or cannot be read says so and what to do', async () => {
  const missing = await open('clerk-c1', '/cases/01900000-0000-7000-8000-000000000009')
  await drawer(missing.page).getByText('没有这条诉求，或不在您的范围内').waitFor()
  expect(await axeFindings(missing.page)).toEqual([])
  await press(missing.page, '回到列表')
  await missing.page.getByRole('searchbox').fill('没有的事')
  await missing.page.keyboard.press('Enter')
  await missing.page.getByText('没有符合条件的记录').waitFor()
  await missing.page.route('**/api/cases?*', (route) => route.abort())
  await missing.page.getByRole('button', { name: '清除筛选' }).click()
  await missing.page.goto('/console/cases?state=closed')
  await missing.page.getByText('没有读取成功').waitFor()
  await missing.close()
})

test.each([
  ['zh', desk],
  ['zh', phone],
  ['en', desk],
  ['en', phone],
] as const)('the case pages pass axe and never scroll sideways (%s, %o)', async (language, viewport) => {
  const { id } = await file('楼道灯不亮，无障碍')
  const as = await server.as('clerk-c1')
  const { page, close } = await browser.open('/console/today', { as, viewport, language })
  for (const path of ['/today', '/cases', `/cases/${id}`, '/cases/new']) {
    await page.goto(`/console${path}`)
    const ready = page.locator('.data-table tbody tr, form textarea, [role="dialog"] .case-facts')
    await ready.first().waitFor()
    expect(await axeFindings(page), path).toEqual([])
    expect(await sidewaysScroll(page), path).toBe(0)
  }
  await close()
})
