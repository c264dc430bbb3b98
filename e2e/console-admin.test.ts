/** The administrators' journeys in the console: accounts and posts, areas and their map, the catalogue. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const labelled = (page: Page, label: string) => page.getByLabel(label, { exact: true })

test('a new clerk is made, appointed and signs in; when the post ends, the next request is refused', async () => {
  const admin = await browser.open('/console/accounts', {
    viewport: desk,
    as: await server.as('security-admin'),
  })
  await admin.page.getByRole('button', { name: '新增账号' }).click()
  const form = admin.page.getByRole('dialog', { name: '新增账号' })
  await form.getByLabel('姓名').fill('龙䶮新')
  await form.getByLabel('用户名').fill('new clerk')
  await form.getByRole('button', { name: '新增账号' }).click()
  await form.getByText('不能有空格').waitFor()
  await form.getByLabel('用户名').fill('new-clerk')
  await form.getByRole('button', { name: '新增账号' }).click()
  const shown = admin.page.getByRole('dialog', { name: '一次性密码' })
  const password = (await shown.locator('code').textContent())?.trim() ?? ''
  await shown.getByRole('button', { name: '已交给本人，关闭' }).click()

  // The record of the new account opens by itself; a role without its area is told beside the field.
  await admin.page.getByRole('button', { name: '任命岗位' }).click()
  const appoint = admin.page.getByRole('dialog', { name: '给 龙䶮新 任命岗位' })
  await labelled(admin.page, '岗位').last().selectOption('clerk')
  await appoint.getByRole('button', { name: '任命岗位' }).click()
  await appoint.getByText('请填写这一项。').waitFor()
  await appoint.getByLabel('区域').selectOption(server.street.areaId('c1'))
  await appoint.getByRole('button', { name: '任命岗位' }).click()
  await admin.page.getByText('全科社工 · 天桥社区').first().waitFor()

  const clerk = await browser.open('/console/', { viewport: desk })
  await clerk.page.getByLabel('用户名').fill('new-clerk')
  await clerk.page.getByLabel('密码').fill(password)
  await clerk.page.getByRole('button', { name: '登录', exact: true }).click()
  await clerk.page.getByText('换一个新密码').waitFor()
  await clerk.page.getByLabel('现在的密码').fill(password)
  await clerk.page.getByLabel('新密码').fill('Banyan-Tree-2026')
  await clerk.page.getByRole('button', { name: '修改密码' }).click()
  await clerk.page.waitForURL(/second-factor|today/)

  await admin.page.getByRole('button', { name: '结束 全科社工 · 天桥社区' }).click()
  const end = admin.page.getByRole('dialog', { name: '结束 全科社工 · 天桥社区' })
  await end.getByRole('button', { name: '结束岗位' }).click()
  await admin.page.getByText('没有岗位').first().waitFor()

  const refused = await clerk.page.evaluate<number>("fetch('/api/session').then((reply) => reply.status)")
  expect(refused).toBe(401)
  await clerk.page.goto('/console/areas')
  await clerk.page.getByRole('button', { name: '登录', exact: true }).waitFor()
  expect([...admin.faults, ...clerk.faults]).toEqual([])
  await admin.close()
  await clerk.close()
})

test('tree and map show the same areas; by keyboard one is chosen, opened and its posts are read', async () => {
  const { page, faults, close } = await browser.open('/console/areas', {
    viewport: desk,
    as: await server.as('dispatcher'),
  })
  await page.locator('.maplibregl-canvas').waitFor()
  const tree = page.getByRole('tree', { name: '区域树' })
  await tree.getByRole('treeitem', { name: '天桥社区 社区' }).click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press(' ')
  await page.locator('.map-label.chosen').getByText('第1网格').waitFor()
  await page.getByRole('strong').getByText('第1网格').waitFor()
  await page.keyboard.press('Enter')
  const record = page.getByRole('dialog', { name: '天桥社区第1网格' })
  await record.getByText('专职网格员').first().waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await record.waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: '这个地方属于哪个网格？' }).fill('桐荫路18号 梧桐苑 5栋')
  await page.getByRole('button', { name: '定位' }).click()
  await page.getByText('天桥社区 · 第1网格 · 微网格02').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('电梯 is found among the matters, with its clock and who takes it; a phone shows it without sideways scrolling', async () => {
  const as = await server.as('dispatcher')
  const { page, faults, close } = await browser.open('/console/matters', { viewport: phone, as })
  await page.getByRole('searchbox').fill('电梯')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: /电梯困人/ }).click()
  const record = page.getByRole('dialog', { name: '电梯困人' })
  await record.getByText(/内联系，.*内答复/).waitFor()
  await record.getByText('应当承办').first().waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('the audit administrator reads what was done in words, and no page of the others opens', async () => {
  const as = await server.as('audit-admin')
  const { page, close } = await browser.open('/console/audit', { viewport: desk, as })
  await page
    .getByRole('row', { name: /结束岗位/ })
    .first()
    .click()
  await page.getByRole('dialog', { name: '结束岗位' }).getByText('accounts.endPost').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.goto('/console/accounts')
  await page.getByText('这个页面不在您的岗位范围内').waitFor()
  await close()
})
