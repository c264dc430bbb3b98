/** A street drawn from nothing: its outline comes in as a file, its buildings as a list, micro-grids are drawn, hold from next Monday and are staffed. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPartyBody, appointPost, listAccounts } from '../modules/accounts/contract.ts'
import { type AreaView, checkAreas, listAreas } from '../modules/areas/contract.ts'
import { sheetsModule } from '../modules/sheets/server/index.ts'
import { type EmptyStreet, makeEmptyStreet } from '../modules/testing/empty-street.ts'
import { type SheetSteps, sheetSteps } from '../modules/testing/sheet-steps.ts'
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
let street: EmptyStreet
let steps: SheetSteps
beforeAll(async () => {
  server = await startJourneyServer({ modules: [sheetsModule] })
  browser = await openBrowser(server)
  street = await makeEmptyStreet(server)
  steps = await sheetSteps(server, [])
})
afterAll(async () => {
  await steps?.worker.stop()
  await browser?.close()
  await server?.close()
})

const code = '990101009'
const monday = '2026-09-21'
const [west, south, east, north] = [106.5, 29.5, 106.51, 29.508] as const
const ring = [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const feature = (own: string, level: string, name: string, parentCode: string) => ({
  type: 'Feature',
  properties: { code: own, level, name, parentCode },
  geometry: { type: 'Polygon', coordinates: [ring] },
})
const outline = Buffer.from(
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      feature(code, 'street', '桐荫街道', ''),
      feature('c01', 'community', '桐荫社区', code),
      feature('c01g01', 'grid', '第1网格', 'c01'),
    ],
  }),
)
/** Four buildings of fifty households in the north, four in the south. */
const buildingList = Buffer.from(
  [
    '楼栋,小区,地址,所在网格,户数,经度,纬度,坐标系',
    ...Array.from({ length: 8 }, (_, index) => {
      const lng = west + 0.001 + (index % 4) * 0.0024
      const lat = index < 4 ? south + 0.002 : north - 0.002
      return `${index + 1}栋,梧桐苑,桐荫路${index + 1}号,第1网格,50,${lng.toFixed(6)},${lat.toFixed(6)},WGS84`
    }),
  ].join('\n'),
)

async function newDraft(page: Page, name: string): Promise<void> {
  await page.goto('/console/areas/drafts')
  await page.getByRole('button', { name: '新建草案' }).click()
  await page.getByLabel('草案名称').fill(name)
  await page.getByRole('button', { name: '新建并打开' }).click()
  await page.getByText('草案 · 已保存').waitFor()
}
async function putInForce(page: Page, day: string): Promise<void> {
  await page.getByText('草案 · 已保存').waitFor()
  await page.getByRole('link', { name: '对比' }).click()
  await page.getByLabel('生效日期').fill(day)
  await page.getByLabel('批准文号').fill('桐街发〔2026〕7号')
  await page.getByRole('button', { name: /起生效$/ }).click()
  await page.getByText('桐街发〔2026〕7号').first().waitFor()
}
/** Where a place lies on the editor's map, which shows the whole street with 40 pixels around it and 90 below. */
async function onMap(page: Page): Promise<(lng: number, lat: number) => [number, number]> {
  await page.locator('.editor-map[data-ready=true]').waitFor()
  const box = await page.locator('.editor-map .canvas').boundingBox()
  if (!box) throw new Error('no map')
  const up = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * (180 / Math.PI)
  const scale = Math.min((box.width - 80) / (east - west), (box.height - 130) / (up(north) - up(south)))
  return (lng, lat) => [
    box.x + box.width / 2 + (lng - (west + east) / 2) * scale,
    box.y + box.height / 2 - 25 - (up(lat) - (up(south) + up(north)) / 2) * scale,
  ]
}
const areasOn = async (client: TestClient, onDay: string): Promise<AreaView[]> =>
  (await client.call(listAreas, { query: { onDay } })).body.items
async function ok(reply: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await reply
  if (status >= 300) throw new Error(JSON.stringify(body))
}

test('the outline of the street comes in as a file: a wrong datum is noticed, and it holds from today', async () => {
  const { page, faults, close } = await browser.open('/console/areas', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await page.getByRole('link', { name: '网格调整' }).click()
  await page.getByText('还没有草案').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await newDraft(page, '从零画起')
  await page.getByRole('button', { name: '导入边界' }).click()
  const form = page.getByRole('dialog', { name: '导入边界' })
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: '边界.geojson', mimeType: 'application/geo+json', buffer: outline })
  await form.getByLabel('坐标来自').selectOption('wgs84')
  await form.getByText('读出 3 个区域').waitFor()
  await form.getByRole('button', { name: '放进草案' }).click()
  await putInForce(page, '2026-09-14')
  expect((await areasOn(await street.as('viewer'), '2026-09-14')).map((area) => area.code)).toEqual([
    code,
    'c01',
    'c01g01',
  ])
  expect(faults).toEqual([])
  await close()
})

