/** A firm that never signs in: its order goes out on paper, the desk records its letter; and a grid worker leaves. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../lib/ids.ts'
import { createOrganisation, endPost } from '../modules/accounts/contract.ts'
import { assignCase, recordGathering } from '../modules/cases/contract.ts'
import { casesJobs } from '../modules/cases/server/index.ts'
import { type CaseSteps, caseSteps } from '../modules/testing/case-steps.ts'
import { startWorker, type Worker } from '../platform/jobs-worker.ts'
import { axeFindings, desk, type JourneyBrowser, openBrowser } from './support/browser.ts'
import { choose, drawer, press } from './support/drawer.ts'
import { photo } from './support/photo.ts'
import { type JourneyServer, startJourneyServer } from './support/server.ts'

let server: JourneyServer
let browser: JourneyBrowser
let worker: Worker
let steps: CaseSteps
const workerFaults: unknown[] = []
beforeAll(async () => {
  server = await startJourneyServer()
  browser = await openBrowser(server)
  steps = caseSteps(server)
  worker = await startWorker({
    workerUrl: server.database.workerUrl,
    ownerUrl: server.database.ownerUrl,
    clock: server.clock,
    services: server.services,
    modules: [casesJobs],
    onError: (error) => workerFaults.push(error),
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker?.stop()
  await browser?.close()
  await server?.close()
})

test('a firm without an account gets its order on paper; the desk records the letter it answered with, and clock and figure are the firm’s', async () => {
  const admin = await server.as('system-admin')
  const made = await admin.call(createOrganisation, {
    body: { code: 'paper-only', name: '纸面物业', kind: 'property', signsIn: false },
  })
  expect(made.status).toBe(201)
  const firm = made.body.id
  const id = await steps.accepted('LX01005')
  await steps.act('clerk-c1', assignCase, id, { organisationId: firm })

  const { page, faults, close } = await browser.open(`/console/cases/${id}`, {
    as: await server.as('clerk-c1'),
    viewport: desk,
  })
  const paper = drawer(page).getByRole('link', { name: '打印承办单' })
  const printed = await page.request.get((await paper.getAttribute('href')) ?? '')
  expect(printed.headers()['content-type']).toBe('application/pdf')
  expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-')

  await press(page, '更多操作')
  await press(page, '代录结果')
  expect(await axeFindings(page)).toEqual([])
  await choose(page, '结果', '已解决')
  await drawer(page).getByLabel('做了什么').fill('物业来函：声控灯已更换。')
  await drawer(page).getByLabel('给居民的答复').fill('楼道灯已经换好。')
  await choose(page, '依据', '来函')
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    drawer(page).getByText('添加照片').click(),
  ])
  await chooser.setFiles(await photo())
  await drawer(page).getByRole('img', { name: '照片 1' }).waitFor()
  await press(page, '反馈结果，送核查')
  await drawer(page).locator('header').getByText('待核查', { exact: true }).waitFor()
  expect(faults).toEqual([])
  await close()

  const [kept] = await server.look<{ detail: unknown; organisation_id: string; handled: string[] }>(
    `select e.detail, c.organisation_id, c.handled_organisations as handled
      from cases c join case_entries e on e.street_id = c.street_id and e.case_id = c.id and e.act = 'submit-result'
      where c.id = $1`,
    [id],
  )
  expect(kept).toMatchObject({ detail: { onBehalf: 'letter' }, organisation_id: firm, handled: [firm] })
})

test('before a grid worker leaves, the page says what they hold and who takes over; after, what passed to whom', async () => {
  const id = await steps.inProgress('grid-worker-c1g1')
  const visited = await (await server.as('grid-worker-c1g1')).call(recordGathering, {
    body: {
      kind: 'home-visit',
      areaId: server.street.areaId('c1g1'),
      heldAt: server.clock.now().toISOString(),
      placeText: '梧桐苑5栋',
      needs: [{ id: newId(server.clock.now().getTime()), text: '楼道扶手松了' }],
    },
  })
  expect(visited.status).toBe(201)
  const secretary = await server.as('secretary-c1')
  const { page, faults, close } = await browser.open('/console/hand-over', { as: secretary, viewport: desk })
  await page.getByRole('combobox', { name: '岗位' }).fill('第1网格')
  await page
    .getByRole('option', { name: /专职网格员.*第1网格/ })
    .first()
    .click()
  await page.getByText('由谁接手').waitFor()
  await page.getByRole('row', { name: /入户走访.*梧桐苑5栋/ }).waitFor()
  await page
    .getByRole('row', { name: /办理中/ })
    .first()
    .waitFor()
  expect(await axeFindings(page)).toEqual([])

  const worker1 = server.street.staff.get('grid-worker-c1g1')
  const ended = await (await server.as('security-admin')).call(endPost, {
    params: { id: worker1?.postId ?? '' },
  })
  expect(ended.status).toBe(200)
  server.clock.moveBy(61_000)
  await worker.turn()
  expect(workerFaults).toEqual([])
  await page
    .getByRole('tab', { name: '已转交' })
    .or(page.getByRole('link', { name: '已转交' }))
    .click()
  await page
    .getByRole('row', { name: /办理中/ })
    .first()
    .waitFor()
  await page
    .getByRole('row', { name: /办理中/ })
    .first()
    .click()
  await drawer(page).getByText('转交', { exact: false }).first().waitFor()
  expect(faults).toEqual([])
  await close()
  expect(id).toBeTruthy()
})
