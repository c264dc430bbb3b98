/** Day one of a street: an IT clerk turns the lists that everybody already has into areas, firms, people, duties, a roster and orders. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sheetsModule } from '../modules/sheets/server/index.ts'
import { type EmptyStreet, makeEmptyStreet } from '../modules/testing/empty-street.ts'
import {
  areasWorkbook,
  dutyWorkbook,
  ordersWorkbook,
  organisationsCsv,
  rosterWorkbook,
  staffWorkbook,
} from '../modules/testing/messy-workbooks.ts'
import { type SheetSteps, sheetSteps } from '../modules/testing/sheet-steps.ts'
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
let street: EmptyStreet
let steps: SheetSteps
const faults: unknown[] = []
beforeAll(async () => {
  server = await startJourneyServer({ modules: [sheetsModule] })
  browser = await openBrowser(server)
  street = await makeEmptyStreet(server)
  steps = await sheetSteps(server, faults)
})
afterAll(async () => {
  await steps?.worker.stop()
  await browser?.close()
  await server?.close()
})

interface Sheet {
  kind: string
  source?: string
  name: string
  bytes: Buffer
}

/** From the choice of the kind to the report. */
async function check(page: Page, { kind, source, name, bytes }: Sheet): Promise<void> {
  await page.goto('/console/sheets')
  await page.locator('label.kind', { has: page.getByText(kind, { exact: true }) }).click()
  if (source !== undefined) await page.getByLabel('从哪里来的？').selectOption({ label: source })
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
  await page.getByRole('button', { name: '读取这份表格' }).click()
  await page.getByRole('button', { name: '核对内容' }).click()
  await page.locator('.figures').waitFor()
}

/** The worker turns as it would by itself until the page says that it is done. */
async function untilDone(page: Page): Promise<void> {
  const done = page.getByText('导入完成')
  for (let turn = 0; turn < 60 && !(await done.isVisible()); turn++) {
    await steps.worker.turn()
    await page.locator('.work, .told').first().waitFor()
  }
  await done.waitFor()
}

async function bringIn(page: Page, sheet: Sheet, confirm: RegExp): Promise<void> {
  await check(page, sheet)
  await page.getByRole('button', { name: confirm }).click()
  await untilDone(page)
}

const count = async (table: string) =>
  (
    await server.look<{ n: number }>(`select count(*)::int as n from ${table} where street_id = $1`, [
      street.streetId,
    ])
  )[0]?.n

test('areas, organisations and the duty list come in as they are, with bad rows named and left out', async () => {
  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await page.locator('.kinds').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await bringIn(page, { kind: '区域', name: '网格划分.xlsx', bytes: await areasWorkbook() }, /确认导入 9 行/)
  await bringIn(
    page,
    { kind: '单位', name: '承办单位名录.csv', bytes: organisationsCsv() },
    /跳过 1 行，导入其余 8 行/,
  )
  await page.getByText('不是可填的内容').waitFor()
  await bringIn(
    page,
    { kind: '职责清单', name: '职责清单.xlsx', bytes: await dutyWorkbook() },
    /导入其余 11 行/,
  )
  expect([await count('areas'), await count('organisations')]).toEqual([13, 8])
  expect(await axeFindings(page)).toEqual([])
  expect(wrong).toEqual([])
  await close()
})

test('staff are prepared by one administrator and confirmed by another, who prints the passwords once', async () => {
  const system = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await check(system.page, { kind: '人员与岗位', name: '花名册.xlsx', bytes: await staffWorkbook() })
  await system.page.getByText('由安全管理员确认').first().waitFor()
  expect(await system.page.getByRole('button', { name: /导入其余/ }).count()).toBe(0)
  const security = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('security-admin'),
  })
  await security.page.getByRole('link', { name: /人员与岗位 花名册/ }).click()
  await security.page.getByRole('button', { name: /跳过 4 行，导入其余 22 行/ }).click()
  await untilDone(security.page)
  await security.page.getByRole('button', { name: '显示并打印一次性密码' }).click()
  await security.page.locator('.strips tbody tr').nth(20).waitFor()
  expect(await security.page.locator('.strips tbody tr').count()).toBe(21)
  await security.page.reload()
  await security.page.getByText('导入完成').waitFor()
  expect(await security.page.locator('.strips').count()).toBe(0)
  expect([...system.faults, ...security.faults]).toEqual([])
  await system.close()
  await security.close()
})

test('a roster is undone as a whole, and comes in again', async () => {
  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('duty-head'),
  })
  const sheet = { kind: '值班表', name: '10月值班表.xlsx', bytes: await rosterWorkbook() }
  await bringIn(page, sheet, /跳过 2 行，导入其余 60 行/)
  expect(await count('duty_shifts')).toBe(60)
  await page.getByRole('button', { name: '撤销这次导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click()
  const undone = page.getByText('已经撤销')
  for (let turn = 0; turn < 60 && !(await undone.isVisible()); turn++) {
    await steps.worker.turn()
    await page.locator('.work, .told').first().waitFor()
  }
  expect(await count('duty_shifts')).toBe(0)
  await bringIn(page, sheet, /导入其余 60 行/)
  expect(wrong).toEqual([])
  await close()
})

test('five hundred orders of a hotline become cases, each once', async () => {
  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('dispatcher'),
  })
  await page.locator('.kinds').waitFor()
  await check(page, {
    kind: '上级工单',
    source: '12345政务服务便民热线',
    name: '工单.xlsx',
    bytes: await ordersWorkbook(),
  })
  await page.getByRole('button', { name: /导入/ }).first().click()
  await untilDone(page)
  const cases = (await count('cases')) ?? 0
  expect(cases).toBeGreaterThanOrEqual(440)
  expect(wrong).toEqual([])
  await close()
})

test('on a phone the same list is read and checked without scrolling the page sideways', async () => {
  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/console/sheets', {
    viewport: phone,
    as: await street.as('system-admin'),
  })
  await check(page, { kind: '区域', name: '网格划分.xlsx', bytes: await areasWorkbook() })
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: '返回对列' }).click()
  await page.getByText('已按上次的对法对好').waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  expect(wrong).toEqual([])
  await close()
})
