import { expect, test } from 'vitest'
import { cutoffOf, listText, quarterBefore, quarterOf } from './quarter.ts'

test.each([
  ['2026-09-30', '2026Q3', '2026Q2', '2026-09-30T16:00:00.000Z'],
  ['2026-10-01', '2026Q4', '2026Q3', '2026-12-31T16:00:00.000Z'],
  ['2027-01-01', '2027Q1', '2026Q4', '2027-03-31T16:00:00.000Z'],
])('%s lies in %s; it ends at midnight in the street', (day, quarter, before, cutoff) => {
  expect(quarterOf(day)).toBe(quarter)
  expect(quarterBefore(quarter)).toBe(before)
  expect(cutoffOf(quarter).toISOString()).toBe(cutoff)
})

test('the list is the same text whatever the order in which its lines came', () => {
  const head = { area: 's1.c1', quarter: '2026Q3', cutoff: cutoffOf('2026Q3'), rateFen: 100 }
  const one = {
    accountId: 'a',
    points: 5,
    parts: [
      { reserveId: 'y', points: 2, fen: 200 },
      { reserveId: 'x', points: 3, fen: 300 },
    ],
  }
  const two = { accountId: 'b', points: 1, parts: [{ reserveId: null, points: 1, fen: 100 }] }
  const text = listText(head, [two, one])
  expect(text).toBe(listText(head, [one, two]))
  expect(text).toBe(
    'linli-quarter-1\ts1.c1\t2026Q3\t2026-09-30T16:00:00.000Z\t100\na\t5\tx:3:300\ty:2:200\nb\t1\t-:1:100\n',
  )
})
