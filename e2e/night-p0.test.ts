/** A night with a P0: filed by phone at the desk, called down the chain, taken by the second who was called. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putCallChain, putShifts } from '../modules/accounts/contract.ts'
import { fileCase, getCase } from '../modules/cases/contract.ts'
import { casesJobs } from '../modules/cases/server/index.ts'
import { startWorker, type Worker } from '../platform/jobs-worker.ts'
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
let worker: Worker
const faults: unknown[] = []
beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
  worker = await startWorker({
    workerUrl: server.database.workerUrl,
    ownerUrl: server.database.ownerUrl,
    clock: server.clock,
    services: server.services,
    modules: [casesJobs],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker?.stop()
  await browser?.close()
  await server?.close()
})

const account = (username: string) => server.street.staff.get(username)?.accountId ?? ''
const streetDesk = () => server.street.areaId(server.street.code)
const later = async (minutes: number) => {
  server.clock.moveBy(minutes * 60_000)
  await worker.turn()
  expect(faults).toEqual([])
}

test('the duty head fills the sheet, and a missing shift says 缺班 in red', async () => {
  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/console/roster', {
    as: await server.as('duty-head'),
    viewport: desk,
  })
  await page.getByRole('heading', { name: '值班表' }).first().waitFor()
  await page.getByRole('button', { name: '9月14日 周一 夜班：排班' }).click()
  await page.getByLabel('带班').selectOption(account('duty-head-2'))
  await page.getByRole('button', { name: '排上' }).click()
  await page.getByText('缺班').first().waitFor()
  await page.getByRole('button', { name: '按轮次排班' }).click()
  await page.getByRole('dialog').getByLabel('班次').selectOption('day')
  await page
    .getByRole('dialog')
    .getByRole('checkbox', { name: /督办员/ })
    .first()
    .check()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '排班', exact: true }).click()
  await page.getByText(/排了 \d+ 个班/).waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(wrong).toEqual([])
  await close()
})

test('a P0 at night: the head does not answer, the next is called on their phone and has it', async () => {
  const head = await server.as('duty-head')
  const params = { id: streetDesk() }
  const shifts = [{ day: '2026-09-14', kind: 'night', headId: account('duty-head-2'), memberIds: [] }]
  expect((await head.call(putShifts, { params, body: { shifts } })).status).toBe(200)
  const chain = { headWaitMinutes: 5, steps: [{ accountId: account('dispatcher'), waitMinutes: 10 }] }
  expect((await head.call(putCallChain, { params, body: chain })).status).toBe(200)
  server.clock.moveTo(new Date('2026-09-14T18:30:00Z'))

  const atPhone = await server.as('dispatcher-2')
  const text = '3栋楼下有很重的燃气味，住户打电话来说的。'
  const filed = await atPhone.call(fileCase, {
    body: { text, channel: 'phone', matterCode: 'LX03008', place: server.street.pointIn('c1g1m1') },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  await later(0)

  const first = await browser.open('/m/field', { as: await server.as('duty-head-2'), viewport: phone })
  await first.page.getByText('紧急，正在叫您').waitFor()
  await first.close()
  await later(5)

  const {
    page,
    faults: wrong,
    close,
  } = await browser.open('/m/field', {
    as: await server.as('dispatcher'),
    viewport: phone,
  })
  await page.getByText('紧急，正在叫您').waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: '我来处理' }).tap()
  await page.getByText('好，这件事由您处理').waitFor()
  await page.getByText('紧急，正在叫您').waitFor({ state: 'detached' })
  expect(wrong).toEqual([])
  await close()

  const supervisor = await browser.open(`/console/cases/${id}`, {
    as: await server.as('supervisor'),
    viewport: desk,
  })
  const drawer = supervisor.page.getByRole('dialog')
  await drawer.getByText(/正在处理（/).waitFor()
  await drawer.getByText('呼叫值班人员').first().waitFor()
  await supervisor.close()
  const { body } = await (await server.as('dispatcher')).call(getCase, { params: { id } })
  expect(body.entries.map(({ act }) => act)).toEqual(['file', 'call-out', 'call-out', 'answer-call'])
})

test('the hand-over note of the night waits on the phone of the next head until it is read', async () => {
  const head = await server.as('duty-head')
  const params = { id: streetDesk() }
  const shifts = [{ day: '2026-09-15', kind: 'day', headId: account('dispatcher'), memberIds: [] }]
  await head.call(putShifts, { params, body: { shifts } })
  server.clock.moveTo(new Date('2026-09-15T00:20:00Z'))
  const night = await browser.open('/m/field/duty', { as: await server.as('duty-head-2') })
  await night.page.getByLabel(/交给下一班/).fill('燃气公司在 3 栋抢修，中午回访住户。')
  await night.page.getByRole('button', { name: '交给下一班' }).tap()
  await night.page.getByText('已交给下一班。').waitFor()
  expect(await axeFindings(night.page)).toEqual([])
  await night.close()

  server.clock.moveTo(new Date('2026-09-15T00:40:00Z'))
  const morning = await browser.open('/console/today', { as: await server.as('dispatcher'), viewport: desk })
  await morning.page.getByText('燃气公司在 3 栋抢修，中午回访住户。').waitFor()
  await morning.page.getByText('现在值班').waitFor()
  expect(await axeFindings(morning.page)).toEqual([])
  await morning.page.getByRole('button', { name: '我看过了' }).click()
  await morning.page.getByText('燃气公司在 3 栋抢修，中午回访住户。').waitFor({ state: 'detached' })
  expect(morning.faults).toEqual([])
  await morning.close()
})
