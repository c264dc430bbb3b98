import { randomUUID } from 'node:crypto'
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import * as contract from '../contract.ts'
import { sheetsModule } from './index.ts'

let t: TestCases
let system: TestClient

beforeAll(async () => {
  t = await startTestCases({ modules: [sheetsModule] })
  system = await t.as('system-admin')
})
afterAll(async () => {
  await t.close()
})

/** A form as streets have them: a title, merged cells, borders, a sum below the repeated row, a print area. */
async function form(cells: readonly string[]): Promise<Buffer> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['{{街道}}诉求台账'])
  sheet.mergeCells('A1:E1')
  sheet.addRow(['序号', '编号', '事由', null, '数'])
  const row = sheet.addRow(['{{序号}}', ...cells])
  sheet.mergeCells('C3:D3')
  row.getCell(2).font = { bold: true, color: { argb: 'FFB3261E' } }
  row.getCell(5).value = { formula: 'A3*2', result: 0 }
  sheet.addRow(['合计', null, null, null, { formula: 'SUM(E3:E3)', result: 0 }])
  sheet.addRow(['导出日期：{{导出日期}}'])
  sheet.mergeCells('A5:E5')
  sheet.pageSetup.printArea = 'A1:E5'
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function add(by: TestClient, list: string, bytes: Buffer) {
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(bytes)]), '月报.xlsx')
  const reply = await fetch(`${t.baseUrl}${contract.addTemplate.path}?list=${list}`, {
    method: 'POST',
    headers: { cookie: cookieOf(by), 'idempotency-key': randomUUID() },
    body,
  })
  return { status: reply.status, body: (await reply.json()) as contract.ListTemplateView & { code?: string } }
}
const cookieOf = (by: TestClient) => [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

async function exported(by: TestClient, id: string, query = '') {
  const reply = await fetch(`${t.baseUrl}/api/list-templates/${id}/export${query}`, {
    headers: { cookie: cookieOf(by) },
  })
  if (reply.status !== 200) return { status: reply.status, sheet: undefined }
  const book = new excel.Workbook()
  await book.xlsx.load(await reply.arrayBuffer())
  return { status: 200, sheet: book.worksheets[0] }
}

test('a list fills the street’s own form: the row repeated with its style, sums stretched, what stood below moved down', async () => {
  const resident = await t.asResident('13900000001')
  await t.file(resident, { text: '楼道灯坏了。' })
  await t.file(resident, { text: '=HYPERLINK("http://evil") 门口垃圾没人清。' })
  await t.file(resident, { text: '＝1+1 下水道返味。' })
  const added = await add(system, 'cases', await form(['{{编号}}', '{{title}}']))
  expect([added.status, added.body.rowFields, added.body.unknownFields]).toEqual([
    201,
    ['序号', '编号', 'title'],
    [],
  ])
  const dispatcher = await t.as('dispatcher')
  const { status, sheet } = await exported(dispatcher, added.body.id)
  expect(status).toBe(200)
  expect(sheet?.getCell('A1').value).toBe('滨河街道诉求台账')
  expect([3, 4, 5].map((row) => sheet?.getCell(row, 1).value)).toEqual([1, 2, 3])
  expect(sheet?.getCell('B5').font).toMatchObject({ bold: true, color: { argb: 'FFB3261E' } })
  expect(sheet?.getCell('E5').formula).toBe('A5*2')
  expect(sheet?.getCell('E6').formula).toBe('SUM(E3:E5)')
  expect(sheet?.getCell('A7').value).toBe('导出日期：2026-09-14')
  expect([...(sheet?.model.merges ?? [])].sort()).toEqual(['A1:E1', 'A7:E7', 'C3:D3', 'C4:D4', 'C5:D5'])
  expect(sheet?.pageSetup.printArea).toBe('A1:E7')
})

test('no text of a case becomes a formula in an export, in either width', async () => {
  const { body } = await system.call(contract.listTemplates)
  const { sheet } = await exported(await t.as('dispatcher'), body.items[0]?.id ?? '')
  const texts = [3, 4, 5].map((row) => sheet?.getCell(row, 3).value)
  expect(texts.filter((text) => typeof text === 'string' && /^'[=＝]/.test(text))).toHaveLength(2)
  expect(texts.every((text) => typeof text === 'string')).toBe(true)
})

test('the export holds what the actor sees and no more, under the filters of the list', async () => {
  const { body } = await system.call(contract.listTemplates)
  const id = body.items[0]?.id ?? ''
  const handler = await exported(await t.as('handler-water'), id)
  expect(handler.sheet?.getCell('B3').value).toBeNull()
  const filtered = await exported(
    await t.as('dispatcher'),
    id,
    `?filters=${encodeURIComponent('{"state":"closed"}')}`,
  )
  expect(filtered.sheet?.getCell('B3').value).toBeNull()
  const wrong = await exported(await t.as('dispatcher'), id, `?filters=${encodeURIComponent('{"street":2}')}`)
  expect(wrong.status).toBe(400)
  expect((await exported(system, id)).status).toBe(422)
})

test('a workbook without a field of the list is no template, and says what to do', async () => {
  const refused = await add(system, 'cases', await form(['编号', '标题']))
  expect([refused.status, refused.body.code]).toEqual([422, 'sheets/template-unfit'])
  expect((await add(system, 'cases', Buffer.from('no zip'))).status).toBe(422)
  expect((await add(await t.as('dispatcher'), 'cases', await form(['{{编号}}', '']))).status).toBe(403)
})

test.each(['areas', 'organisations', 'posts'])(
  'the sample of %s is a template as it is, and exports',
  async (list) => {
    const reply = await fetch(`${t.baseUrl}/api/list-kinds/${list}/sample`, {
      headers: { cookie: cookieOf(system) },
    })
    const added = await add(system, list, Buffer.from(await reply.arrayBuffer()))
    expect(added.status).toBe(201)
    const { sheet } = await exported(system, added.body.id)
    expect(sheet?.rowCount).toBeGreaterThan(3)
    expect(JSON.stringify(sheet?.getRow(3).values)).not.toContain('{{')
  },
)

test('a template taken out of use is gone, and of another street it never was', async () => {
  const { body } = await system.call(contract.listTemplates, { query: { list: 'areas' } })
  const params = { id: body.items[0]?.id ?? '' }
  const other = await t.as('other-system-admin')
  expect((await other.call(contract.removeTemplate, { params, body: {} })).status).toBe(404)
  expect((await system.call(contract.removeTemplate, { params, body: {} })).status).toBe(200)
  expect((await exported(system, params.id)).status).toBe(404)
})
