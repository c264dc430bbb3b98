import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewestToCompare, inOrder, proportion } from './proportion.ts'

test.each([
  // From tables of the score interval.
  [0, 10, 0, 0.2775],
  [1, 10, 0.0179, 0.4042],
  [5, 10, 0.2366, 0.7634],
  [10, 10, 0.7225, 1],
  [15, 148, 0.0624, 0.1605],
])('%i of %i lies between %f and %f', (count, of, low, high) => {
  const found = proportion(count, of)
  expect(found?.low).toBeCloseTo(low, 3)
  expect(found?.high).toBeCloseTo(high, 3)
})

test('nothing has no share, and no share is made of what can not be', () => {
  expect(proportion(0, 0)).toBeNull()
  for (const [count, of] of [
    [2, 1],
    [-1, 3],
    [0.5, 2],
  ] as const)
    expect(() => proportion(count, of)).toThrow(RangeError)
})

test('the share lies inside its bounds, which narrow with more of the same and stay within 0 and 1', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (of, some) => {
      const count = Math.min(some, of)
      const one = proportion(count, of)
      const more = proportion(count * 4, of * 4)
      if (!one || !more) throw new Error('there is something')
      expect(one.low).toBeGreaterThanOrEqual(0)
      expect(one.high).toBeLessThanOrEqual(1)
      expect(one.low).toBeLessThanOrEqual(one.share)
      expect(one.high).toBeGreaterThanOrEqual(one.share)
      expect(more.high - more.low).toBeLessThan(one.high - one.low)
    }),
    { numRuns: 200 },
  )
})

test('one bad case of one is no worse than anybody: few are never ranked, whatever they counted', () => {
  const rows = [
    { name: '丙', count: 1, of: 1 },
    { name: '乙', count: 3, of: 60 },
    { name: '甲', count: 0, of: fewestToCompare - 1 },
    { name: '丁', count: 30, of: 60 },
  ]
  expect(inOrder(rows).map(({ name }) => name)).toEqual(['丁', '乙', '丙', '甲'])
})
