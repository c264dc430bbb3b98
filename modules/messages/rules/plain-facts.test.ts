import { expect, test } from 'vitest'
import { notPlain, plainFacts } from './plain-facts.ts'

test.each([
  ['20260914-00041', undefined],
  ['2026-09-14T01:00:00.000Z', undefined],
  ['0190b0c0-0000-7000-8000-000000000001', undefined],
  ['extend', undefined],
  [3, undefined],
  ['13900000001', 'looks-like-a-phone'],
  ['020-88880000', 'looks-like-a-phone'],
  [13_900_000_001, 'looks-like-a-phone'],
  ['王小明', 'not-a-code'],
  ['two words', 'not-a-code'],
  ['', 'not-a-code'],
  [Number.NaN, 'not-a-code'],
  [true, 'not-a-code'],
  ['a'.repeat(65), 'not-a-code'],
])('%s as a fact: %s', (value, why) => {
  expect(notPlain(value)).toBe(why)
})

test('a fact that could be personal stops the notice before it is written', () => {
  expect(() => plainFacts({ number: '20260914-00041', name: '王小明' })).toThrow('the fact name')
})
