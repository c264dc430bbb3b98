/** After a storm night: a clerk works through dozens of cases without a mouse, takes them back, answers by template, and gives cases out on the map. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { putReplyTemplate } from '../modules/cases/contract.ts'
import { casesJobs } from '../modules/cases/server/jobs.ts'
import { caseSteps } from '../modules/testing/case-steps.ts'
import { startWorker, type Worker } from '../platform/jobs-worker.ts'
import { axeFindings, desk, type JourneyBrowser, openBrowser } from './support/browser.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
let worker: Worker
const ids: string[] = []
let elsewhere = ''

beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
  worker = await startWorker({
    workerUrl: server.database.workerUrl,
    ownerUrl: server.database.ownerUrl,
    clock: server.clock,
    services: server.services,
    modules: [casesJobs],
    onError: (error) => console.error(error),
    pollMs: 200,
  })
  const steps = caseSteps(server)
  for (let i = 1; i <= 24; i++) ids.push(await steps.filed({ text: `${i}号楼一楼的楼道灯不亮了。` }))
  elsewhere = await steps.filed({
    text: '桐荫路口的路灯整排不亮。',
    place: server.street.pointIn('c1g2m1'),
  })
  const dispatcher = await server.as('dispatcher')
  await dispatcher.call(putReplyTemplate, {
    params: { id: '01900000-0000-7000-8000-0000000000aa' },
    body: {
      title: '灯已安排',
      acts: ['answer-now'],
      matterCodes: [],
      words: '{称呼}您好，{编号}已安排电工上门。',
      retired: false,
    },
  })
})
afterAll(async () => {
  await browser?.close()
  await worker?.stop()
  await server?.close()
})

const states = async () =>
  Object.fromEntries(
    (
      await server.look<{ state: string; n: number }>(
        'select state, count(*)::int as n from cases where id = any($1::uuid[]) group by state',
        [ids],
      )
    ).map(({ state, n }) => [state, n]),
  )

test('two dozen cases are marked and their form filled by keys alone; no key acts where somebody types', async () => {
  const as = await server.as('clerk-c1')
  const { page, faults, close } = await browser.open('/console/cases?state=pending&q=楼道灯', {
    as,
    viewport: desk,
  })
  await page.getByRole('row').nth(24).waitFor()
  const { keyboard } = page

  // The keys are told, and none of them acts where somebody types.
  await keyboard.press('?')
  await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await keyboard.press('Escape')
  await page.getByLabel('搜索').focus()
  await keyboard.press('a')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await keyboard.press('Backspace')
  await page.getByLabel('搜索').blur()

  // Rows are walked and marked; then all that match, as they are now.
  await keyboard.press('j')
  await keyboard.press('x')
  await keyboard.press('Shift+ArrowDown')
  await page.getByText('已选 2').waitFor()
  await keyboard.press('q')
  await page.getByText('已选 24').waitFor()
  expect(await axeFindings(page)).toEqual([])

  await keyboard.press('a')
  const form = page.getByRole('dialog', { name: '受理并派单：24 条' })
  await form.waitFor()
  await keyboard.type('LX01005')
  await form.getByRole('option').first().waitFor()
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type('物业')
  await form.getByRole('option').first().waitFor()
  await keyboard.press('Enter')
  expect(await axeFindings(page)).toEqual([])
  // Esc gives up and the list is where it was. The clock of the page stands still, and Vue takes an event of the very
  // instant in which a form was drawn for an older one.
  await page.clock.setFixedTime(server.clock.now().getTime() + 1_000)
  await keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await page.getByText('已选 24').waitFor()
  expect(await states()).toEqual({ pending: 24 })

  // What was chosen is kept; sent by keys it is done, and taken back by one.
  await keyboard.press('a')
  await form.waitFor()
  await page.clock.setFixedTime(server.clock.now().getTime() + 2_000)
  await keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '看结果' }).waitFor()
  expect(await states()).toEqual({ assigned: 24 })
  await keyboard.press('u')
  await expect.poll(states, { timeout: 20_000 }).toEqual({ pending: 24 })
  expect(faults).toEqual([])
  await close()
})

test('a case is opened, answered with a template and the next one comes by itself; the answer can be changed first', async () => {
  const as = await server.as('clerk-c1')
  const { page, faults, close } = await browser.open('/console/cases?state=pending&q=楼道灯', {
    as,
    viewport: desk,
  })
  await page.getByRole('row').nth(24).waitFor()
  const { keyboard } = page
  await keyboard.press('j')
  await keyboard.press('k')
  await keyboard.press('Enter')
  await page.getByRole('dialog').getByRole('heading', { level: 2 }).waitFor()
  const first = new URL(page.url()).pathname
  await page.getByRole('button', { name: '受理并派单' }).waitFor()

  await keyboard.press('r')
  await keyboard.press('F2')
  await page.getByText('灯已安排').waitFor()
  await page.locator('.template-pick .one:focus').waitFor()
  await keyboard.press('1')
  const answer = page.getByLabel('给居民的答复')
  expect(await answer.inputValue()).toMatch(/^居民朋友您好，.+已安排电工上门。$/)
  await answer.press('End')
  await keyboard.type('今晚八点前到。')
  // Esc closes the form and keeps the words.
  await keyboard.press('Escape')
  await keyboard.press('r')
  expect(await answer.inputValue()).toContain('今晚八点前到。')
  await answer.press('Control+Enter')
  await page.waitForURL((url) => url.pathname !== first)
  expect(await states()).toEqual({ pending: 23, closed: 1 })
  expect(faults).toEqual([])
  await close()
})

test('beside the map a marked case is dragged onto an organisation, and another given by marking it and pressing a button', async () => {
  const as = await server.as('clerk-c1')
  const { page, faults, close } = await browser.open('/console/case-map', { as, viewport: desk })
  await page.getByRole('checkbox', { name: '桐荫路口的路灯整排不亮' }).check()
  const chip = page.getByRole('listitem').filter({ hasText: '物业' }).first()
  const [from, to] = [await page.getByText('按住拖到右边').boundingBox(), await chip.boundingBox()]
  if (!from || !to) throw new Error('what is marked and the chip stand on the page')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 8 })
  await page.mouse.up()
  const asked = page.getByRole('dialog', { name: /1 条派给/ })
  await asked.waitFor()
  expect(await axeFindings(page)).toEqual([])
  await asked.getByRole('button', { name: /1 条派给/ }).click()
  await page.getByText('办好 1 条').or(page.getByText('1 条没办成')).first().waitFor()
  const [given] = await server.look<{ state: string; organisation_id: string | null }>(
    'select state, organisation_id from cases where id = $1',
    [elsewhere],
  )
  expect(given).toMatchObject({
    state: 'assigned',
    organisation_id: server.street.organisationId('property'),
  })

  await page.getByRole('checkbox').first().check()
  await page.getByRole('button', { name: /^派给它 .*物业/ }).click()
  await page.getByRole('dialog', { name: /1 条派给/ }).waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByText('已选 1 条').count()).toBeGreaterThan(0)
  expect(faults).toEqual([])
  await close()
})
