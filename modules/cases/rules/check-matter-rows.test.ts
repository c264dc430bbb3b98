import { expect, test } from 'vitest'
import { matterColumnTitles } from '../matter-cells.ts'
import { checkMatterRows, type KnownMatter } from './check-matter-rows.ts'

const heading = Object.values(matterColumnTitles).map((title) => title.zh)
const columns = Object.keys(matterColumnTitles)
const told: Record<string, string> = {
  code: 'LX01001',
  standard: '本地扩展',
  classCode: 'LX01',
  className: '电梯',
  classNameEn: '',
  name: '电梯停运',
  nameEn: 'Lift out of order',
  residentWords: '电梯坏了',
  keywords: '电梯 停运',
  level: '社区',
  kind: '投诉',
  urgency: 'P1 生命线',
  isPublic: '是',
  sensitive: '否',
  onSiteCheck: '是',
  extraFields: '',
  clock: '任何字',
}
const known: KnownMatter = {
  id: 'one',
  code: 'LX01001',
  classCode: 'LX01',
  className: '电梯',
  classNameEn: null,
  name: '电梯停运',
  nameEn: 'Lift out of order',
  residentWords: '电梯坏了',
  keywords: ['电梯', '停运'],
  level: 'community',
  kind: 'complaint',
  urgency: 'P1',
  isPublic: true,
  sensitive: false,
  onSiteCheck: true,
  extraFields: null,
  localExtension: true,
}
const row = (changes: Record<string, string> = {}, at = 2) => ({
  row: at,
  cells: columns.map((column) => ({ ...told, ...changes })[column] ?? ''),
})
const check = (...rows: ReturnType<typeof row>[]) =>
  checkMatterRows(heading, rows, new Map([[known.code, known]]))

test('a row that says what is in force is no change', () => {
  expect(check(row())).toEqual({ changes: [], unchanged: 1, errors: [] })
})

test.each([
  ['kind', 'complaint'],
  ['kind', 'Complaint'],
  ['level', 'COMMUNITY'],
  ['urgency', 'P1'],
  ['urgency', '生命线'],
  ['isPublic', 'Yes'],
  ['sensitive', '0'],
  ['name', '  电梯停运\n'],
  ['clock', '被改过的说明'],
])('%s written as %j is the same', (column, text) => {
  expect(check(row({ [column]: text })).unchanged).toBe(1)
})

test.each([
  ['name', '', 'empty'],
  ['name', '长'.repeat(81), 'too-long'],
  ['level', '省', 'not-a-choice'],
  ['isPublic', '也许', 'not-a-choice'],
  ['code', 'lx01001', 'code-form'],
  ['code', 'GB00001', 'standard-not-known'],
])('%s %j is refused as %s', (column, text, reason) => {
  expect(check(row({ [column]: text })).errors).toContainEqual(
    expect.objectContaining({ row: 2, column, reason }),
  )
})

test('a row with a fault is never among the changes', () => {
  const checked = check(row({ name: '新名', level: '省' }))
  expect(checked.changes).toEqual([])
  expect(checked.unchanged).toBe(0)
})

test('an empty row is passed over', () => {
  expect(check({ row: 2, cells: [] })).toEqual({ changes: [], unchanged: 0, errors: [] })
})

test('headings stand in any order and language, among others', () => {
  const other = Object.values(matterColumnTitles).map((title) => title.en)
  const cells = [...row().cells].reverse()
  const checked = checkMatterRows(
    ['备注', ...other.reverse()],
    [{ row: 2, cells: ['x', ...cells] }],
    new Map([[known.code, known]]),
  )
  expect(checked.unchanged).toBe(1)
})

test('Extra fields are read from words, and a sheet from before they came to be leaves them as they are', () => {
  const fields = '梯号*:文字；方向:上行|下行'
  const read = checkMatterRows(heading, [row({ extraFields: fields })], new Map([[known.code, known]]))
  expect(read.changes[0]?.columns).toEqual(['extraFields'])
  expect(read.changes[0]?.facts.extraFields?.required).toEqual(['梯号'])
  const wrong = checkMatterRows(heading, [row({ extraFields: '梯号' })], new Map([[known.code, known]]))
  expect(wrong.errors.map((error) => error.reason)).toEqual(['no-field-list'])
  const without = columns.indexOf('extraFields')
  const short = (cells: readonly string[]) => cells.filter((_, index) => index !== without)
  const sheet = [{ row: 2, cells: short(row({ keywords: '电梯' }).cells) }]
  const held = { ...known, extraFields: read.changes[0]?.facts.extraFields ?? null }
  const kept = checkMatterRows(short(heading), sheet, new Map([[known.code, held]]))
  expect(kept.changes[0]?.facts.extraFields).toEqual(held.extraFields)
})
