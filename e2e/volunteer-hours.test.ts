/**
 * A volunteer's hour in a browser: planned at the desk, joined and proven by code on a phone, confirmed, entered,
 * certified, checked by a stranger; and the volunteer reads who opened their record.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peopleModule } from '../modules/people/server/index.ts'
import { pointsModule } from '../modules/points/server/index.ts'
import {
  createGroup,
  getMyService,
  getSiteCode,
  listActivities,
  listCertificates,
} from '../modules/volunteering/contract.ts'
import { volunteeringModule } from '../modules/volunteering/server/index.ts'
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
let clerk: TestClient
let resident: TestClient
beforeAll(async () => {
  server = await startJourneyServer({ modules: [peopleModule, pointsModule, volunteeringModule] })
  browser = await openBrowser(server)
  clerk = await server.as('clerk-c1')
  resident = await server.asResident('13900000001')
  const body = {
    areaId: server.street.areaId('c1'),
    kind: 'organisation' as const,
    name: '天桥志愿服务站',
    head: '甲乙',
    phone: '023-67890000',
  }
  await clerk.call(createGroup, { body })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const pass = (minutes: number) =>
  server.clock.moveTo(new Date(server.clock.now().getTime() + minutes * 60_000))
/** The one shift of the one activity. */
const shiftId = async () => {
  for (const when of ['coming', 'past'] as const) {
    const [activity] = (await clerk.call(listActivities, { query: { when } })).body.items
    if (activity) return activity.shifts[0]?.id ?? ''
  }
  return ''
}

test('a clerk plans an activity and opens it', async () => {
  const { page, faults, close } = await browser.open('/console/volunteering', { as: clerk, viewport: desk })
  await page.getByRole('button', { name: '新建活动' }).click()
  const form = page.getByRole('dialog', { name: '新建活动' })
  await form.getByLabel('名称', { exact: true }).fill('敬老理发')
  await form.getByLabel('服务内容').fill('为社区老人理发')
  await form.getByLabel('地点').fill('天桥社区活动室')
  await form.getByLabel('开始').fill('2026-09-14T10:00')
  await form.getByLabel('结束').fill('2026-09-14T12:00')
  expect(await axeFindings(page)).toEqual([])
  await form.getByRole('button', { name: '新建活动' }).click()
  await page.getByRole('button', { name: '发布' }).click()
  await page.getByRole('dialog', { name: '发布' }).getByRole('button', { name: '发布' }).click()
  await page.getByText('已发布').waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('a resident gives a real name, joins, signs up, comes and leaves by the code on site', async () => {
  const { page, faults, close } = await browser.open('/m/volunteer', { as: resident, viewport: phone })
  await page.getByLabel('真实姓名').fill('王小善')
  await page.getByLabel('出生日期').fill('1985-03-02')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '加入', exact: true }).click()
  await page.getByText('累计服务').waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('link', { name: '找活动' }).click()
  await page.getByRole('link', { name: /敬老理发/ }).click()
  await page.getByRole('button', { name: '报名' }).click()
  const id = await shiftId()
  pass(55)
  const code = async () => (await clerk.call(getSiteCode, { params: { id } })).body.code
  await page.getByRole('link', { name: '我到了' }).click()
  await page.getByLabel('现场屏幕上的六位数字').fill('000000')
  await page.getByRole('button', { name: '我到了' }).click()
  await page.getByText('到场码不对', { exact: false }).waitFor()
  await page.getByLabel('现场屏幕上的六位数字').fill(await code())
  await page.getByRole('button', { name: '我到了' }).click()
  await page.getByText('已到场', { exact: false }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await close()
  pass(120)
  // The QR code on the board brings the digits with it.
  const leaving = await browser.open(`/m/volunteer/come/${id}#${await code()}`, {
    as: resident,
    viewport: phone,
  })
  await leaving.page.getByRole('button', { name: '我走了' }).click()
  await leaving.page.getByText('先公示三天', { exact: false }).waitFor()
  expect([...faults, ...leaving.faults]).toEqual([])
  await leaving.close()
})

test('the desk confirms, waits for the notice, enters; the volunteer asks for a certificate and the desk issues it', async () => {
  const { page, faults, close } = await browser.open('/console/volunteering?tab=hours', {
    as: clerk,
    viewport: desk,
  })
  await page.getByRole('checkbox', { name: /王\*善/ }).check()
  await page.getByRole('button', { name: '确认 1 条' }).click()
  await page.getByText('已确认 1 条。').waitFor()
  expect(await axeFindings(page)).toEqual([])
  pass(4 * 24 * 60)
  await page.getByRole('button', { name: '记入期满的时长' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '记入期满的时长' }).click()
  await page.getByText('记入 1 条', { exact: false }).waitFor()
  expect((await resident.call(getMyService)).body.volunteer).toMatchObject({
    enteredMinutes: 115,
    honourMinutes: 0,
  })

  const asks = await browser.open('/m/volunteer/certificates', { as: resident, viewport: phone })
  await asks.page.getByRole('button', { name: '申请证明' }).click()
  await asks.page.getByText('等社区开具').waitFor()
  expect(await axeFindings(asks.page)).toEqual([])
  await asks.close()

  await page.goto('/console/volunteering?tab=certificates')
  await page.getByRole('button', { name: '开具证明' }).click()
  await page.getByRole('dialog').getByLabel('经办人').fill('丙丁')
  await page.getByRole('dialog').getByRole('button', { name: '开具证明' }).click()
  await page.getByRole('link', { name: '打印' }).waitFor()
  expect(await axeFindings(page)).toEqual([])

  // The register is searched and opened for a reason; the volunteer reads on the phone who looked and why.
  await page.goto('/console/people')
  await page.getByLabel('姓名、手机号或身份证号').fill('13900000001')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('button', { name: '查看手机号原文' }).click()
  await page.getByLabel('事由').fill('证明办好了，请来取')
  await page.getByRole('dialog').last().getByRole('button', { name: '查看原文' }).click()
  await page.getByText('13900000001', { exact: true }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  const reads = await browser.open('/m/record', { as: resident, viewport: phone })
  await reads.page.getByText('事由：证明办好了，请来取').waitFor()
  expect(await axeFindings(reads.page)).toEqual([])
  expect(await sidewaysScroll(reads.page)).toBe(0)
  await reads.close()
  expect([...faults, ...asks.faults, ...reads.faults]).toEqual([])
  await close()
})

test('anybody checks the certificate by its number and code, and reads no full name', async () => {
  const [one] = (await resident.call(listCertificates)).body.items
  const { page, faults, close } = await browser.open(`/m/certificate#${one?.number}.${one?.checkCode}`, {
    viewport: phone,
  })
  await page.getByText('证明真实有效').waitFor()
  expect(await page.content()).toContain('王*善')
  expect(await page.content()).not.toContain('王小善')
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  expect(faults).toEqual([])
  await close()
})
