/**
 * Whose duty it is, decided once and cited after; a petition with its receipt; a rating that looks given for others, asked
 * again by somebody who does not know it.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../lib/ids.ts'
import * as contract from '../modules/cases/contract.ts'
import { type CaseSteps, caseSteps, publicMatter } from '../modules/testing/case-steps.ts'
import {
  axeFindings,
  desk,
  type JourneyBrowser,
  openBrowser,
  phone,
  sidewaysScroll,
} from './support/browser.ts'
import { act, choose, drawer, press } from './support/drawer.ts'
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

test('an organisation objects, the fallback handles meanwhile, the adjudicator decides, and the next suggestion cites it', async () => {
  const water = server.street.organisationId('water')
  const head = await steps.by('duty-head')
  await head.call(contract.setFallback, {
    body: {
      matterPrefix: publicMatter.slice(0, 4),
      organisationId: server.street.organisationId('enforcement'),
    },
  })
  const id = await steps.inProgress()
  const handler = await open('handler-property', `/cases/${id}`)
  await act(handler.page, '派单异议')
  await drawer(handler.page)
    .getByLabel('为什么不是本单位的职责')
    .fill('管道井由供水单位维护，不在物业合同里。')
  await press(handler.page, '提出派单异议')
  await drawer(handler.page).getByText('管道井由供水单位维护', { exact: false }).first().waitFor()
  expect(handler.faults).toEqual([])
  await handler.close()
  const meanwhile = await (await steps.by('handler-enforcement')).call(contract.getCase, { params: { id } })
  expect(meanwhile.body.case.holder.organisation?.id).toBe(server.street.organisationId('enforcement'))

  const decides = await open('supervisor', '/duty-disputes')
  await decides.page.getByText('管道井由供水单位维护', { exact: false }).waitFor()
  expect(await axeFindings(decides.page)).toEqual([])
  await decides.page.goto(`${server.baseUrl}/console/cases/${id}`)
  await act(decides.page, '裁定职责')
  const whose = drawer(decides.page).getByLabel('由哪个单位办')
  await whose.fill('供水')
  await whose.press('Enter')
  await drawer(decides.page).getByLabel('裁定理由').fill('供水设施由供水单位维护。')
  await press(decides.page, '裁定')
  await drawer(decides.page).locator('header').getByText('待签收', { exact: true }).waitFor()
  expect(decides.faults).toEqual([])
  await decides.close()

  const next = await steps.accepted()
  const suggested = await (await steps.by('clerk-c1')).call(contract.suggestForCase, { params: { id: next } })
  const cited = suggested.body.organisations.find((one) => one.organisation.id === water)
  expect(cited?.precedent?.reason).toBe('供水设施由供水单位维护。')
})

test('a case that speaks of a petition is registered, passed on and told; the petitioner reads it and keeps the receipt', async () => {
  const id = await steps.filed({ text: '我要信访：征收补偿算错了，请求复核。' })
  const clerk = await open('clerk-c1', `/cases/${id}`)
  await drawer(clerk.page).getByText('来件提到信访', { exact: false }).waitFor()
  await act(clerk.page, '登记信访')
  await choose(clerk.page, '怎么来的', '来信')
  expect(await axeFindings(clerk.page)).toEqual([])
  await press(clerk.page, '登记为信访')
  await drawer(clerk.page).getByText('还没有转送').waitFor()
  expect(clerk.faults).toEqual([])
  await clerk.close()

  const street = await open('dispatcher', '/petitions')
  await street.page.getByText('我要信访', { exact: false }).first().waitFor()
  expect(await axeFindings(street.page)).toEqual([])
  await street.page.goto(`${server.baseUrl}/console/cases/${id}`)
  await act(street.page, '转送信访')
  await choose(street.page, '转给谁', '系统外的机关')
  await drawer(street.page).getByLabel('机关名称').fill('区住房和城乡建设委员会')
  await press(street.page, '登记转送')
  await drawer(street.page).getByText('区住房和城乡建设委员会', { exact: false }).first().waitFor()
  await act(street.page, '登记受理告知')
  await choose(street.page, '对方怎么答复', '已告知受理')
  await drawer(street.page).getByLabel('告知内容').fill('已书面告知受理，六十日内办结。')
  await press(street.page, '登记告知')
  await drawer(street.page).getByText('已告知受理', { exact: false }).first().waitFor()
  expect(street.faults).toEqual([])
  await street.close()

  const resident = await browser.open(`/m/requests/${id}`, { as: await steps.resident(), viewport: phone })
  await resident.page.getByText('已转送 区住房和城乡建设委员会', { exact: false }).waitFor()
  const receipt = resident.page.getByRole('link', { name: '查看和保存回执' })
  expect(await receipt.getAttribute('href')).toContain(`/api/cases/${id}/petition-receipt`)
  expect(await axeFindings(resident.page)).toEqual([])
  expect(await sidewaysScroll(resident.page)).toBe(0)
  expect(resident.faults).toEqual([])
  await resident.close()
})

test('three people rated through one tab: somebody who had no part in it asks again without knowing what was said', async () => {
  const clerk = await steps.by('clerk-c1')
  const slips = []
  for (const [name, number] of [
    ['吴一', '13700000001'],
    ['吴二', '13700000002'],
    ['吴三', '13700000003'],
  ] as const) {
    const { id } = await server.file(clerk, { channel: 'desk', onBehalfOf: { name, phone: number } })
    await steps.act('clerk-c1', contract.acceptCase, id, { kind: 'complaint', matterCode: publicMatter })
    await steps.act('clerk-c1', contract.assignCase, id, {
      organisationId: server.street.organisationId('property'),
    })
    await steps.act('handler-property', contract.takeCase, id, {})
    await steps.act('handler-property', contract.submitResult, id, {
      outcome: 'solved',
      words: '已修',
      answer: '已经修好。',
    })
    await steps.pass(id)
    slips.push((await clerk.call(contract.printSlip, { params: { id } })).body)
  }
  const session = newId(Date.now())
  for (const { number, code } of slips.slice(0, 2))
    await server.client().call(contract.rateByCode, {
      body: { number, code, session, reached: true, solved: false, satisfaction: 'satisfied' },
    })
  const [, , last] = slips
  const rater = await browser.open('/m/query', { viewport: phone })
  await rater.page.evaluate(`sessionStorage.setItem('linli-rating-session', '${session}')`)
  await rater.page.getByLabel('编号').fill(last?.number ?? '')
  await rater.page.getByLabel('查询码').fill(last?.code ?? '')
  await rater.page.getByRole('button', { name: '查看进展' }).tap()
  for (const said of ['联系了', '没有解决', '满意'])
    await rater.page.getByRole('button', { name: said, exact: true }).tap()
  expect(await axeFindings(rater.page)).toEqual([])
  expect(await sidewaysScroll(rater.page)).toBe(0)
  await rater.page.getByRole('button', { name: '交评价' }).tap()
  await rater.page.getByText('谢谢，您的评价记下了。').waitFor()
  await rater.close()

  const caller = await open('supervisor', '/rating-trust')
  await caller.page.getByRole('button', { name: '回访', exact: true }).first().waitFor()
  expect(await caller.page.getByRole('button', { name: '回访', exact: true }).count()).toBe(3)
  expect(await caller.page.getByText('满意', { exact: true }).count()).toBe(0)
  await caller.page.getByRole('button', { name: '回访', exact: true }).first().click()
  await caller.page.getByLabel('接通了吗').selectOption('yes')
  await caller.page.getByLabel('联系过吗').selectOption('no')
  await caller.page.getByLabel('解决了吗').selectOption('no')
  await caller.page.getByLabel('满意吗').selectOption('dissatisfied')
  expect(await axeFindings(caller.page)).toEqual([])
  await caller.page.getByRole('button', { name: '记下', exact: true }).click()
  await caller.page.getByText('原来评的是', { exact: false }).waitFor()
  expect(await caller.page.getByRole('button', { name: '回访', exact: true }).count()).toBe(2)
  await caller.page.getByRole('link', { name: '按单位' }).click()
  await caller.page.getByRole('rowheader', { name: /安居物业/ }).waitFor()
  expect(await axeFindings(caller.page)).toEqual([])
  expect(caller.faults).toEqual([])
  await caller.close()
})
