import { expect, test } from 'vitest'
import { readOrderInstant } from './order-instant.ts'

test.each([
  ['2026-11-22 17:30', '2026-11-22T17:30:00+08:00'],
  ['2026/11/2 7:05:09', '2026-11-02T07:05:09+08:00'],
  ['2026年11月22日17时30分', '2026-11-22T17:30:00+08:00'],
  ['2026-11-22T17:30:00', '2026-11-22T17:30:00+08:00'],
  ['2026.11.22', '2026-11-22T00:00:00+08:00'],
])('%s is an instant of the street', (text, at) => {
  expect(readOrderInstant(text, false)).toEqual(new Date(at))
})

test('a deadline that is a day alone ends with that day', () => {
  expect(readOrderInstant('2026-11-22', true)).toEqual(new Date('2026-11-22T23:59:59.999+08:00'))
})

test.each(['', '明天', '2026-02-30', '2026-11-22 25:00', '22/11/2026'])('“%s” is none', (text) => {
  expect(readOrderInstant(text, false)).toBeUndefined()
})
