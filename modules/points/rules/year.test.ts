import { expect, test } from 'vitest'
import { decideExpiry, isYear, yearEnd, yearRunOn, yearText } from './year.ts'

test.each([
  ['nothing was spent and nothing is kept', 30, 0, 0, 30],
  ['each account keeps what the rule carries over', 30, 0, 20, 10],
  ['what was spent since then is the oldest first and does not expire', 30, 25, 0, 5],
  ['more was spent since then than was left', 30, 45, 0, 0],
  ['less is left than is kept', 30, 15, 20, 0],
])('%s', (_, standing, gone, keeps, expires) => {
  expect(decideExpiry({ standing, gone }, keeps)).toBe(expires)
})

test('a year ends at midnight in the street, and its points may be used for the days after it', () => {
  expect(yearEnd('2026').toISOString()).toBe('2026-12-31T16:00:00.000Z')
  expect(yearRunOn('2026', 0)).toBe('2027-01-01')
  expect(yearRunOn(2026, 31)).toBe('2027-02-01')
  expect([isYear('2026'), isYear('2026Q4')]).toEqual([true, false])
})

test('the list is the same text whatever the order in which its lines came', () => {
  const head = { area: 's1.c1', year: '2026', counted: yearEnd(2026), keeps: 5 }
  const [one, two] = [
    { accountId: 'a', standing: 9, gone: 1 },
    { accountId: 'b', standing: 20, gone: 0 },
  ]
  expect(yearText(head, [two, one])).toBe(yearText(head, [one, two]))
  expect(yearText(head, [one, two])).toBe(
    'linli-year-1\ts1.c1\t2026\t2026-12-31T16:00:00.000Z\t5\na\t9\t1\t3\nb\t20\t0\t15\n',
  )
})
