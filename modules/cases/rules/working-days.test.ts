import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, weekdayOf } from '../../../lib/time.ts'
import {
  addWorkingDays,
  buildWorkingCalendar,
  countWorkingDays,
  missingYears,
  shippedCalendar,
  workingDayFrom,
} from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)

test('the shipped 2026 is the announced one: these weekdays are off, these weekend days are worked, no others', () => {
  // Rule: rules.md 5.
  const off =
    '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07'
  const worked = '01-04 02-14 02-28 05-09 09-20 10-10'
  const of2026 = (working: boolean) =>
    shippedCalendar.exceptions
      .filter((row) => row.day.startsWith('2026') && row.working === working)
      .map((row) => row.day.slice(5))
      .join(' ')
  expect(of2026(false)).toBe(off)
  expect(of2026(true)).toBe(worked)
})

test('shipped exceptions are of shipped years, once each, and differ from the week', () => {
  const days = shippedCalendar.exceptions.map((row) => row.day)
  expect([...new Set(days)].sort()).toEqual(days)
  for (const { day, working } of shippedCalendar.exceptions) {
    expect(shippedCalendar.years).toContain(Number(day.slice(0, 4)))
    expect([day, working]).toEqual([day, [0, 6].includes(weekdayOf(day))])
  }
})

// Counted apart from this code: the days of the year less weekends and days off, plus weekend days worked.
test.each([
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('%d has %d working days', (year, count) => {
  expect(countWorkingDays(calendar, `${year - 1}-12-31`, `${year}-12-31`)).toEqual({ ok: true, count })
})

test.each([
  ['2026-09-24', true],
  ['2026-09-25', false],
  ['2026-09-20', true],
  ['2026-09-19', false],
  ['2025-10-08', false],
  ['2025-10-09', true],
  ['2024-02-09', true],
  ['2024-02-18', true],
])('on %s working is %s', (day, working) => {
  expect(calendar.isWorking(day)).toEqual({ ok: true, working })
})

test('a day of an unknown year has no answer, even when a row names it', () => {
  const half = buildWorkingCalendar([2026], [{ day: '2027-01-01', working: false }])
  for (const day of ['2027-01-01', '2027-06-01'])
    expect(half.isWorking(day)).toEqual({ ok: false, missingYear: 2027 })
  expect(half.isWorking('2025-12-31')).toEqual({ ok: false, missingYear: 2025 })
})

test('counting that has to enter an unknown year says which', () => {
  expect(addWorkingDays(calendar, '2026-12-30', 1)).toEqual({ ok: true, day: '2026-12-31' })
  expect(addWorkingDays(calendar, '2026-12-30', 2)).toEqual({ ok: false, missingYear: 2027 })
  expect(workingDayFrom(calendar, '2027-01-01')).toEqual({ ok: false, missingYear: 2027 })
  expect(countWorkingDays(calendar, '2026-12-30', '2027-01-04')).toEqual({ ok: false, missingYear: 2027 })
  expect(missingYears(calendar, '2026-11-20', '2028-01-01')).toEqual([2027, 2028])
  expect(missingYears(calendar, '2026-01-01', '2026-12-31')).toEqual([])
})

test.each([
  ['2026-09-24', 1, '2026-09-28'],
  ['2026-09-24', 5, '2026-10-09'],
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-02-13', 2, '2026-02-24'],
  ['2026-09-18', 1, '2026-09-20'],
])('from %s the working day number %d is %s', (day, count, expected) => {
  expect(addWorkingDays(calendar, day, count)).toEqual({ ok: true, day: expected })
})

test('adding working days lands on a working day and counts back to the same number', () => {
  const day = fc.nat(900).map((n) => addDays('2024-01-01', n))
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
      const added = addWorkingDays(calendar, from, count)
      if (!added.ok) throw new Error('within known years')
      expect(calendar.isWorking(added.day)).toEqual({ ok: true, working: true })
      expect(countWorkingDays(calendar, from, added.day)).toEqual({ ok: true, count })
    }),
  )
})

test('rows that only repeat the week change nothing, and no day is refused', () => {
  const repeated = buildWorkingCalendar([2026], [{ day: '2026-09-26', working: false }])
  expect(repeated.isWorking('2026-09-26')).toEqual({ ok: true, working: false })
  expect(() => buildWorkingCalendar([2026], [{ day: '2026-02-30', working: false }])).toThrow(RangeError)
})
