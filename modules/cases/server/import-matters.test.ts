import { randomUUID } from 'node:crypto'
import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { listMatters, type MatterImportReport } from '../contract.ts'
import { matterColumnTitles } from '../matter-cells.ts'

let streets: TestCases
beforeAll(async () => {
  streets = await startTestCases()
})
afterAll(async () => {
  await streets.close()
})

const cookieOf = (by: TestClient) => [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

async function exported(by: TestClient, language = 'zh'): Promise<excel.Workbook> {
  const reply = await fetch(`${streets.baseUrl}/api/matters/export?language=${language}`, {
    headers: { cookie: cookieOf(by) },
  })
  expect(reply.status).toBe(200)
  const book = new excel.Workbook()
  await book.xlsx.load(await reply.arrayBuffer())
  return book
}

async function send(by: TestClient, bytes: ArrayBuffer | Uint8Array, query = '', key: string = randomUUID()) {
  const form = new FormData()
  form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), '事项目录.xlsx')
  const reply = await fetch(`${streets.baseUrl}/api/matters/import${query}`, {
    method: 'POST',
    headers: { cookie: cookieOf(by), ...(key ? { 'idempotency-key': key } : {}) },
    body: form,
  })
  const body = (await reply.json()) as MatterImportReport & { code?: string }
  return { status: reply.status, body }
}

const columnOf = (sheet: excel.Worksheet, column: keyof typeof matterColumnTitles): number =>
  (sheet.getRow(1).values as string[]).indexOf(matterColumnTitles[column].zh)

/** The sheet as exported, with these cells of these codes changed and these rows added. */
async function changed(
  by: TestClient,
  changes: Readonly<Record<string, Partial<Record<keyof typeof matterColumnTitles, excel.CellValue>>>>,
  more: readonly excel.CellValue[][] = [],
) {
  const book = await exported(by)
  const [sheet] = book.worksheets
  if (!sheet) throw new Error('no sheet')
  sheet.eachRow((row) => {
    const cells = changes[String(row.getCell(columnOf(sheet, 'code')).value)]
    for (const [column, value] of Object.entries(cells ?? {}))
      row.getCell(columnOf(sheet, column as 'code')).value = value
  })
  for (const cells of more) sheet.addRow(cells)
  return book.xlsx.writeBuffer() as Promise<ArrayBuffer>
}

const newRow = (code: string): string[] => [
  code,
  '本地扩展',
  'LX99',
  '其他',
  '楼顶种菜',
  'Vegetables on the roof',
  '楼顶有人种菜',
  '种菜 楼顶',
  '社区',
  '投诉',
  'P2 一般',
  '是',
  '否',
  '是',
]

test('a sheet that was only exported changes nothing when it comes back, in either language', async () => {
  const admin = await streets.as('system-admin')
  for (const language of ['zh', 'en']) {
    const bytes = await (await exported(admin, language)).xlsx.writeBuffer()
    const { status, body } = await send(admin, bytes as unknown as ArrayBuffer)
    expect(status).toBe(200)
    expect(body).toMatchObject({ added: 0, changed: 0, errorCount: 0, applied: false })
    expect(body.unchanged).toBe(body.rows)
  }
})

test('a check tells what would change and writes nothing', async () => {
  const admin = await streets.as('system-admin')
  const bytes = await changed(admin, { LX01001: { name: '高空抛物（新）' } }, [newRow('LX99001')])
  const { body } = await send(admin, bytes)
  expect(body).toMatchObject({ added: 1, changed: 1, errorCount: 0, applied: false })
  expect(body.changes.find((change) => change.code === 'LX01001')?.columns).toEqual(['name'])
  const { body: after } = await admin.call(listMatters, { query: { q: 'LX99001' } })
  expect(after.items).toEqual([])
})

test('confirmed, the old version ends today and a new one begins, and a filed case keeps its words', async () => {
  const admin = await streets.as('system-admin')
  const clerk = await streets.as('clerk-c1')
  const filed = await streets.file(clerk, { matterCode: 'LX01002', channel: 'desk', kind: 'complaint' })
  streets.clock.moveBy(24 * 3_600_000)
  const bytes = await changed(admin, { LX01002: { name: '改过的名称', urgency: 'P0' } }, [newRow('LX99002')])
  const { body } = await send(admin, bytes, '?confirm=true')
  expect(body).toMatchObject({ added: 1, changed: 1, applied: true })
  const now = await admin.call(listMatters, { query: { q: 'LX01002' } })
  expect(now.body.items).toMatchObject([{ name: '改过的名称', urgency: 'P0' }])
  const added = await admin.call(listMatters, { query: { q: '楼顶种菜' } })
  expect(added.body.items).toMatchObject([{ code: 'LX99002', standard: 'local', localExtension: true }])
  const versions = await streets.look<{ name: string; valid_to: string | null }>(
    "select name, valid_to from matters where code = 'LX01002' and street_id = $1 order by valid_from",
    [streets.street.streetId],
  )
  expect(versions).toHaveLength(2)
  expect(versions[0]?.valid_to).toBe('2026-09-15')
  expect(versions[1]).toMatchObject({ name: '改过的名称', valid_to: null })
  const still = await clerk.request<{ case: { matter: { name: string } } }>('GET', `/api/cases/${filed.id}`)
  expect(still.body.case.matter.name).toBe(versions[0]?.name)
})

