import { expect, test } from 'vitest'
import { arrange, type Column } from './table-columns.ts'

const columns: readonly Column<unknown>[] = [
  { key: 'number', title: '编号' },
  { key: 'text', title: '诉求', fixed: true },
  { key: 'at', title: '时间', optional: true },
]
const seen = (choice: Parameters<typeof arrange>[1], list = columns) =>
  arrange(list, choice).map(({ column, shown }) => `${column.key}${shown ? '' : '-'}`)

test('without a choice the list’s own order stands and optional columns are hidden', () => {
  expect(seen(null)).toEqual(['number', 'text', 'at-'])
})

test('a choice decides order and what is hidden', () => {
  expect(seen({ order: ['at', 'text', 'number'], hidden: ['number'] })).toEqual(['at', 'text', 'number-'])
})

test('a fixed column cannot be hidden', () => {
  expect(seen({ order: ['number', 'text', 'at'], hidden: ['text'] })).toEqual(['number', 'text', 'at'])
})

test('a column that is new since the choice is shown, an optional one stays hidden', () => {
  const choice = { order: ['number', 'text'], hidden: [] }
  expect(seen(choice, [...columns, { key: 'holder', title: '承办' }])).toEqual([
    'number',
    'text',
    'at-',
    'holder',
  ])
})

test('a chosen column that no longer exists is forgotten', () => {
  expect(seen({ order: ['gone', 'text', 'number', 'at'], hidden: [] })).toEqual(['text', 'number', 'at'])
})
