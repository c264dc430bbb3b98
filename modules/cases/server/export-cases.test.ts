import excel from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { listCases } from '../contract.ts'
import { plainCell } from './export-cases.ts'

let streets: TestCases
beforeAll(async () => {
  streets = await startTestCases()
})
afterAll(async () => {
  await streets.close()
})

/** The rows of the exported file as texts, the heading first. */
async function exported(username: string, query: string): Promise<string[][]> {
  const staff = await streets.as(username)
  const response = await fetch(`${streets.baseUrl}/api/cases/export?${query}`, {
    headers: { cookie: [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  expect(response.status).toBe(200)
  const book = new excel.Workbook()
  await book.xlsx.load(await response.arrayBuffer())
  const rows: string[][] = []
  book.worksheets[0]?.eachRow((row) => {
    rows.push((row.values as string[]).slice(1))
  })
  return rows
}

test('an export holds the rows of the list in its order, with the columns asked for in their order', async () => {
  const resident = await streets.asResident('13900000001')
  for (const text of ['电梯坏了三天没人修', '路灯不亮', '下水道返味']) await streets.file(resident, { text })
  const clerk = await streets.as('clerk-c1')
  const list = await clerk.call(listCases, { query: { state: 'pending' } })
  const [heading, ...rows] = await exported('clerk-c1', 'state=pending&columns=title,number,state')
  expect(heading).toEqual(['诉求', '编号', '状态'])
  expect(rows).toEqual(list.body.items.map((row) => [row.title, row.number, '待受理']))
  expect(rows).toHaveLength(3)
})

test('the file is sent as a spreadsheet under a name in Chinese that also old browsers can keep', async () => {
  const staff = await streets.as('clerk-c1')
  const response = await fetch(`${streets.baseUrl}/api/cases/export?columns=number`, {
    headers: { cookie: [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  expect(response.headers.get('content-type')).toContain('spreadsheetml.sheet')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="-2026-09-14.xlsx"; filename*=UTF-8''%E8%AF%89%E6%B1%82-2026-09-14.xlsx`,
  )
})

test('the English file has English words', async () => {
  const [heading, first] = await exported('clerk-c1', 'columns=number,state&language=en')
  expect(heading).toEqual(['Number', 'State'])
  expect(first?.[1]).toBe('Pending')
})

test('what another desk may not see is not in its file', async () => {
  const rows = await exported('clerk-c2', 'columns=number')
  expect(rows).toHaveLength(1)
})

test('an unknown column, and no session, are refused', async () => {
  const clerk = await streets.as('clerk-c1')
  expect((await clerk.request('GET', '/api/cases/export?columns=phone')).code).toBe('platform/invalid-input')
  const nobody = streets.client()
  expect((await nobody.request('GET', '/api/cases/export?columns=number')).code).toBe(
    'platform/not-signed-in',
  )
})

test('an export leaves an audit entry with count and columns, and never the words searched for', async () => {
  await exported('clerk-c1', `columns=number&q=${encodeURIComponent('路灯')}`)
  const entries = await streets.look<{ detail: Record<string, unknown> }>(
    "select detail from audit_entries where operation = 'cases.exportCases' order by at desc, id desc limit 1",
  )
  expect(entries[0]?.detail).toMatchObject({ rows: 1, columns: ['number'], filters: { words: true } })
  expect(JSON.stringify(entries)).not.toContain('路灯')
})

test.each(['=1+1', '+86', '-5', '@x', '\tx', '\rx'])(
  'a cell that begins like a formula stays a text: %j',
  (text) => {
    expect(plainCell(text)).toBe(`'${text}`)
  },
)

test('a formula that a resident typed arrives as a text', async () => {
  const resident = await streets.asResident('13900000002')
  await streets.file(resident, { text: '=HYPERLINK("http://x.example","点我")', title: '=1+1' })
  const rows = await exported('clerk-c1', 'columns=title')
  expect(rows.flat()).toContain("'=1+1")
})