test('a second change on the same day leaves one version of that day', async () => {
  const admin = await streets.as('system-admin')
  const bytes = await changed(admin, { LX01002: { name: '再改一次' } })
  expect((await send(admin, bytes, '?confirm=true')).body).toMatchObject({ changed: 1, applied: true })
  const rows = await streets.look<{ name: string }>(
    "select name from matters where code = 'LX01002' and street_id = $1 and valid_to is null",
    [streets.street.streetId],
  )
  expect(rows).toEqual([{ name: '再改一次' }])
})

test('bad cells are told with row, column and reason, and nothing is written even when confirmed', async () => {
  const admin = await streets.as('system-admin')
  const bytes = await changed(
    admin,
    {
      LX01003: { level: '省里', name: '' },
      GB06010: { name: '别的名字', residentWords: '垃圾' },
      LX01004: { name: '不该写进去' },
    },
    [newRow('GB99999'), newRow('LX99003'), newRow('LX99003'), newRow('带中文')],
  )
  const { body } = await send(admin, bytes, '?confirm=true')
  expect(body.applied).toBe(false)
  const told = body.errors.map(({ column, reason }) => `${column} ${reason}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'level not-a-choice',
      'name empty',
      'name standard-is-fixed',
      'residentWords standard-has-no-resident-words',
      'code standard-not-known',
      'code code-twice',
      'code code-form',
    ]),
  )
  expect(body.errors.every((error) => error.row > 1)).toBe(true)
  const after = await admin.call(listMatters, { query: { q: '不该写进去' } })
  expect(after.body.items).toEqual([])
})

test('a formula is taken as what it gave, never as a formula', async () => {
  const admin = await streets.as('system-admin')
  const bytes = await changed(admin, {
    LX01005: { residentWords: { formula: 'CONCAT("算","出来")', result: '算出来' } },
  })
  const { body } = await send(admin, bytes, '?confirm=true')
  expect(body).toMatchObject({ changed: 1, applied: true })
  const after = await admin.call(listMatters, { query: { q: 'LX01005' } })
  expect(after.body.items[0]?.residentWords).toBe('算出来')
})

test('a missing column is told and stops the rest', async () => {
  const admin = await streets.as('system-admin')
  const book = new excel.Workbook()
  book.addWorksheet('x').addRows([
    ['编码', '事项名称'],
    ['LX01001', 'a'],
  ])
  const { body } = await send(admin, (await book.xlsx.writeBuffer()) as unknown as ArrayBuffer)
  expect(body.errors).toContainEqual({ row: 1, column: 'level', value: '', reason: 'column-missing' })
})

test('too many rows, and a part that swells on unpacking, are refused', async () => {
  const admin = await streets.as('system-admin')
  const many = new excel.Workbook()
  many.addWorksheet('x').addRows(Array.from({ length: 5_002 }, (_, i) => [`LX${i}`]))
  expect((await send(admin, (await many.xlsx.writeBuffer()) as unknown as ArrayBuffer)).body.code).toBe(
    'cases/sheet-too-long',
  )
  const swelling = new excel.Workbook()
  swelling.addWorksheet('x').addRow(['0'.repeat(45 * 1024 * 1024)])
  const bytes = (await swelling.xlsx.writeBuffer()) as unknown as ArrayBuffer
  expect(bytes.byteLength).toBeLessThan(1024 * 1024)
  expect((await send(admin, bytes)).body.code).toBe('cases/sheet-too-long')
})

test('what is no spreadsheet is refused in words', async () => {
  const admin = await streets.as('system-admin')
  expect((await send(admin, Buffer.from('编码,名称'))).body.code).toBe('cases/sheet-unreadable')
  expect((await send(admin, Buffer.from('PK\u0003\u0004PK\u0005\u0006'))).body.code).toBe(
    'cases/sheet-unreadable',
  )
  expect((await send(admin, Buffer.alloc(0))).body.code).toBe('cases/sheet-missing')
})

test('only the system administrator imports, and only with an idempotency key', async () => {
  const admin = await streets.as('system-admin')
  const bytes = await changed(admin, {})
  for (const username of ['clerk-c1', 'security-admin', 'dispatcher'])
    expect((await send(await streets.as(username), bytes)).body.code).toBe('platform/not-for-your-role')
  expect((await send(streets.client(), bytes)).body.code).toBe('platform/not-signed-in')
  expect((await send(admin, bytes, '', '')).body.code).toBe('platform/idempotency-key-missing')
})

test('sent again under its key the first reply comes back; another file under it is refused', async () => {
  const admin = await streets.as('system-admin')
  const key = randomUUID()
  const bytes = await changed(admin, { LX02001: { name: '只改一次' } })
  const first = await send(admin, bytes, '?confirm=true', key)
  expect(first.body).toMatchObject({ changed: 1, applied: true })
  expect((await send(admin, bytes, '?confirm=true', key)).body).toEqual(first.body)
  const other = await changed(admin, { LX02001: { name: '另一份' } })
  expect((await send(admin, other, '?confirm=true', key)).body.code).toBe('platform/idempotency-key-reused')
})

test('checks and changes stand in the audit trail with the codes', async () => {
  const entries = await streets.look<{ outcome: string; detail: { changed: string[] } }>(
    "select outcome, detail from audit_entries where operation = 'cases.importMatters' order by at, id",
  )
  expect(entries.some((entry) => entry.outcome === 'checked')).toBe(true)
  expect(entries.some((entry) => entry.outcome === 'done' && entry.detail.changed.includes('LX02001'))).toBe(
    true,
  )
})

test('another street’s catalogue is untouched', async () => {
  const rows = await streets.look<{ count: number }>(
    'select count(*)::int as count from matters where street_id = $1 and valid_to is not null',
    [streets.other.streetId],
  )
  expect(rows).toEqual([{ count: 0 }])
})
