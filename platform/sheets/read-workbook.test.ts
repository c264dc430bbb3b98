import { deflateRawSync } from 'node:zlib'
import excel from 'exceljs'
import { expect, test } from 'vitest'
import { plainCell } from './plain-cell.ts'
import { readDay, readInstant, readMobile } from './read-cells.ts'
import { readInThread } from './read-in-thread.ts'
import { readWorkbook } from './read-workbook.ts'
import { SheetFault } from './sheet-limits.ts'
import { moveReferences, stretchReferences } from './shift-references.ts'
import { ZipWriter } from './zip-writer.ts'

const today = '2026-09-14'

test.each([
  ['2026年3月5日', '2026-03-05'],
  ['2026.3.5', '2026-03-05'],
  ['26/3/5', '2026-03-05'],
  ['20260305', '2026-03-05'],
  ['２０２６－３－５', '2026-03-05'],
  ['46086', '2026-03-05'],
  ['3月5日', '2026-03-05'],
  ['二〇二六年十二月二十三日', '2026-12-23'],
  ['2026-02-30', undefined],
  ['上周', undefined],
  ['13900000000', undefined],
])('the day %s reads as %s', (text, day) => {
  const read = readDay({ text, type: 'text' }, today)
  expect(read.ok ? read.value : undefined).toBe(day)
})

test.each([
  ['2026-03-05 14:30', '2026-03-05T06:30:00.000Z'],
  ['2026年3月5日14时30分', '2026-03-05T06:30:00.000Z'],
  ['2026/3/5 8:05:09', '2026-03-05T00:05:09.000Z'],
  ['46086.5', '2026-03-05T04:00:00.000Z'],
  ['2026-03-05', '2026-03-04T16:00:00.000Z'],
  ['2026-03-05 25:00', undefined],
])('the time %s reads as %s', (text, at) => {
  const read = readInstant({ text, type: 'text' }, today)
  expect(read.ok ? read.value : undefined).toBe(at)
})

test.each([
  ['1.39E+10', '13900000000'],
  ['１３９００００００００', '13900000000'],
  ['139-0000-0000', '13900000000'],
  ['13900000001、13900000002', '13900000001'],
  ['023-6789', undefined],
])('the phone %s reads as %s', (text, phone) => {
  const read = readMobile({ text, type: 'text' })
  expect(read.ok ? read.value : undefined).toBe(phone)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '＋1', '－1', '＠x', ' =1', '|cmd'])(
  'the text %j stays a text in a spreadsheet',
  (text) => {
    expect(plainCell(text)).toBe(`'${text}`)
  },
)

test('formulas come by their last value, errors and hidden sheets say what they are', async () => {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet('一')
  sheet.addRow([
    '甲',
    { formula: 'SUM(1,2)', result: 3 },
    { error: '#REF!' },
    new Date(Date.UTC(2026, 2, 5, 14, 30)),
  ])
  book.addWorksheet('二', { state: 'hidden' }).addRow([true])
  const sheets = readWorkbook(Buffer.from(await book.xlsx.writeBuffer()))
  expect(sheets[0]?.rows[0]).toEqual({
    row: 1,
    cells: ['甲', '3', '#REF!', '2026-03-05 14:30:00'],
    types: 'tNed',
  })
  expect([sheets[1]?.hidden, sheets[1]?.rows[0]?.cells]).toEqual([true, ['是']])
})

const faultOf = (bytes: Buffer): string | undefined => {
  try {
    readWorkbook(bytes)
    return undefined
  } catch (error) {
    return error instanceof SheetFault ? error.code : String(error)
  }
}

function zipOf(parts: Readonly<Record<string, Buffer>>): Buffer {
  const writer = new ZipWriter()
  for (const [name, content] of Object.entries(parts)) writer.add(name, content)
  return writer.end()
}

test('what grows on unpacking, has too many parts, or is no workbook is refused by its reason', () => {
  const bomb = zipOf({ 'xl/workbook.xml': Buffer.alloc(60 * 1024 * 1024, 32) })
  expect(bomb.length).toBeLessThan(100_000)
  expect(faultOf(bomb)).toBe('too-large')
  const many = zipOf(Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`p${n}`, Buffer.from('x')])))
  expect(faultOf(many)).toBe('too-large')
  expect(faultOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('old-format')
  expect(faultOf(Buffer.concat([Buffer.from('504b0304', 'hex'), deflateRawSync(Buffer.from('x'))]))).toBe(
    'unreadable',
  )
  expect(faultOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]))).toBe('unreadable')
  expect(faultOf(Buffer.alloc(0))).toBe('empty')
})

test('the thread refuses the same, and the next file is read as if nothing had been', async () => {
  await expect(readInThread(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).rejects.toMatchObject({
    code: 'old-format',
  })
  const [sheet] = await readInThread(Buffer.from('名称;电话\n甲;1\n'))
  expect(sheet?.rows.map(({ cells }) => cells)).toEqual([
    ['名称', '电话'],
    ['甲', '1'],
  ])
})

test('references below a repeated row move, ranges over it grow, words and quotes stay', () => {
  expect(stretchReferences('SUM(C5:C5)+$D$9+LOG10(A2)&"C9"', 5, 10)).toBe('SUM(C5:C14)+$D$18+LOG10(A2)&"C9"')
  expect(moveReferences('A5*$B$2+B$5', 3)).toBe('A8*$B$2+B$5')
})
