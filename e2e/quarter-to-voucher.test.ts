/** A community runs a quarter: points from service, the list, the notice, two approvals, and a voucher spent at a shop. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleModule } from '../modules/people/server/index.ts'
import { getPassbook } from '../modules/points/contract.ts'
import { pointsModule } from '../modules/points/server/index.ts'
import { pointsSteps } from '../modules/testing/points-steps.ts'
import type { TestClient } from '../platform/testing/test-client.ts'
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
let resident: TestClient
const shots = process.env.LINLI_SHOTS

beforeAll(async () => {
  server = await startJourneyServer({ modules: [peopleModule, pointsModule] })
  const steps = pointsSteps(server)
  await steps.ready()
  const me = await steps.resident()
  resident = me.client
  await steps.serve(me.id, 20)
  await steps.serve(await steps.person('龙老人', '13711110001'), 12)
  server.clock.moveTo(new Date('2026-10-08T02:00:00Z'))
  browser = await openBrowser(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function see(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([])
  expect(await sidewaysScroll(page), name).toBe(0)
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

const confirm = (page: Page, name: string) =>
  page.getByRole('dialog', { name }).getByRole('button', { name, exact: true }).click()

test('a clerk freezes the quarter, residents see it by digits and object, two people approve, vouchers are there', async () => {
  const clerk = await browser.open('/console/points', { viewport: desk, as: await server.as('clerk-c1') })
  await clerk.page.getByText('还没有季度兑换').waitFor()
  await clerk.page.getByRole('button', { name: '冻结一个季度' }).click()
  await confirm(clerk.page, '冻结一个季度')
  await clerk.page.getByRole('heading', { name: '天桥社区 2026Q3 兑换' }).waitFor()
  await clerk.page.getByText('按现在的账重新算，一字不差').waitFor()
  await clerk.page.getByRole('button', { name: '开始公示' }).click()
  await confirm(clerk.page, '开始公示')
  await clerk.page.getByText('公示到 2026年10月13日').waitFor()
  await see(clerk.page, 'run-noticed')
  await clerk.page.goto('/console/points?tab=rules')
  await clerk.page.getByText('储备够付全部未兑换积分').waitFor()
  await see(clerk.page, 'rules')
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const seen = await browser.open('/m/points/notices', { viewport: phone, as: resident })
  await seen.page.getByText('20 分').waitFor()
  await see(seen.page, 'notices')
  await seen.page.getByRole('button', { name: '提出异议' }).click()
  await seen.page.getByLabel('哪里不对').fill('九月那次活动少记了一次')
  await seen.page.getByRole('button', { name: '提交异议' }).click()
  await seen.page.getByText('已收到').waitFor()
  expect(seen.faults).toEqual([])
  await seen.close()

  server.clock.moveTo(new Date('2026-10-14T02:00:00Z'))
  const secretary = await browser.open('/console/points', {
    viewport: desk,
    as: await server.as('secretary-c1'),
  })
  await secretary.page.getByRole('link', { name: /2026Q3/ }).click()
  await secretary.page.getByText('还有异议没有答复').waitFor()
  await secretary.page.getByRole('button', { name: '答复' }).click()
  const answer = secretary.page.getByRole('dialog', { name: '答复' })
  await answer.getByLabel('答复').fill('已核对活动记录，次数没有错')
  await answer.getByRole('button', { name: '答复' }).click()
  await secretary.page.getByRole('button', { name: '批准' }).click()
  await confirm(secretary.page, '批准')
  await secretary.page.getByText('已批准 1/2').waitFor()
  expect(secretary.faults).toEqual([])
  await secretary.close()

  const head = await browser.open('/console/points', { viewport: desk, as: await server.as('supervisor') })
  await head.page.getByRole('link', { name: /2026Q3/ }).click()
  await head.page.getByRole('button', { name: '批准' }).click()
  await head.page.getByText('马上发出 32.00 元爱心券').waitFor()
  await confirm(head.page, '批准')
  await head.page.getByText('已发 4 张券').waitFor()
  await see(head.page, 'run-issued')
  await head.page.goto('/console/points?tab=ledger')
  await head.page.getByRole('button', { name: '再核对一次' }).click()
  await head.page.getByText('分文不差').waitFor()
  await see(head.page, 'ledger')
  expect(head.faults).toEqual([])
  await head.close()
})

test('the resident shows a code, the shop takes it once, and both see it', async () => {
  const book = await browser.open('/m/points', { viewport: phone, as: resident })
  await book.page.getByRole('button', { name: '出示券码' }).first().click()
  const code = (await book.page.locator('.code').textContent()) ?? ''
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)
  await see(book.page, 'passbook')

  const shop = await browser.open('/m/field/shop', {
    viewport: phone,
    as: await server.as('handler-property'),
  })
  await shop.page.getByLabel('券码').fill(code.toLowerCase())
  await shop.page.getByRole('button', { name: '查验' }).click()
  await shop.page.getByText('值 ¥10.00').waitFor()
  await shop.page.getByRole('button', { name: '收下这张券' }).click()
  await shop.page.getByText('已收 ¥10.00').waitFor()
  await see(shop.page, 'shop-taken')
  await shop.page.getByRole('button', { name: '再收一张' }).click()
  await shop.page.getByLabel('券码').fill(code)
  await shop.page.getByRole('button', { name: '查验' }).click()
  await shop.page.getByText(/在本店用过/).waitFor()
  expect(await shop.page.getByRole('button', { name: '收下这张券' }).count()).toBe(0)
  expect(shop.faults).toEqual([])
  await shop.close()

  await book.page.reload()
  await book.page.getByText('已用').waitFor()
  expect(book.faults).toEqual([])
  await book.close()
})

test('without a network the shop looks a voucher up by its list, takes it, and sends it when the network is back; goods come back', async () => {
  const codes = (await resident.call(getPassbook)).body.vouchers.flatMap(({ code }) => (code ? [code] : []))
  const shop = await browser.open('/m/field/shop', {
    viewport: phone,
    as: await server.as('handler-property'),
  })
  const { page } = shop
  await page.getByRole('button', { name: '下载离线名单' }).click()
  await page.getByText(/还能收 ¥500.00/).waitFor()
  await page.context().setOffline(true)
  await page.getByLabel('券码').fill(codes[0] ?? '')
  await page.getByRole('button', { name: '查验' }).click()
  await page.getByText('现在没有网络，按离线名单查验').waitFor()
  await see(page, 'shop-offline')
  await page.getByRole('button', { name: '收下这张券' }).click()
  await page.getByRole('button', { name: '补传 1 张' }).waitFor()
  await page.getByLabel('券码').fill(codes[0] ?? '')
  await page.getByRole('button', { name: '查验' }).click()
  await page.getByText('这张券刚才已经记下').waitFor()
  await page.context().setOffline(false)
  await page.getByText('补传完：收下 1 张，0 张没有成功').waitFor()
  await page.getByText('今天收 2 张，¥20.00').waitFor()
  await page.getByRole('button', { name: '查验' }).click()
  await page.getByText(/在本店用过/).waitFor()
  await page.getByRole('button', { name: '顾客退货，退还这张券' }).click()
  await page.getByText('已退还，顾客存折里有一张新券。').waitFor()
  await page.getByText('今天收 2 张，¥10.00').waitFor()
  await see(page, 'shop-returned')
  // What the browser says of a cut network is no fault of the page.
  expect(
    shop.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(fault)),
  ).toEqual([])
  await shop.close()
})

test('at the passbook desk a clerk looks up who has no phone and asks for kin', async () => {
  const clerk = await browser.open('/console/points?tab=book', {
    viewport: desk,
    as: await server.as('clerk-c1'),
  })
  await clerk.page.getByLabel('电话、姓名或证件号（要完整）').fill('龙老人')
  await clerk.page.getByRole('button', { name: '查找' }).click()
  await clerk.page.getByText('龙*人').waitFor()
  await see(clerk.page, 'book')
  await clerk.page.getByRole('button', { name: '加家庭成员' }).click()
  const form = clerk.page.getByRole('dialog', { name: '家庭账户' })
  await form.getByLabel('另一位').fill('欧阳金丝雀')
  await form.getByRole('button', { name: '查找' }).click()
  await form.getByText(/欧\*+雀/).waitFor()
  await form.getByRole('button', { name: '提交申请' }).click()
  await clerk.page.getByText('已提交，等另一位同事批准。').waitFor()
  await clerk.page.goto('/console/points?tab=honours')
  await clerk.page.getByText('这一年还没有结束').or(clerk.page.getByText('还没有人得分')).first().waitFor()
  await see(clerk.page, 'honours')
  expect(clerk.faults).toEqual([])
  await clerk.close()
})

test('a donation that a clerk writes down counts when another person approved it', async () => {
  const clerk = await browser.open('/console/points?tab=rules', {
    viewport: desk,
    as: await server.as('clerk-c1'),
  })
  await clerk.page.getByRole('button', { name: '登记捐赠' }).click()
  const form = clerk.page.getByRole('dialog', { name: '登记捐赠' })
  await form.getByLabel('单位').selectOption({ label: '供水公司' })
  await form.getByLabel('金额（元）').fill('500')
  await form.getByLabel('说明').fill('四季度爱心款')
  await form.getByRole('button', { name: '提交申请' }).click()
  await clerk.page.getByText('已提交，等另一位同事批准。').waitFor()
  await clerk.page.goto('/console/points?tab=requests')
  await clerk.page.getByText('等另一位同事批准').first().waitFor()
  expect(await clerk.page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0)
  await clerk.close()

  const head = await browser.open('/console/points?tab=requests', {
    viewport: phone,
    as: await server.as('duty-head'),
  })
  await head.page.getByText('供水公司 · ¥500.00').waitFor()
  await see(head.page, 'requests-phone')
  const donation = head.page.getByRole('listitem').filter({ hasText: '供水公司 · ¥500.00' })
  await donation.getByRole('button', { name: '批准', exact: true }).click()
  await head.page.getByRole('dialog').getByRole('button', { name: '批准', exact: true }).click()
  await head.page.getByText('已办好。').waitFor()
  await head.page.goto('/console/points?tab=rules')
  await head.page.getByText('¥1468.00').waitFor()
  await see(head.page, 'rules-phone')
  expect(head.faults).toEqual([])
  await head.close()
})
