/** A resident on a phone: says a thing with a photo in five taps, finds it again, and can read everything in large type. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkCase, solveOnSpot } from '../modules/cases/contract.ts'
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

const resident = () => server.asResident('13900000001')
const text = '3栋楼道的灯坏了一个星期，晚上老人上楼看不见。'

async function choosePhoto(page: Page, press: Locator): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press.tap()])
  await chooser.setFiles(await photo())
}

test('a resident files with a photo in five taps, gets a receipt, and finds it under 我的诉求', async () => {
  const at = server.street.pointIn('c1g1m1')
  const { page, faults, close } = await browser.open('/m/', { as: await resident(), at })
  let taps = 0
  const tap = async (target: Locator) => {
    taps += 1
    await target.tap()
  }

  taps += 1
  await choosePhoto(page, page.getByText('拍张照片', { exact: true }))
  await tap(page.getByLabel('什么事'))
  await page.keyboard.insertText(text)
  await tap(page.getByRole('button', { name: '下一步' }))
  await tap(page.getByRole('button', { name: '就在我这里' }))
  await page.getByText('您在：天桥社区 · 第1网格 · 微网格01').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await tap(page.getByRole('button', { name: '发给社区' }))

  await page.getByRole('heading', { name: '收到了，谢谢您' }).waitFor()
  const number = (await page.locator('.slip .number').textContent()) ?? ''
  expect(taps).toBeLessThanOrEqual(5)
  expect(await page.getByText('天桥社区会先看，决定是否受理。').isVisible()).toBe(true)
  expect(await axeFindings(page)).toEqual([])
  const [row] = await server.look<{ text: string; state: string; files: number }>(
    'select c.text, c.state, (select count(*) from case_files f where f.case_id = c.id) as files from cases c where number = $1',
    [number],
  )
  expect(row).toEqual({ text, state: 'pending', files: 1 })

  await page.getByRole('navigation').getByText('我的诉求').tap()
  await page.getByRole('link', { name: /3栋楼道的灯/ }).tap()
  await page.getByText('等社区受理，一般当天就会看到。').waitFor()
  const now = page.locator('[aria-current="step"]')
  expect(await now.textContent()).toContain('已提交')
  expect(await page.getByText(number).isVisible()).toBe(true)
  const thumb = page.getByRole('img', { name: '现场照片' }).first()
  await thumb.scrollIntoViewIfNeeded()
  const drawn = "document.querySelector('.photo-strip img').naturalWidth"
  await expect.poll(() => page.evaluate<number>(drawn), { timeout: 10_000 }).toBeGreaterThan(0)
  expect(await axeFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('what was not sent is still there after the page was closed, and a failed send says so and keeps it', async () => {
  const { page, close } = await browser.open('/m/', { as: await resident() })
  await page.getByLabel('什么事').fill('楼下的井盖松了，车一过就响。')
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('button', { name: '说不清楚' }).tap()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '发给社区' }).tap()
  await page.getByText('还没有发出去').waitFor()
  await page.getByText('您写的内容都还在这台手机上').waitFor()
  await page.context().setOffline(false)
  await page.goto('/m/')
  expect(await page.getByLabel('什么事').inputValue()).toBe('楼下的井盖松了，车一过就响。')
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('button', { name: '发给社区' }).tap()
  await page.getByRole('heading', { name: '收到了，谢谢您' }).waitFor()
  const found = await server.look('select id from cases where text like $1', ['楼下的井盖松了%'])
  expect(found).toHaveLength(1)
  await close()
})

test('words that sound like danger bring up the numbers to call and hold nothing back', async () => {
  const { page, close } = await browser.open('/m/', { as: await resident() })
  await page.getByLabel('什么事').fill('楼道里有很重的燃气味')
  expect(await page.getByRole('link', { name: /119/ }).getAttribute('href')).toBe('tel:119')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '下一步' }).tap()
  await page.getByRole('button', { name: /^不是，已经过去/ }).tap()
  await page.getByRole('heading', { name: '在哪里' }).waitFor()
  await close()
})

// Rule: MIIT guideline on adapting apps for the old: main text of 18 and up, resizable to 30, targets of 60.
test.each([
  [1, 20],
  [2, 24],
  [3, 30],
] as const)('长辈版 %i: type of %i px, targets of 60, nothing to scroll sideways', async (elder, size) => {
  const asker = await resident()
  const filed = await server.file(asker)
  const { page, close } = await browser.open('/m/', { as: asker, elder })
  for (const path of ['/m/', '/m/requests', `/m/requests/${filed.id}`, `/m/sent/${filed.id}`, '/m/me']) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    const style = await page.evaluate<{ size: string; line: string }>(
      "(({ fontSize, lineHeight }) => ({ size: fontSize, line: lineHeight }))(getComputedStyle(document.querySelector('main')))",
    )
    expect(style.size).toBe(`${size}px`)
    expect(Number.parseFloat(style.line) / size).toBeGreaterThanOrEqual(1.3)
    expect(await sidewaysScroll(page), `${path} scrolls sideways`).toBe(0)
    const small = await page.evaluate<string[]>(
      `[...document.querySelectorAll('main a, main button, main label.take, main input:not(.unseen), main textarea, nav .van-tabbar-item')]
        .filter((item) => item.offsetParent !== null && item.getBoundingClientRect().height < 59.5)
        .map((item) => item.className + ' ' + item.innerText)`,
    )
    expect(small, `${path} has targets under 60 px`).toEqual([])
    if (elder === 3) expect(await axeFindings(page), path).toEqual([])
  }
  await close()
})

test('the answer is read and rated, which closes the case; when it is wrong again it starts anew', async () => {
  const asker = await resident()
  const { id } = await server.file(asker, { text: '垃圾三天没人清。' })
  const params = { id }
  const solved = { words: '已经清走。', answer: '垃圾清走了，以后每天清两次。' }
  await (await server.as('grid-worker-c1g1')).call(solveOnSpot, { params, body: solved })
  const check = { pass: true, mode: 'call-back' as const, words: '电话问过，确实清了。' }
  const checked = await (await server.as('verifier')).call(checkCase, { params, body: check })
  expect(checked.status).toBe(200)

  const { page, faults, close } = await browser.open(`/m/requests/${id}`, { as: asker })
  await page.getByText(solved.answer).waitFor()
  expect(await page.getByText('已受理').count()).toBe(0)
  await page.getByRole('link', { name: '去评价' }).tap()
  await page.getByRole('button', { name: '联系了', exact: true }).tap()
  await page.getByRole('button', { name: '交评价' }).tap()
  await page.getByText('还有没选的').waitFor()
  await page.getByRole('button', { name: '解决了', exact: true }).tap()
  await page.getByRole('button', { name: '满意', exact: true }).tap()
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '交评价' }).tap()
  await page.getByText('已经办结；问题还在，可以再次反映').waitFor()
  await page.getByText('联系了 · 解决了 · 满意').waitFor()

  await page.getByRole('link', { name: '再次反映' }).tap()
  await page.getByLabel('现在还有什么问题').fill('今天又堆起来了。')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '再次反映' }).tap()
  await page.getByText(/最晚 .* 前答复/).waitFor()
  expect(await page.locator('[aria-current="step"]').textContent()).toContain('已受理')
  expect(faults).toEqual([])
  await close()
})

test('in English by keyboard alone a thing can be said', async () => {
  const { page, faults, close } = await browser.open('/m/', {
    as: await resident(),
    language: 'en',
    viewport: { width: 1440, height: 900 },
  })
  await page.getByLabel('What is it').focus()
  await page.keyboard.type('The lift has stopped again.')
  const reach = async (name: RegExp) => {
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate<string>('document.activeElement?.innerText ?? ""')
      if (name.test(focused)) return
    }
    throw new Error(`the keyboard never reached ${name}`)
  }
  await reach(/^Next$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Where is it' }).waitFor()
  await reach(/Hard to say/)
  await page.keyboard.press('Enter')
  await reach(/^Send it$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Received, thank you' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})
