import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocatePoints, splitValue } from './allocate-points.ts'

const earned = [
  { points: 5, reserveId: 'a' },
  { points: 3, reserveId: 'b' },
  { points: 4, reserveId: 'a' },
]

test.each([
  [
    'the oldest first',
    0,
    6,
    [
      ['a', 5],
      ['b', 1],
    ],
  ],
  [
    'what an earlier run used is not paid again',
    5,
    5,
    [
      ['b', 3],
      ['a', 2],
    ],
  ],
  ['points that nobody’s reserve stands behind have none', 12, 2, [[null, 2]]],
] as const)('%s', (_, gone, take, parts) => {
  expect(allocatePoints(earned, gone, take).map(({ reserveId, points }) => [reserveId, points])).toEqual(
    parts,
  )
})

test('nothing is lost and nothing is made: parts sum to what was taken, vouchers to their value', () => {
  const some = fc.array(
    fc.record({ points: fc.integer({ min: 1, max: 50 }), reserveId: fc.constantFrom('a', 'b', null) }),
  )
  fc.assert(
    fc.property(some, fc.nat(100), fc.nat(200), fc.integer({ min: 1, max: 90 }), (list, gone, take, size) => {
      expect(allocatePoints(list, gone, take).reduce((sum, { points }) => sum + points, 0)).toBe(take)
      const values = splitValue(take, size)
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(take)
      expect(values.every((value) => value > 0 && value <= size)).toBe(true)
    }),
    { numRuns: 100 },
  )
})
