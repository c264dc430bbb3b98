/** The pages of the console at a desk and on a phone: export, search, keyboard, what others do, what cannot be read, and axe. */
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileCase } from '../modules/cases/contract.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
import { drawer, press } from './support/drawer.ts'
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
const file = async (text: string) => server.file(await server.asResident('13900000001'), { text })

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
