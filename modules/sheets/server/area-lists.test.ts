/** Lists of areas, of their figures and of division codes: in, checked, out again, undone. */
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import * as areas from '../../areas/contract.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type SheetSteps, sheetSteps } from '../../testing/sheet-steps.ts'
import type { BatchDetail } from '../contract.ts'
import * as contract from '../contract.ts'
import { sheetsModule } from './index.ts'

let t: TestCases
let steps: SheetSteps
let system: TestClient
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases({ modules: [sheetsModule] })
  steps = await sheetSteps(t, faults)
  system = await t.as('system-admin')
})
afterAll(async () => {
  await steps.worker.stop()
  await t.close()
  expect(faults).toEqual([])
})

const csv = (...lines: readonly string[]) => Buffer.from(lines.join('\n'))
const errors = (detail: BatchDetail) =>
  detail.findings.flatMap(({ row, column, severity, reason }) =>
    severity === 'error' ? [[row, column, reason.zh]] : [],
  )
const linesOf = async (areaCode: string) => {
  const { items } = (await system.call(areas.listAreaFigures)).body
  return items.find(({ area }) => area.code === areaCode)?.given.map(({ below: _, ...one }) => one)
}
async function download(by: TestClient, path: string): Promise<Buffer> {
  const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const reply = await fetch(`${t.baseUrl}${path}`, { headers: { cookie } })
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}
async function cellsOf(bytes: Buffer): Promise<string[][]> {
  const book = new excel.Workbook()
  await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  return (book.worksheets[0]?.getSheetValues() ?? []).flatMap((row) =>
    Array.isArray(row) ? [row.slice(1).map((cell) => String(cell ?? ''))] : [],
  )
}

const residents = { name: '人口', scope: '常住人口', unit: '人' }

test('figures come in side by side or a line each, with scope, day and source; what says not whom it counts is refused', async () => {
  const mixed = csv(
    '2026年各网格底数,,,,,,,,',
    '网格,户籍人口,常住人口,指标,口径,数值,单位,统计日期,数据来源',
    '天桥社区第1网格,"1,186",1240人,,,,,2026-03-31,派出所',
    '天桥社区第2网格,800,,专职人员,在岗专职,3,,2026.3.31,社区',
    '天桥社区第1网格,,,人口,户籍人口,1190,,2026-03-31,社区',
    '天桥社区第1网格,,,人口,,1190,,2026-03-31,社区',
    '南园社区,,,,,,,2026-03-31,社区',
    '没有的网格,1,,,,,,2026-03-31,社区',
    '南园社区,1,,,,,,2030-01-01,社区',
    '南园社区,-3,,,,,,2026-03-31,社区',
  )
  const checked = await steps.checked(system, 'area-figures', mixed)
  expect(checked.batch.counts).toMatchObject({ rows: 8, add: 2, bad: 6 })
  expect(errors(checked)).toEqual(
    [
      [5, 'area', '和第 3 行说的是同一个数字'],
      [6, 'scope', expect.stringContaining('口径')],
      [7, 'value', '这一行没有数字'],
      [8, 'area', '没有找到区域“没有的网格”'],
      [9, 'onDay', '这一天还没有到'],
      [10, 'registered', '要填不小于 0 的整数'],
    ].sort((a, b) => Number(a[0]) - Number(b[0])),
  )
  const done = await steps.applied(system, 'area-figures', mixed)
  expect(done.batch.counts).toMatchObject({ added: 2, failed: 0 })
  const march = { onDay: '2026-03-31', source: '派出所' }
  expect(await linesOf('c1g1')).toEqual([
    { ...residents, ...march, value: 1240 },
    { ...residents, ...march, scope: '户籍人口', value: 1186 },
  ])
  expect(await linesOf('c1g2')).toMatchObject([
    { name: '专职人员', scope: '在岗专职', value: 3, unit: '人', source: '社区' },
    { name: '人口', scope: '户籍人口', value: 800 },
  ])
  const again = await steps.checked(system, 'area-figures', mixed)
  expect(again.batch.counts).toMatchObject({ same: 2, add: 0, change: 0 })
})

test('undo puts back what stood there, takes out what was new, and leaves what somebody gave anew since', async () => {
  const list = (value: number) =>
    csv(
      '区域,常住人口,日期,来源',
      `天桥社区第1网格,${value},2026-03-31,网格摸排`,
      `天桥社区,${value},2026-03-31,网格摸排`,
      `南园社区,${value},2026-03-31,网格摸排`,
    )
  const first = await steps.applied(system, 'area-figures', list(1300))
  expect(first.batch.counts).toMatchObject({ added: 2, changed: 1 })
  await steps.applied(system, 'area-figures', csv('区域,常住人口,日期,来源', '南园社区,5,2026-03-31,社区'))
  const undone = await steps.undone(system, first.batch.id)
  expect(undone.batch.counts).toMatchObject({ undone: 2, kept: 1 })
  expect(undone.findings.map(({ reason }) => reason.zh)).toEqual(['后来又有人填报过，没有撤销'])
  expect((await linesOf('c1g1'))?.[0]).toMatchObject({ value: 1240, source: '派出所' })
  expect(await linesOf('c1')).toEqual([])
  expect(await linesOf('c2')).toMatchObject([{ value: 5 }])
})

