/** Monday at nine: the supervisor opens the paper, writes a decision, holds the meeting and takes it home as files. */
import { readFile } from 'node:fs/promises'
import excel from 'exceljs'
import PizZip from 'pizzip'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandModule } from '../modules/command/server/index.ts'
import { caseSteps } from '../modules/testing/case-steps.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
let number: string
const decision = '物业两日内换好，先装临时灯。'

beforeAll(async () => {
  server = await startJourneyServer({ modules: [commandModule] })
  browser = await openBrowser(server)
  const steps = caseSteps(server)
  const id = await steps.inProgress()
  // The browser's clock is the machine's: a deadline and a meeting of its own time.
  await server.look(`update cases set due_at = $2 where id = $1`, [
    id,
    new Date(server.clock.now().getTime() - 3_600_000),
  ])
  number =
    (await server.look<{ number: string }>('select number from cases where id = $1', [id]))[0]?.number ?? ''
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function saved(page: Page, name: string): Promise<Buffer> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name, exact: true }).click()
  return readFile(await (await waiting).path())
}

test('a decision of the meeting stands on its case; held, the paper goes home as a workbook and a Word file', async () => {
  const as = await server.as('supervisor')
  const { page, faults, close } = await browser.open('/console/meetings', { viewport: desk, as })
  await page.getByText('还没有调度会').waitFor()
  await page.getByRole('button', { name: '新建调度会' }).first().click()
  const form = page.getByRole('dialog', { name: '新建调度会' })
  await form.getByLabel('会议日期').fill('2026-09-14')
  await form.getByLabel('统计从').fill('2026-09-07')
  await form.getByLabel('到', { exact: true }).fill('2026-09-13')
  await form.getByRole('button', { name: '新建调度会' }).click()

  const overdue = page.getByRole('region', { name: '已超期' })
  await overdue.getByRole('button', { name: `写决定 ${number}` }).click()
  const decide = page.getByRole('dialog', { name: `会议决定：${number}` })
  await decide.getByRole('button', { name: '写入决定并督办' }).click()
  await decide.getByText('请填写这一项。').waitFor()
  await decide.getByLabel('要求').fill(decision)
  await decide.getByLabel('新期限').fill('2027-01-08')
  expect(await axeFindings(page)).toEqual([])
  await decide.getByRole('button', { name: '写入决定并督办' }).click()
  await page.getByRole('region', { name: '本次会议决定' }).getByText(decision).waitFor()
  expect(await axeFindings(page)).toEqual([])

  await overdue.getByRole('link', { name: number }).click()
  const record = page.getByRole('dialog')
  await record.getByText('督办', { exact: true }).first().waitFor()
  await record.getByText(decision).waitFor()
  await page.goBack()

  await page.getByRole('button', { name: '确认开会' }).click()
  await page.getByRole('dialog', { name: '确认开会' }).getByRole('button', { name: '确认开会' }).click()
  await page.getByText('已定稿。').waitFor()

  const bytes = await saved(page, '导出表格')
  const book = new excel.Workbook()
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  const cells: string[] = []
  book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => cells.push(cell.text)))
  expect(cells).toContain(number)
  expect(cells).toContain(decision)
  const text = new PizZip(await saved(page, '导出文档')).file('word/document.xml')?.asText() ?? ''
  expect(text).toContain(decision)
  expect(text).not.toContain('{{')
  expect(faults).toEqual([])
  await close()
})

test('a number of the paper opens as many cases as it says, and a phone needs no sideways scrolling', async () => {
  const as = await server.as('duty-head')
  const { page, faults, close } = await browser.open('/console/meetings', { viewport: phone, as })
  await page.getByRole('link', { name: /2026年9月14日/ }).click()
  await page.getByRole('region', { name: '已超期' }).getByText(number).waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  await page
    .getByRole('region', { name: '数据' })
    .getByRole('button', { name: /已超期/ })
    .click()
  // The list says which figure it is of, and holds as many rows as the number said.
  await page.getByText('数字里的诉求：已超期').waitFor()
  await page.getByText(number).first().waitFor()
  expect(await page.locator('tbody tr').count()).toBe(1)
  expect(faults).toEqual([])
  await close()
})

test('where matters were solved is told with denominators, by keyboard and on a phone too', async () => {
  const as = await server.as('duty-head')
  const { page, faults, close } = await browser.open('/console/solved-where', { viewport: phone, as })
  await page.getByRole('heading', { name: '解决在哪一级' }).waitFor()
  await page.getByText('这个区域还没有登记人口数。').waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

/** Of a row of the figures: how many, of how many, and the rate. */
const numbersOf = async (row: Locator) => (await row.locator('td').allInnerTexts()).map((text) => text.trim())

test('from the figures of the street one comes to those of a community, to the cases behind a number, and to a file of the same', async () => {
  const steps = caseSteps(server)
  await steps.accepted()
  await steps.filed()
  const as = await server.as('duty-head')
  const { page, faults, close } = await browser.open('/console/case-figures', { viewport: desk, as })
  await page.getByRole('heading', { name: '诉求数据' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  const parts = page.getByRole('region', { name: '按区域' }).first()
  await parts.getByRole('link', { name: '天桥社区' }).click()
  await page.getByText('天桥社区 · ', { exact: false }).waitFor()
  const intake = page.getByRole('region', { name: '立案与派单' })
  const row = intake.getByRole('row').filter({ hasText: '立案率' }).filter({ hasNotText: '按时' })
  const [accepted, filed, rate] = await numbersOf(row)
  expect([accepted, filed]).toEqual(['2', '3'])
  expect(rate).toContain('66.7%')

  const bytes = await saved(page, '导出表格')
  const book = new excel.Workbook()
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  const rows: string[][] = []
  book.worksheets[0]?.eachRow((line) => rows.push((line.values as unknown[]).slice(1).map(String)))
  expect(rows.find(([where, , what]) => where === '天桥社区' && what === '立案率')?.slice(3, 5)).toEqual([
    '2',
    '3',
  ])

  await row.getByRole('link', { name: '2', exact: true }).click()
  await page.getByText('数字里的诉求：受理').waitFor()
  await page.getByText(number).first().waitFor()
  expect(await page.locator('tbody tr').count()).toBe(2)
  await page.goBack()
  await intake.waitFor()
  expect(faults).toEqual([])
  await close()
})
