import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastHolders, tellGroups } from './benefit-groups.ts'

const group = (key: string, holders: number, spentFen = holders * 100) => ({ key, holders, spentFen })
const told = (...rows: ReturnType<typeof group>[]) =>
  tellGroups(rows)?.map(({ key, holders }) => [key, holders])

test.each([
  ['nobody', [], undefined],
  ['four people in all', [group('old', 4)], undefined],
  ['two and two', [group('old', 2), group('adult', 2)], undefined],
  ['five of one kind', [group('old', 5)], [['old', 5]]],
  ['two and three stand together', [group('old', 2), group('adult', 3)], [[null, 5]]],
  [
    'one beside many hides in the smallest of them',
    [group('old', 9), group('adult', 6), group('minor', 1)],
    [
      ['old', 9],
      [null, 7],
    ],
  ],
  ['one beside five hides with all of them', [group('old', 5), group('minor', 1)], [[null, 6]]],
  ['a group with nobody is not told', [group('old', 5), group('minor', 0)], [['old', 5]]],
] as const)('%s', (_, rows, groups) => {
  expect(told(...rows)).toEqual(groups)
})

test('whatever the groups are, none that is told has fewer than five, and nothing is lost', () => {
  const some = fc.array(fc.nat(12), { maxLength: 8 })
  fc.assert(
    fc.property(some, (sizes) => {
      const rows = sizes.map((holders, index) => group(String(index), holders))
      const groups = tellGroups(rows)
      const whole = sizes.reduce((sum, holders) => sum + holders, 0)
      if (groups === null) return whole < leastHolders
      const sum = groups.reduce((all, { holders }) => all + holders, 0)
      return sum === whole && groups.every(({ holders }) => holders >= leastHolders)
    }),
  )
})