test('the list of buildings comes in as it is', async () => {
  const { page, close } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await page.locator('label.kind', { has: page.getByText('楼栋', { exact: true }) }).click()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '楼栋.csv', mimeType: 'text/csv', buffer: buildingList })
  await page.getByRole('button', { name: '读取这份表格' }).click()
  await page.getByRole('button', { name: '核对内容' }).click()
  await page.locator('.figures').waitFor()
  await page.getByRole('button', { name: /确认导入 8 行/ }).click()
  const done = page.getByText('导入完成')
  for (let turn = 0; turn < 60 && !(await done.isVisible()); turn++) {
    await steps.worker.turn()
    await page.locator('.work, .told').first().waitFor()
  }
  await done.waitFor()
  await close()
})

test('a micro-grid is drawn and cut in two; what changes is told, undone and done again, and holds from next Monday', async () => {
  const { page, faults, close } = await browser.open('/console/areas/drafts', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await newDraft(page, '划微网格')
  const at = await onMap(page)
  await page.getByRole('button', { name: '画一个新的' }).click()
  for (const [lng, lat] of ring.slice(0, 4)) {
    await page.mouse.move(...at(lng ?? 0, lat ?? 0))
    await page.mouse.click(...at(lng ?? 0, lat ?? 0))
  }
  await page.getByRole('button', { name: '画好了' }).click()
  await page.getByText('400 户 · 8 栋').waitFor()
  await page.getByRole('button', { name: '切开' }).click()
  const middle = (south + north) / 2
  await page.mouse.click(...at(west - 0.0004, middle))
  await page.mouse.click(...at(east + 0.0004, middle))
  await page.getByRole('button', { name: '画好了' }).click()
  const list = page.locator('section', { has: page.getByRole('heading', { name: /本级区域/ }) })
  await list.getByText('微网格01-2').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await list.getByText('微网格01-2').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '重做' }).click()
  await list.getByRole('button', { name: /微网格01-1/ }).click()
  await page.getByText('200 户 · 4 栋').waitFor()
  expect(await axeFindings(page)).toEqual([])
  await page.getByText('草案 · 已保存').waitFor()
  await page.getByRole('link', { name: '对比' }).click()
  await page.getByText('8 栋楼、400 户换网格，占有楼栋记录的 400 户的 100%').waitFor()
  await putInForce(page, monday)
  const viewer = await street.as('viewer')
  expect((await areasOn(viewer, '2026-09-20')).filter(({ level }) => level === 'micro-grid')).toEqual([])
  expect((await areasOn(viewer, monday)).filter(({ level }) => level === 'micro-grid')).toHaveLength(2)
  await page.goto(`/console/areas?day=${monday}`)
  await page.getByText('桐荫社区').first().waitFor()
  expect(faults).toEqual([])
  await close()
})

test('staffed, the report of that Monday is clean, on a wide screen and on a phone', async () => {
  const security = await street.as('security-admin')
  const head = await street.as('duty-head')
  const accounts = (await security.call(listAccounts, { query: { limit: 100 } })).body.items
  const account = (role: string) => accounts.find(({ username }) => username.endsWith(`-${role}`))?.id ?? ''
  const areas = await areasOn(head, monday)
  const id = (area: string) => areas.find((one) => one.code === area)?.id ?? ''
  const appoint = (who: string, role: 'grid-head' | 'micro-grid-member', areaId: string) =>
    ok(security.call(appointPost, { body: { accountId: account(who), role, areaId, fromDay: monday } }))
  await appoint('viewer', 'grid-head', id('c01g01'))
  const [first, second] = areas.filter(({ level }) => level === 'micro-grid')
  await appoint('dispatcher', 'micro-grid-member', first?.id ?? '')
  await appoint('viewer', 'micro-grid-member', second?.id ?? '')
  await server.look(`update posts set lead = true where street_id = $1 and role = 'micro-grid-member'`, [
    street.streetId,
  ])
  const body = async (
    level: 'working-committee' | 'community-committee' | 'grid-branch',
    area: string,
    parentId: string | null,
  ) =>
    (await head.call(addPartyBody, { body: { level, name: `${area}党组织`, parentId, areaId: id(area) } }))
      .body.id
  await body(
    'grid-branch',
    'c01g01',
    await body('community-committee', 'c01', await body('working-committee', code, null)),
  )
  server.clock.moveTo(new Date(`${monday}T09:00:00+08:00`))
  const report = await head.call(checkAreas)
  expect(report.body.items).toEqual([])
  expect(report.body.looked).toMatchObject({ areas: 5, drawn: 5, buildings: 8, placed: 8, withHouseholds: 8 })
  for (const viewport of [desk, phone]) {
    const { page, faults, close } = await browser.open('/console/area-checks', { viewport, as: head })
    await page.getByText('没有发现问题').first().waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    await page.goto('/console/areas/drafts')
    await page.getByText('划微网格').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    expect(faults).toEqual([])
    await close()
  }
})
