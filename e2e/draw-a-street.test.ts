/**
 * A street drawn from nothing in a browser: its outline comes in as a file, its buildings as a list, micro-grids are
 * proposed, adopted, adjusted, hold from next Monday and are staffed, and the report of that Monday is clean.
 */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAccounts } from '../modules/accounts/contract.ts'
import { type AreaView, checkAreas, listAreas, listDivisions } from '../modules/areas/contract.ts'
import { areasJobs } from '../modules/areas/server/index.ts'
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
  steps = await sheetSteps(server, [], [areasJobs])
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
/** As many codes as two cities have communities, in the form in which they are published. */
const manyCodes = 14_317
const divisionList = Buffer.from(
  [
    '统计用区划代码,名称',
    `${code}001,桐荫社区居民委员会`,
    ...Array.from(
      { length: manyCodes - 1 },
      (_, at) =>
        `${990_200_001 + Math.floor(at / 40)}${String((at % 40) + 1).padStart(3, '0')},第${at}社区居民委员会`,
    ),
  ].join('\n'),
)
/** Four buildings of fifty households in the north, four in the south. */
const buildingList = Buffer.from(
  [
    '楼栋,小区,地址,所在网格,户数,经度,纬度',
    ...Array.from({ length: 8 }, (_, index) => {
      const lng = west + 0.001 + (index % 4) * 0.0024
      const lat = index < 4 ? south + 0.002 : north - 0.002
      return `${index + 1}栋,梧桐苑,桐荫路${index + 1}号,第1网格,50,${lng.toFixed(6)},${lat.toFixed(6)}`
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

/** Chooses the kind of list and the file, and has it read. */
async function readList(page: Page, kind: string, name: string, buffer: Buffer): Promise<void> {
  await page.goto('/console/sheets')
  await page.locator('label.kind', { has: page.getByText(kind, { exact: true }) }).click()
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '读取这份表格' }).click()
}
async function confirmList(page: Page, rows: number): Promise<void> {
  await page.getByRole('button', { name: `确认导入 ${rows} 行` }).click()
  const done = page.getByText('导入完成')
  for (let turn = 0; turn < 60 && !(await done.isVisible()); turn++) {
    await steps.worker.turn()
    await page.locator('.work, .told').first().waitFor()
  }
  await done.waitFor()
}

test('14,317 division codes come in as the published list, and those below the street are offered', async () => {
  const { page, faults, close } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await readList(page, '行政区划代码', '区划代码.csv', divisionList)
  await page.getByRole('button', { name: '核对内容' }).click()
  await confirmList(page, manyCodes)
  const offered = await (await street.as('system-admin')).call(listDivisions)
  expect(offered.body.items).toEqual([{ code: `${code}001`, name: '桐荫社区居民委员会' }])
  expect(faults).toEqual([])
  await close()
})

test('the list of buildings asks for the datum, shows where it would lie, and comes in', async () => {
  const { page, close } = await browser.open('/console/sheets', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await readList(page, '楼栋', '楼栋.csv', buildingList)
  const check = page.getByRole('button', { name: '核对内容' })
  expect(await check.isDisabled()).toBe(true)
  await page.getByLabel(/坐标系/).selectOption('WGS84')
  await check.click()
  await page.locator('.figures').waitFor()
  await page.getByText('这些楼会落在哪里').waitFor()
  await page.getByText(/看看是不是落在对的地方/).waitFor()
  await confirmList(page, 8)
  await close()
})

test('micro-grids are proposed by households, adopted, adjusted by hand, and hold from next Monday; it may be recalled', async () => {
  const { page, faults, close } = await browser.open('/console/area-proposals', {
    viewport: desk,
    as: await street.as('system-admin'),
  })
  await page.getByRole('button', { name: '算一份方案' }).click()
  const form = page.getByRole('dialog', { name: '算一份方案' })
  await form.getByLabel('每个大约多少户').fill('200')
  await form.getByRole('button', { name: '开始计算' }).click()
  await form.waitFor({ state: 'detached' })
  const adopt = page.getByRole('button', { name: '采用为草案' })
  for (let turn = 0; turn < 60 && !(await adopt.isVisible()); turn++) {
    await steps.worker.turn()
    await page.getByRole('heading', { name: '均衡划分' }).waitFor()
  }
  await adopt.click()
  await page.locator('.editor-map[data-ready=true]').waitFor()
  const list = page.locator('section', { has: page.getByRole('heading', { name: /本级区域/ }) })
  await list.getByRole('button', { name: /微网格02/ }).click()
  await page.getByText('200 户 · 4 栋').waitFor()
  expect(await axeFindings(page)).toEqual([])

  const own = page.locator('section.chosen')
  await own.getByLabel('名称').fill('梧桐苑南片')
  await own.getByLabel('名称').press('Tab')
  await list.getByText('梧桐苑南片').waitFor()
  const at = await onMap(page)
  await page.getByRole('button', { name: '切开' }).click()
  const middle = (west + east) / 2
  await page.mouse.click(...at(middle, south - 0.00015))
  await page.mouse.click(...at(middle, north + 0.00015))
  await page.getByRole('button', { name: '画好了' }).click()
  await list.getByText('梧桐苑南片-2').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await list.getByText('梧桐苑南片-2').waitFor({ state: 'detached' })

  await putInForce(page, monday)
  const viewer = await street.as('viewer')
  const microGrids = async (day: string) =>
    (await areasOn(viewer, day)).filter(({ level }) => level === 'micro-grid').map(({ name }) => name)
  expect(await microGrids('2026-09-20')).toEqual([])
  expect((await microGrids(monday)).sort()).toEqual(['微网格01', '梧桐苑南片'].sort())

  // Ordered too early: it is taken back, and ordered again as it was.
  await page
    .getByRole('link', { name: /200 户|微网格|方案/ })
    .first()
    .click()
  await page.getByRole('link', { name: '对比' }).click()
  await page.getByRole('button', { name: '撤回这次调整' }).click()
  const recall = page.getByRole('dialog')
  await recall.getByLabel('为什么撤回').fill('公示期要延长一周')
  await recall.getByRole('button', { name: '撤回这次调整' }).click()
  await page.getByText(/已撤回：公示期要延长一周/).waitFor()
  expect(await microGrids(monday)).toEqual([])
  await page.getByText(/已撤回：公示期要延长一周/).click()
  await putInForce(page, monday)
  expect(await microGrids(monday)).toHaveLength(2)
  expect(faults).toEqual([])
  await close()
})

test('people and party branches are put in place in the browser before the day comes', async () => {
  const security = await street.as('security-admin')
  const head = await street.as('duty-head')
  const accounts = (await security.call(listAccounts, { query: { limit: 100 } })).body.items
  const account = (role: string) => accounts.find(({ username }) => username.endsWith(`-${role}`))?.id ?? ''
  const areas = await areasOn(head, monday)
  const id = (code: string) => areas.find((one) => one.code === code)?.id ?? ''
  const [first, second] = areas.filter(({ level }) => level === 'micro-grid')
  const { page, faults, close } = await browser.open('/console/accounts', { viewport: desk, as: security })
  const appoint = async (who: string, role: string, areaId: string | undefined) => {
    await page.goto(`/console/accounts/${account(who)}`)
    await page.getByRole('button', { name: '任命岗位' }).click()
    const form = page.getByRole('dialog', { name: /任命岗位$/ })
    await form.getByLabel('从哪天起').fill(monday)
    await form.getByLabel('岗位', { exact: true }).selectOption(role)
    await form.getByLabel('区域').selectOption(areaId ?? '')
    if (role === 'micro-grid-member') await form.getByLabel(/担任微网格长/).check()
    await form.getByRole('button', { name: '任命岗位' }).click()
    await form.waitFor({ state: 'detached' })
  }
  await appoint('viewer', 'grid-head', id('c01g01'))
  await appoint('dispatcher', 'micro-grid-member', first?.id)
  await appoint('viewer', 'micro-grid-member', second?.id)
  expect(faults).toEqual([])
  await close()

  const party = await browser.open('/console/members', { viewport: desk, as: head })
  const add = async (button: Locator, name: string, areaId: string) => {
    await button.click()
    const form = party.page.getByRole('dialog')
    await form.getByLabel('名称').fill(name)
    await form.getByLabel('所在区域').selectOption(areaId)
    await form.getByRole('button', { name: '新增党组织' }).click()
    await party.page.getByText(name, { exact: true }).waitFor()
  }
  const below = party.page.getByRole('button', { name: '新增下级' })
  await add(party.page.getByRole('button', { name: '新增党组织' }), '桐荫街道党工委', id(code))
  await add(below.last(), '桐荫社区党委', id('c01'))
  await add(below.last(), '第1网格党支部', id('c01g01'))
  expect(party.faults).toEqual([])
  await party.close()
})

test('the report of that Monday is read before it comes and is clean, on a wide screen and on a phone', async () => {
  const head = await street.as('duty-head')
  const report = await head.call(checkAreas, { query: { onDay: monday } })
  expect(report.body.items).toEqual([])
  expect(report.body.looked).toMatchObject({ areas: 5, drawn: 5, buildings: 8, placed: 8, withHouseholds: 8 })
  for (const viewport of [desk, phone]) {
    const { page, faults, close } = await browser.open('/console/area-checks', { viewport, as: head })
    await page.getByLabel('查哪一天').fill(monday)
    await page.getByText('没有发现问题').first().waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await axeFindings(page)).toEqual([])
    await page.goto('/console/areas/drafts')
    await page.getByText('从零画起').waitFor()
    expect(await sidewaysScroll(page)).toBe(0)
    expect(faults).toEqual([])
    await close()
  }
})
