import { expect, test } from 'vitest'
import { parseCsv, parseCsvRows } from './csv.ts'

test('quoted cells keep commas, quotes and line breaks', () => {
  const rows = parseCsvRows('a,b\r\n"x, ""y""","two\nlines"\r\nlast,')
  expect(rows.map((row) => row.cells)).toEqual([
    ['a', 'b'],
    ['x, "y"', 'two\nlines'],
    ['last', ''],
  ])
  expect(rows.map((row) => row.line)).toEqual([1, 2, 4])
})

test('a byte order mark and empty lines leave no trace', () => {
  expect(parseCsv('\uFEFFcode,name\n\n01,甲\n')).toEqual([{ line: 3, values: { code: '01', name: '甲' } }])
})

test('short rows are filled, long rows and open quotes are refused with their line', () => {
  expect(parseCsv('a,b\n1')[0]?.values).toEqual({ a: '1', b: '' })
  expect(() => parseCsv('a\n1,2')).toThrow('line 2')
  expect(() => parseCsv('a\n"open')).toThrow('never closed')
})
