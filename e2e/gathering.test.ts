/** A courtyard meeting: put down by keyboard, added to on a phone, told of at the next one, and published by two people. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptCase, listCases } from '../modules/cases/contract.ts'
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

test('a clerk puts down a meeting by keyboard, corrects the one bad row, and the sheet says what became of it', async () => {
  // What the meeting will say again is open already.
  const clerkApi = await server.as('clerk-c1')
  const open = await server.file(await server.asResident('13900000001'), { text: '3栋楼道灯不亮' })
  await clerkApi.call(acceptCase, {
    params: { id: open.id },
    body: { kind: 'complaint', matterCode: 'LX01005' },
  })

  const { page, faults, close } = await browser.open('/console/gatherings/new', {
    as: clerkApi,
    viewport: desk,
  })
  await page.getByLabel('地点').first().fill('梧桐苑坝子')
  await page.getByLabel('到场人数').fill('23')
  const said = page.getByRole('textbox', { name: '说了什么' })
  await said.first().fill('我们这边楼道灯也不亮')
  await page.getByText('可能是同一件事', { exact: false }).waitFor()
  await page.getByRole('button', { name: /3栋楼道灯不亮/ }).click()
  await said.first().press('Enter')
  // Several pasted lines are several rows.
  await page.evaluate(`{
    const data = new DataTransfer()
    data.setData('text/plain', '1、想要一张休闲椅\\n2、电梯老停')
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }`)
  expect(await said.count()).toBe(3)
  expect(await said.nth(2).inputValue()).toBe('电梯老停')
  await page.getByRole('textbox', { name: '电话' }).nth(2).fill('13711112222')
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: '记下 3 件' }).click()

  // The row with a phone and no consent came back with its reason; the other two are kept.
  await page.getByText('请先问过本人', { exact: false }).waitFor()
  expect(await page.getByRole('textbox', { name: '说了什么' }).inputValue()).toBe('电梯老停')
  await page.getByLabel('本人同意').check()
  await page.getByRole('button', { name: '记下 1 件' }).click()
  await page.getByRole('button', { name: '电梯老停' }).waitFor()
  await page.getByText(`已并入 ${open.number}`).waitFor()
  expect(await axeFindings(page)).toEqual([])
  const kept = await clerkApi.call(listCases, { query: { state: 'pending,merged' } })
  expect(kept.body.items.filter(({ channel }) => channel === 'meeting')).toHaveLength(3)

  const [sheet] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '打印答复单' }).click(),
  ])
  await sheet.getByText('上次说的事，办得怎样').waitFor()
  await sheet.getByRole('cell', { name: '楼道灯不亮', exact: true }).waitFor()
  expect(await sheet.locator('body').textContent()).not.toMatch(/13711112222|休闲椅|电梯老停/)
  expect(faults).toEqual([])
  await close()
})

test('a grid worker starts a visit on a phone and puts down one need after another', async () => {
  const { page, faults, close } = await browser.open('/m/field/gatherings', {
    as: await server.as('grid-worker-c1g1'),
    viewport: phone,
  })
  // The clerk's meeting lay in the whole community: not hers to see.
  await page.getByRole('button', { name: '入户走访' }).click()
  await page.getByRole('button', { name: '开始记' }).click()
  await page.getByRole('textbox', { name: '说了什么' }).fill('5栋门口的路面塌了一块')
  await page.getByRole('button', { name: '马上办' }).click()
  await page.getByRole('button', { name: '记下，下一件' }).click()
  await page.getByText('这次已记 1 件').waitFor()
  expect(await page.getByRole('textbox', { name: '说了什么' }).inputValue()).toBe('')
  await page.getByRole('textbox', { name: '说了什么' }).fill('想学用智能手机')
  await page.getByRole('button', { name: '记下，下一件' }).click()
  await page.getByText('这次已记 2 件').waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('one writes the public words, another publishes them, and everybody reads them without signing in', async () => {
  const clerkApi = await server.as('clerk-c1')
  const told = await server.file(clerkApi, {
    channel: 'phone',
    text: '金丝雀小区门口的灯一直闪得我睡不着觉',
    onBehalfOf: { name: '欧阳金丝雀', phone: '13711119999' },
  })
  await clerkApi.call(acceptCase, {
    params: { id: told.id },
    body: { kind: 'complaint', matterCode: 'LX01005' },
  })
  const writer = await browser.open(`/console/cases/${told.id}`, { as: clerkApi, viewport: desk })
  await writer.page.getByRole('button', { name: '写公开摘要' }).click()
  const words = writer.page.getByRole('region', { name: '公开摘要' }).getByRole('textbox')
  await words.fill('欧阳金丝雀反映的灯')
  await writer.page.getByRole('button', { name: '写好，请同事公开' }).click()
  await writer.page.getByText('文字里有姓名', { exact: false }).waitFor()
  await words.fill('小区出入口照明闪烁，已安排检修')
  await writer.page.getByRole('button', { name: '写好，请同事公开' }).click()
  await writer.page.getByText('等另一位社区同事公开', { exact: false }).waitFor()
  expect(await writer.page.getByRole('button', { name: '公开这句话' }).count()).toBe(0)
  await writer.close()

  const secretary = await browser.open('/console/three-lists', {
    as: await server.as('secretary-c1'),
    viewport: desk,
  })
  await secretary.page.getByRole('row', { name: /金丝雀小区门口/ }).click()
  await secretary.page.getByRole('button', { name: '公开这句话' }).click()
  await secretary.page.getByText('已公开', { exact: false }).waitFor()
  expect(await axeFindings(secretary.page)).toEqual([])
  expect(secretary.faults).toEqual([])
  await secretary.close()

  const anyone = await browser.open(`/m/lists/c1?street=${server.street.code}`, { viewport: phone })
  await anyone.page.getByText('小区出入口照明闪烁，已安排检修').waitFor()
  expect(await anyone.page.content()).not.toMatch(/金丝雀|13711119999|睡不着/)
  expect(await axeFindings(anyone.page)).toEqual([])
  expect(await sidewaysScroll(anyone.page)).toBe(0)
  expect(anyone.faults).toEqual([])
  await anyone.close()
})
