/** A grid worker on a phone: signs in, settles what is new on the spot, and carries an order given to them to its result. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { acceptCase, assignCase, getCase } from '../modules/cases/contract.ts'
import { axeFindings, type JourneyBrowser, openBrowser, sidewaysScroll } from './support/browser.ts'
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

async function choosePhoto(page: Page, press: Locator): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press.tap()])
  await chooser.setFiles(await photo())
}

/** Filed by a resident and given to the grid worker of its grid. */
async function givenCase(text: string): Promise<string> {
  const clerk = await server.as('clerk-c1')
  const { id } = await server.file(await server.asResident('13900000001'), { text })
  const params = { id }
  await clerk.call(acceptCase, { params, body: { kind: 'complaint', matterCode: 'LX01005' } })
  const postId = server.street.staff.get('grid-worker-c1g1')?.postId ?? ''
  const reply = await clerk.call(assignCase, { params, body: { postId } })
  expect(reply.status).toBe(200)
  return id
}

test('a grid worker signs in at /m/, lands on today, and settles a new matter on the spot with photos', async () => {
  const filed = await server.file(await server.asResident('13900000001'), {
    text: '楼道里堆了旧家具，轮椅过不去。',
  })
  const { page, faults, close } = await browser.open('/m/sign-in?as=staff')
  const { username, password, totp } = server.credentialsOf('grid-worker-c1g1')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).tap()
  await page.getByLabel('动态验证码').fill(totp)
  await page.getByRole('button', { name: '登录' }).tap()
  await page.getByRole('heading', { name: '今日待办' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/m/field')
  await page.getByRole('link', { name: /楼道里堆了旧家具/ }).waitFor()
  expect(await axeFindings(page)).toEqual([])

  await page.getByRole('link', { name: /楼道里堆了旧家具/ }).tap()
  await page.getByRole('button', { name: '自行处置' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '自行处置' }).tap()
  await choosePhoto(page, page.locator('label.take').first())
  await choosePhoto(page, page.locator('label.take').last())
  await page.getByLabel('怎么处置的').fill('和住户一起搬到了回收点，通道已经清空。')
  await page.getByLabel('给居民的答复').fill('通道清空了，轮椅可以过。')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '处置完了，送核查' }).tap()
  await page.getByText('待核查').first().waitFor()

  const { body } = await (await server.as('verifier')).call(getCase, { params: { id: filed.id } })
  expect(body.case.state).toBe('result-submitted')
  expect(body.entries.map(({ act }) => act)).toEqual(['file', 'solve-on-spot'])
  expect(body.entries[1]?.files).toHaveLength(2)
  expect(faults).toEqual([])
  await close()
})

test('an order given to them: taken, the resident called with a reason kept, the result sent to the check', async () => {
  const id = await givenCase('5栋门口的路灯不亮，晚上很黑。')
  const worker = await server.as('grid-worker-c1g1')
  const { page, faults, close } = await browser.open('/m/field', { as: worker })
  await page.getByRole('link', { name: /5栋门口的路灯不亮/ }).tap()
  await page.getByRole('button', { name: '签收' }).tap()
  await page.getByText('办理中').first().waitFor()

  expect(await page.getByText('139****0001').isVisible()).toBe(true)
  await page.getByRole('button', { name: '查看电话' }).tap()
  await page.getByRole('button', { name: '联系反映人核实情况' }).tap()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '记下原因并查看' }).tap()
  const dial = page.getByRole('link', { name: '拨打 13900000001' })
  await dial.waitFor()
  expect(await dial.getAttribute('href')).toBe('tel:13900000001')

  await page.getByRole('button', { name: '联系居民' }).tap()
  await page.getByRole('button', { name: '记下这次联系' }).tap()
  await page.getByText('请先选一个。').waitFor()
  await page.getByRole('button', { name: '打电话' }).tap()
  await page.getByRole('button', { name: '联系上了', exact: true }).tap()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '记下这次联系' }).tap()

  await page.getByRole('button', { name: '反馈结果' }).tap()
  await page.getByRole('button', { name: '已解决', exact: true }).tap()
  await page.getByLabel('做了什么').fill('换了灯泡，晚上七点去看过，亮了。')
  await page.getByLabel('给居民的答复').fill('路灯已经修好，谢谢您告诉我们。')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '反馈结果，送核查' }).tap()
  await page.getByText('待核查').first().waitFor()

  const { body } = await (await server.as('verifier')).call(getCase, { params: { id } })
  expect(body.entries.map(({ act }) => act)).toEqual([
    'file',
    'accept',
    'assign',
    'take',
    'unmask',
    'contact',
    'submit-result',
  ])
  expect(body.case.outcome).toBe('solved')
  expect(faults).toEqual([])
  await close()
})

test('what may not be done now is there with its reason, and what is found on the way is reported', async () => {
  const id = await givenCase('单元门关不上了。')
  const worker = await server.as('grid-worker-c1g1')
  const at = server.street.pointIn('c1g1m2')
  const { page, close } = await browser.open(`/m/field/cases/${id}`, { as: worker, at })
  await page.getByRole('button', { name: '更多操作' }).tap()
  const spot = page.getByRole('button', { name: /自行处置/ })
  expect(await spot.getAttribute('aria-disabled')).toBe('true')
  expect(await spot.textContent()).toContain('现在的状态不能做这一步')
  await page.keyboard.press('Escape')

  await page.getByRole('navigation').getByText('上报').tap()
  await page.getByLabel('什么事').fill('人行道上一块地砖翘起来了。')
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('button', { name: '就在我这里' }).tap()
  await page.getByText('微网格02').waitFor()
  await page.getByRole('button', { name: '发给社区' }).tap()
  await page.getByRole('button', { name: '自行处置' }).waitFor()
  const [row] = await server.look<{ channel: string }>('select channel from cases where text = $1', [
    '人行道上一块地砖翘起来了。',
  ])
  expect(row?.channel).toBe('field')
  await close()
})

test('in the largest type nothing has to be scrolled sideways', async () => {
  const id = await givenCase('广场舞声音太大。')
  const worker = await server.as('grid-worker-c1g1')
  const { page, close } = await browser.open('/m/field', { as: worker, elder: 3 })
  for (const path of [
    '/m/field',
    `/m/field/cases/${id}`,
    `/m/field/cases/${id}/contact`,
    '/m/field/report',
  ]) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    expect(await sidewaysScroll(page), path).toBe(0)
    expect(await axeFindings(page), path).toEqual([])
  }
  await close()
})