test('what goes out is the same list: it comes in again as it is, and corrected it changes what was corrected', async () => {
  const bytes = await download(system, '/api/area-figures/export')
  const cells = await cellsOf(bytes)
  expect(cells[0]).toEqual(['区域', '指标', '口径', '数值', '单位', '日期', '来源'])
  expect(cells).toContainEqual(['天桥社区第1网格', '人口', '常住人口', '1240', '人', '2026-03-31', '派出所'])
  const same = await steps.checked(system, 'area-figures', bytes)
  expect(same.batch.counts).toMatchObject({ rows: cells.length - 1, same: cells.length - 1, bad: 0 })
  const parts = await cellsOf(
    await download(system, `/api/area-figures/export?areaId=${t.street.areaId('c2')}`),
  )
  expect(parts.slice(1).map(([area]) => area)).toEqual(['南园社区'])
})

test('a secretary brings in the figures of the own community and no others', async () => {
  const secretary = await t.as('secretary-c1')
  const checked = await steps.checked(
    secretary,
    'area-figures',
    csv('区域,常住人口,日期,来源', '天桥社区第2网格,9,2026-03-31,社区', '南园社区,9,2026-03-31,社区'),
  )
  expect(errors(checked)).toEqual([[3, 'area', '这个区域不在你的辖区里']])
})

test('division codes come in by the whole city; a street then offers the official codes of its communities', async () => {
  const communities = ['天桥社区居委会', '新桥社区居民委员会', '柳荫村委会']
  const own = communities.map((name, at) => `${t.street.code}${900 + at},${name}`)
  const others = Array.from({ length: 300 }, (_, at) => {
    const street = 990_200_001 + Math.floor(at / 40)
    return `${street}${String((at % 40) + 1).padStart(3, '0')},${at}号社区居委会`
  })
  const file = csv('统计用区划代码,名称', ...own, ...others, '990201000000,样例区', '990200000000,市辖区')
  const done = await steps.applied(system, 'divisions', file)
  expect(done.batch.counts).toMatchObject({ rows: 305, added: 304, bad: 1 })
  const offered = (await system.call(areas.listDivisions)).body.items
  expect(offered).toEqual(communities.map((name, at) => ({ code: `${t.street.code}${900 + at}`, name })))
  expect((await (await t.as('other-system-admin')).call(areas.listDivisions)).body.items).toEqual([])

  const renamed = await steps.checked(system, 'divisions', csv('代码,名称', `${t.street.code}900,别的名字`))
  expect(renamed.batch.counts).toMatchObject({ same: 1, warned: 1 })

  const list = csv('名称,上级,类别', '新桥社区,,', '新桥市场网格,新桥社区,专属网格', '柳荫居民区,,')
  await steps.applied(system, 'areas', list)
  const tree = (await system.call(areas.listAreas)).body.items
  const named = (name: string) => tree.find((one) => one.name === name)
  expect(named('新桥社区')?.code).toBe(`${t.street.code}901`)
  expect(named('新桥市场网格')).toMatchObject({ kind: 'exclusive', parentId: named('新桥社区')?.id })
  expect(named('柳荫居民区')?.code).toMatch(/^c\d+$/)

  const undone = await steps.undone(system, done.batch.id)
  expect(undone.batch.counts).toMatchObject({ undone: 304, kept: 0 })
  expect((await system.call(areas.listDivisions)).body.items).toEqual([])
})

test('the kind of an area goes out in every format and comes in with it', async () => {
  const change = csv(
    '名称,上级,类别',
    '天桥社区第1网格微网格01,天桥社区第1网格,专属',
    '天桥社区第1网格微网格02,天桥社区第1网格,普通',
  )
  const changed = await steps.applied(system, 'areas', change)
  expect(changed.batch.counts).toMatchObject({ rows: 2, changed: 1, failed: 0 })
  const kindIn = async (code: string) =>
    (await system.call(areas.listAreas)).body.items.find((one) => one.code === code)?.kind
  expect(await kindIn('c1g1m1')).toBe('exclusive')
  for (const format of areas.areaFileFormats) {
    const bytes = await download(
      system,
      `/api/area-boundaries/export?format=${format}&datum=wgs84&level=micro-grid`,
    )
    const { body } = await system.call(areas.readAreaFile, {
      body: { fileName: `x.${format}`, content: bytes.toString('base64'), datum: 'wgs84' },
    })
    const kinds = new Map(body.areas.map(({ code, kind }) => [code, kind]))
    expect([kinds.get('c1g1m1'), kinds.get('c1g1m2')], format).toEqual(['exclusive', 'ordinary'])
  }
  const sample = await download(system, '/api/list-kinds/areas/sample')
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(sample)]), '区域.xlsx')
  const added = await fetch(`${t.baseUrl}${contract.addTemplate.path}?list=areas`, {
    method: 'POST',
    headers: {
      cookie: [...system.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'idempotency-key': crypto.randomUUID(),
    },
    body: form,
  })
  const { id } = (await added.json()) as contract.ListTemplateView
  const bytes = await download(system, `/api/list-templates/${id}/export`)
  const rows = await cellsOf(bytes)
  expect(rows.find((row) => row.includes('天桥社区第1网格微网格01'))).toContain('专属网格')
  const back = await steps.checked(system, 'areas', bytes)
  expect(errors(back).map(([, , reason]) => reason)).toEqual([])
  expect(back.batch.counts).toMatchObject({ change: 0, add: 0 })

  const undone = await steps.undone(system, changed.batch.id)
  expect(undone.batch.counts).toMatchObject({ kept: 0 })
  expect(await kindIn('c1g1m1')).toBe('ordinary')
})
