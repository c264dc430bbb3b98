/** A grid head blows a whistle on the phone; two organisations report, one result is sent back; only the grid head ends it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseSteps } from '../modules/testing/case-steps.ts'
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
let caseId = ''

beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
  caseId = await caseSteps(server).accepted()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('a grid head calls two organisations from the case on the phone', async () => {
  const as = await server.as('grid-head-c1g1')
  const { page, faults, close } = await browser.open(`/m/field/cases/${caseId}`, { as, viewport: phone })
  await page.getByRole('button', { name: '吹哨', exact: true }).tap()
  await page.getByLabel('应急处置').check()
  await page.getByLabel('什么情况，要各单位做什么').fill('路面塌陷，水管在漏，请马上到场围挡、关阀。')
  await page.getByLabel('请哪些单位来').first().selectOption({ index: 1 })
  await page.getByRole('button', { name: '再加一个单位' }).tap()
  const water = server.street.organisationId('water')
  await page.getByLabel('请哪些单位来').last().selectOption(water)
  await page.getByLabel('它的任务（可以以后再布置）').last().fill('关阀止水')
  expect(await axeFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: '吹哨，请他们报到' }).tap()
  await page.getByText('路面塌陷，水管在漏').first().waitFor()
  await page.getByText('待完成').waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('the called organisation reports at its desk and does its task; the caller sends it back and nobody else may end it', async () => {
  const handler = await server.as('handler-water')
  const { page, faults, close } = await browser.open('/console/whistles', { as: handler, viewport: desk })
  await page.getByRole('button', { name: '我单位报到' }).click()
  await page.getByLabel('谁来、什么时候到').fill('抢修班两人，十分钟到')
  await page.getByRole('button', { name: '我单位报到' }).click()
  await page.getByText('抢修班两人，十分钟到').waitFor()
  await page.getByRole('button', { name: '完成了' }).click()
  await page.getByLabel('做了什么').fill('阀门已关')
  await page.getByRole('button', { name: '完成了' }).click()
  await page.getByText('已完成，待确认').waitFor()
  expect(await page.getByRole('button', { name: '解除吹哨' }).count()).toBe(0)
  expect(await axeFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await close()

  const head = await server.as('grid-head-c1g1')
  const own = await browser.open('/m/field/whistles', { as: head, viewport: phone })
  await own.page.getByRole('button', { name: '不通过' }).tap()
  await own.page.getByLabel('哪里没有通过').fill('还在漏水')
  await own.page.getByRole('button', { name: '不通过' }).tap()
  await own.page.getByText('未通过，请重做').waitFor()
  expect(await own.page.getByRole('button', { name: '解除吹哨' }).isDisabled()).toBe(true)
  await own.page.getByText('有任务未通过，重做并确认以后才能解除。').waitFor()
  expect(await axeFindings(own.page)).toEqual([])
  expect(await sidewaysScroll(own.page)).toBe(0)
  expect(own.faults).toEqual([])
  await own.close()
})
