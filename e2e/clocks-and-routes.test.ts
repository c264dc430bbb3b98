/**
 * The clock as people see it: a notice of days off moves deadlines, a pause and an extension need a second person and are
 * there to read. And what a street promises, keeps off a community's desk, asks at the end, and gives its grids to do.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayOf } from '../lib/time.ts'
import { type CaseSteps, caseSteps, departmentMatter } from '../modules/testing/case-steps.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
import { act, choose, drawer, send } from './support/drawer.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
let steps: CaseSteps
beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
  steps = caseSteps(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const open = async (username: string, path: string) =>
  browser.open(`/console${path}`, { as: await server.as(username), viewport: desk })
const inDays = (days: number) => addDays(dayOf(server.clock.now()), days)
/** As the pages say a day: 9月20日. */
const said = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

test('a holder asks for a pause and for more time; each holds only when another approved, and the case says so', async () => {
  const id = await steps.inProgress()
  const handler = await open('handler-property', `/cases/${id}`)
  const supervisor = await open('supervisor', `/cases/${id}`)
  await act(handler.page, '申请暂停')
  await choose(handler.page, '暂停的情形', '现场勘查')
  await drawer(handler.page).getByLabel('到哪一天').fill(inDays(2))
  await drawer(handler.page).getByLabel('理由').fill('要请检测单位来看。')
  expect(await axeFindings(handler.page)).toEqual([])
  await send(handler.page, '提出申请')
  await drawer(handler.page).getByText('等待', { exact: false }).first().waitFor()
  expect(await drawer(handler.page).getByText('暂停计时：', { exact: false }).count()).toBe(0)

  await supervisor.page.reload()
  await act(supervisor.page, '批准')
  await send(supervisor.page, '批准')
  await drawer(supervisor.page).getByText('暂停计时：现场勘查', { exact: false }).waitFor()
  await act(supervisor.page, '恢复计时')
  await send(supervisor.page, '恢复计时')
  await drawer(supervisor.page).getByText('暂停计时：', { exact: false }).waitFor({ state: 'detached' })

  await handler.page.reload()
  const until = inDays(20)
  await act(handler.page, '申请延期')
  await drawer(handler.page).getByLabel('到哪一天').fill(until)
  await drawer(handler.page).getByLabel('理由').fill('配件从外地发货。')
  await send(handler.page, '提出申请')
  await drawer(handler.page).getByText('等待', { exact: false }).first().waitFor()
  await supervisor.page.reload()
  await act(supervisor.page, '批准')
  await send(supervisor.page, '批准')
  await drawer(supervisor.page).getByText(said(until), { exact: false }).first().waitFor()
  expect([...handler.faults, ...supervisor.faults]).toEqual([])
  await handler.close()
  await supervisor.close()
})

test('the notice of the coming year is pasted, read back day by day, and only then comes into force', async () => {
  const { page, faults, close } = await open('system-admin', '/calendar')
  await page.getByRole('button', { name: '导入放假安排' }).first().click()
  await drawer(page).getByLabel('哪一年').selectOption('2027')
  const rows = [
    '2027-01-01,放假,元旦',
    '2027-01-02,放假,元旦',
    '2027-01-03,放假,元旦',
    '2027-02-30,放假,没有这一天',
  ]
  await drawer(page).getByLabel('把通知粘贴到这里').fill(rows.join('\n'))
  await send(page, '先核对')
  await drawer(page).getByText('2027-02-30', { exact: false }).waitFor()
  await drawer(page).getByLabel('把通知粘贴到这里').fill(rows.slice(0, 3).join('\n'))
  await send(page, '先核对')
  await drawer(page).getByText('读到放假 3 天', { exact: false }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await send(page, '导入并重算时限')
  await page.getByText('2027年放假安排已导入', { exact: false }).first().waitFor()
  expect(faults).toEqual([])
  await close()
})

test('a route promises a day that the case shows; at the end three questions are asked and stand in its history', async () => {
  const id = await steps.filed()
  const clerk = await open('clerk-c1', `/cases/${id}`)
  await send(clerk.page, '受理并派单')
  await drawer(clerk.page).getByText('理由：', { exact: false }).first().waitFor()
  await choose(clerk.page, '三办', '马上办')
  const holder = drawer(clerk.page).getByLabel('派给')
  await holder.fill('安居')
  await holder.press('Enter')
  await send(clerk.page, '受理并派给安居物业')
  await drawer(clerk.page).getByText('马上办', { exact: false }).first().waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const answered = await steps.answered()
  const verifier = await open('verifier-c1', `/cases/${answered}`)
  await act(verifier.page, '结案')
  for (const question of ['问题解决了吗', '居民认可吗', '以后不会再犯吗'])
    await choose(verifier.page, question, '是')
  await choose(verifier.page, '结果', '已解决')
  expect(await axeFindings(verifier.page)).toEqual([])
  await send(verifier.page, '结案')
  await drawer(verifier.page).getByText('以后不会再犯吗 是', { exact: false }).waitFor()
  expect(verifier.faults).toEqual([])
  await verifier.close()
})

test('what its duty list does not hold, a community gives back with one press, and nobody can send it down again', async () => {
  const id = await steps.accepted(departmentMatter)
  const clerk = await open('clerk-c1', `/cases/${id}`)
  await drawer(clerk.page).getByText('不在社区职责清单', { exact: false }).waitFor()
  await send(clerk.page, '不在清单，退给街道')
  await clerk.page.getByText('已退给街道派单台').first().waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const street = await open('dispatcher', `/cases/${id}`)
  await act(street.page, '下派')
  const community = drawer(street.page).getByLabel('交给哪个社区')
  await community.fill('天桥社区')
  await community.press('Enter')
  await send(street.page, '下派给社区')
  await drawer(street.page).getByText('不在对方的职责清单内', { exact: false }).waitFor()
  expect(street.faults).toEqual([])
  await street.close()
})

test('a community gives its grids a task with an end; a grid worker does it on the phone, and no count is kept of anybody', async () => {
  const clerk = await open('clerk-c1', '/duty-tasks')
  await clerk.page.getByRole('button', { name: '布置任务' }).click()
  await clerk.page.getByLabel('哪一种').selectOption('hazard-check')
  await clerk.page.getByLabel('任务名称').fill('楼道杂物排查')
  await clerk.page.getByLabel('做什么').fill('看楼道里有没有堵住门口的杂物，劝一劝。')
  await clerk.page.getByLabel('做到哪一天').fill(inDays(5))
  await clerk.page.getByRole('button', { name: '全选' }).click()
  expect(await axeFindings(clerk.page)).toEqual([])
  await clerk.page.getByRole('button', { name: '布置下去' }).click()
  await clerk.page.getByText('楼道杂物排查').first().waitFor()

  const worker = await browser.open('/m/field', { as: await server.as('grid-worker-c1g1'), viewport: phone })
  await worker.page.getByText('楼道杂物排查').first().tap()
  await worker.page
    .getByRole('button', { name: '完成任务' })
    .or(worker.page.getByRole('link', { name: '完成任务' }))
    .first()
    .tap()
  await worker.page.getByLabel('做了什么').fill('三处杂物已清走。')
  expect(await sidewaysScroll(worker.page)).toBe(0)
  await worker.page.getByRole('button', { name: '完成了' }).tap()
  await worker.page.getByText('已结案').or(worker.page.getByText('已完成')).first().waitFor()
  expect(worker.faults).toEqual([])
  await worker.close()

  await clerk.page.reload()
  await clerk.page.getByText('给哪些网格').click()
  await clerk.page.getByText('三处杂物已清走。').waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()
})
