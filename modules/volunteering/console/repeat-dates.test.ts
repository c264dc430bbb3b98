import { expect, test } from 'vitest'
import { repeated } from './repeat-dates.ts'

const starts = (every: 'week' | 'two-weeks' | 'month', times: number, first = '2026-01-31T09:00') =>
  repeated(first, first.replace('09:00', '11:30'), every, times).map((one) => one.starts)

test('what comes again keeps its hour and its length, weekly, every other week and monthly', () => {
  expect(starts('week', 3)).toEqual(['2026-01-31T09:00', '2026-02-07T09:00', '2026-02-14T09:00'])
  expect(starts('two-weeks', 2)).toEqual(['2026-01-31T09:00', '2026-02-14T09:00'])
  expect(repeated('2026-12-05T22:00', '2026-12-06T01:00', 'month', 2)[1]).toEqual({
    starts: '2027-01-05T22:00',
    ends: '2027-01-06T01:00',
  })
})

test('a month without a thirty-first is left out, and as many as asked come all the same', () => {
  expect(starts('month', 3)).toEqual(['2026-01-31T09:00', '2026-03-31T09:00', '2026-05-31T09:00'])
})

test('once is once, and never more than twelve', () => {
  expect(starts('week', 1)).toHaveLength(1)
  expect(starts('week', 0)).toHaveLength(1)
  expect(starts('month', 99)).toHaveLength(12)
})
