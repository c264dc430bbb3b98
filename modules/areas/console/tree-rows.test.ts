import { expect, test } from 'vitest'
import type { AreaView } from '../contract.ts'
import { treeRows } from './tree-rows.ts'

const area = (id: string, parentId: string | null, name: string): AreaView => ({
  id,
  code: id,
  level: 'x',
  levelName: 'x',
  name,
  parentId,
  path: id,
  boundsText: null,
  hasBoundary: false,
})
const areas = [
  area('s', null, '街道'),
  area('c1', 's', '天桥社区'),
  area('g1', 'c1', '天桥社区第1网格'),
  area('g2', 'c1', '天桥社区第2网格'),
  area('c2', 's', '南园社区'),
]
const seen = (open: string[], search = '') => treeRows(areas, new Set(open), search).map((row) => row.area.id)

test('what is folded is not shown, and opens with its parents only', () => {
  expect(seen([])).toEqual(['s'])
  expect(seen(['s'])).toEqual(['s', 'c1', 'c2'])
  expect(seen(['c1'])).toEqual(['s'])
  expect(seen(['s', 'c1'])).toEqual(['s', 'c1', 'g1', 'g2', 'c2'])
})

test('a search shows what it finds with its parents, whatever is folded', () => {
  expect(seen([], '第2')).toEqual(['s', 'c1', 'g2'])
  expect(seen([], 'G1')).toEqual(['s', 'c1', 'g1'])
  expect(seen([], '没有')).toEqual([])
})

test('a row tells its level and its place among its siblings, and a leaf cannot be opened', () => {
  const rows = treeRows(areas, new Set(['s', 'c1']), '')
  expect(rows.find((row) => row.area.id === 'g2')).toMatchObject({
    level: 3,
    position: 2,
    siblings: 2,
    open: undefined,
  })
})

test('an area whose parent has ended stands at the top and is not lost', () => {
  const rows = treeRows([...areas, area('x', 'gone', '旧网格')], new Set(), '')
  expect(rows.map((row) => row.area.id)).toEqual(['s', 'x'])
})
