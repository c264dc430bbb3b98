/** Danger is asked about, the number shown large and whoever is on duty told; what others said nearby may be joined. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  acceptCase,
  answerNow,
  fileCase,
  publishSummary,
  writePublicSummary,
} from '../modules/cases/contract.ts'
import { publicMatter } from '../modules/testing/case-steps.ts'
import { axeFindings, desk, type JourneyBrowser, openBrowser, sidewaysScroll } from './support/browser.ts'
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

const resident = () => server.asResident('13900000002')

test('somebody in danger presses once and sees the number, while the desk has a P0', async () => {
  const { page, faults, close } = await browser.open('/m/', { as: await resident() })
  await page.getByLabel('什么事').fill('3栋有人晕倒了')
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('heading', { name: '现在正在发生吗？' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: /^是，正在发生/ }).tap()
  await page.getByText(/^已经告诉值班人员，编号/).waitFor()
  expect(await page.locator('a[href="tel:120"]').isVisible()).toBe(true)
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await server.look("select urgency, state from cases where text = '3栋有人晕倒了'")).toEqual([
    { urgency: 'P0', state: 'pending' },
  ])
  expect(faults).toEqual([])
  await close()
})

test('a resident sees what others said nearby in the words of the staff, and joins with a press', async () => {
  const first = await server.asResident('13900000001')
  const at = server.street.pointIn('c1g1m1')
  const { body } = await first.call(fileCase, {
    body: { text: '我家门口那盏灯坏了很久', channel: 'resident-app', place: at },
  })
  const id = (body as { id: string }).id
  await (await server.as('clerk-c1')).call(acceptCase, {
    params: { id },
    body: { kind: 'complaint', matterCode: 'LX01005' },
  })
  await (await server.as('clerk-c1')).call(writePublicSummary, {
    params: { id },
    body: { summary: '梧桐苑楼道照明正在修' },
  })
  await (await server.as('secretary-c1')).call(publishSummary, { params: { id }, body: { version: 1 } })
  const { page, faults, close } = await browser.open('/m/', { as: await resident(), at })
  await page.getByLabel('什么事').fill('楼道灯不亮，黑漆漆的')
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('button', { name: '就在我这里' }).tap()
  await page.getByText('梧桐苑楼道照明正在修').waitFor()
  expect(await page.getByText('我家门口那盏灯').count()).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: '是同一件，一起反映' }).tap()
  await page.getByRole('heading', { name: '收到了，谢谢您' }).waitFor()
  expect(
    await server.look("select state, parent_case_id from cases where text = '楼道灯不亮，黑漆漆的'"),
  ).toEqual([{ state: 'merged', parent_case_id: id }])
  expect(faults).toEqual([])
  await close()
})

test('a desk joins what is one thing with a press, takes it back, joins it again; whoever was joined is answered and rates', async () => {
  const clerk = await server.as('clerk-c1')
  const at = server.street.pointIn('c1g1m1')
  const texts = [
    '望江广场地下通道积水很深，推婴儿车过不去',
    '望江广场地下通道又积水了，推车过不去很深',
    '望江广场那个地下通道积水，没法过去',
  ]
  const said = await server.asResident('13900000001')
  const cases: { id: string; number: string }[] = []
  for (const text of texts) cases.push(await server.file(said, { text, place: at }))
  const [kept, ...others] = cases
  await clerk.call(acceptCase, {
    params: { id: kept?.id ?? '' },
    body: { kind: 'complaint', matterCode: publicMatter },
  })
  const { page, faults, close } = await browser.open('/console/clusters', { as: clerk, viewport: desk })
  const join = page.getByRole('button', { name: `把选中的 2 条并到 ${kept?.number}` })
  await join.waitFor()
  expect(await axeFindings(page)).toEqual([])
  const parents = async () =>
    (
      await server.look<{ parent: string | null }>(
        'select parent_case_id as parent from cases where id = any($1::uuid[])',
        [others.map(({ id }) => id)],
      )
    ).map(({ parent }) => parent)
  await join.click()
  await page.getByRole('button', { name: '撤销并单' }).waitFor()
  expect(await parents()).toEqual([kept?.id, kept?.id])
  await page.getByRole('button', { name: '撤销并单' }).click()
  await join.waitFor()
  expect(await parents()).toEqual([null, null])
  await join.click()
  await page.getByRole('button', { name: '撤销并单' }).waitFor()
  expect(await parents()).toEqual([kept?.id, kept?.id])
  expect(faults).toEqual([])
  await close()

  await clerk.call(answerNow, {
    params: { id: kept?.id ?? '' },
    body: { answer: '积水已经抽干，排水沟也通了。' },
  })
  const mine = others[1]?.id ?? ''
  const phone = await browser.open(`/m/requests/${mine}`, { as: said })
  await phone.page.getByText('积水已经抽干，排水沟也通了。').first().waitFor()
  await phone.page.goto(`${server.baseUrl}/m/requests/${mine}/rate`)
  await phone.page.getByText('满意', { exact: true }).first().waitFor()
  expect(await sidewaysScroll(phone.page)).toBe(0)
  expect(phone.faults).toEqual([])
  await phone.close()
})
