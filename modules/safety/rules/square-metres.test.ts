import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cm2Of, squareMetresOf } from './square-metres.ts'

test.each([
  ['12.35', 123_500],
  ['1', 10_000],
  ['0.0001', 1],
  [' 98.7 ', 987_000],
  ['100000', 1_000_000_000],
  ['0', undefined],
  ['0.00001', undefined],
  ['100000.0001', undefined],
  ['-3', undefined],
  ['三十', undefined],
  ['', undefined],
])('%j square metres are %j square centimetres', (text, cm2) => {
  expect(cm2Of(text)).toBe(cm2)
})

test('what is kept is written exactly, and read again as the same', () => {
  expect([123_500, 10_000, 1, 1_000_000_000].map(squareMetresOf)).toEqual(['12.35', '1', '0.0001', '100000'])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (cm2) => cm2Of(squareMetresOf(cm2)) === cm2),
    { numRuns: 200 },
  )
})
