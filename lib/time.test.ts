import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  dayOf,
  daysBetween,
  endOfDay,
  formatDay,
  formatDeadline,
  formatTime,
  isDay,
  lengthInWords,
  relativeTime,
  startOfDay,
  weekdayOf,
  yearOf,
} from './time.ts'

const anyInstant = fc.date({
  min: new Date('2000-01-01Z'),
  max: new Date('2099-12-31Z'),
  noInvalidDate: true,
})

test.each([
  ['2026-09-24T15:59:59.999Z', '2026-09-24'],
  ['2026-09-24T16:00:00.000Z', '2026-09-25'],
  ['2025-12-31T16:00:00.000Z', '2026-01-01'],
  ['2026-09-25T00:00:00+08:00', '2026-09-25'],
])('%s lies in %s', (at, day) => {
  expect(dayOf(new Date(at))).toBe(day)
})

test('every instant lies between the start and the end of its day', () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      const day = dayOf(at)
      expect(isDay(day)).toBe(true)
      expect(startOfDay(day).getTime()).toBeLessThanOrEqual(at.getTime())
      expect(endOfDay(day).getTime()).toBeGreaterThanOrEqual(at.getTime())
      expect(endOfDay(day).getTime() + 1).toBe(startOfDay(addDays(day, 1)).getTime())
    }),
  )
})

test('adding days and counting the days between agree', () => {
  fc.assert(
    fc.property(anyInstant, fc.integer({ min: -4000, max: 4000 }), (at, count) => {
      const day = dayOf(at)
      expect(daysBetween(day, addDays(day, count))).toBe(count)
    }),
  )
})

test.each([
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['2026-01-01T00:00', false],
  [20260101, false],
])('isDay(%j) is %s', (text, expected) => {
  expect(isDay(text)).toBe(expected)
})

test('a text that is no day has no start', () => {
  expect(() => startOfDay('2026-02-30')).toThrow(RangeError)
})

test('weekday and year of a day', () => {
  expect(weekdayOf('2026-09-20')).toBe(0)
  expect(weekdayOf('2026-09-25')).toBe(5)
  expect(yearOf('2026-09-25')).toBe(2026)
})

test('full times read at UTC+8 in both languages', () => {
  const at = new Date('2026-09-25T06:03:00Z')
  expect(formatTime(at, 'zh')).toBe('2026年9月25日 14:03')
  expect(formatTime(at, 'en')).toBe('25 Sep 2026, 14:03')
  expect(formatDay('2026-01-05', 'zh')).toBe('2026年1月5日')
  expect(formatDay('2026-01-05', 'en')).toBe('5 Jan 2026')
})

test('a deadline at the end of a day reads 24:00', () => {
  expect(formatDeadline(endOfDay('2026-09-25'), 'zh')).toBe('2026年9月25日 24:00')
  expect(formatDeadline(endOfDay('2026-09-25'), 'en')).toBe('25 Sep 2026, 24:00')
  expect(formatDeadline(new Date('2026-09-25T06:03:00Z'), 'zh')).toBe('2026年9月25日 14:03')
})

const now = new Date('2026-09-25T12:00:00+08:00')
test.each([
  [0, '刚刚', 'just now'],
  [-59, '刚刚', 'just now'],
  [-60, '1 分钟前', '1 minute ago'],
  [-59 * 60 - 59, '59 分钟前', '59 minutes ago'],
  [-3 * 3600 - 100, '3 小时前', '3 hours ago'],
  [-24 * 3600, '1 天前', '1 day ago'],
  [-30 * 86400, '30 天前', '30 days ago'],
  [-31 * 86400, '2026年8月25日', '25 Aug 2026'],
  [5 * 3600, '5 小时后', 'in 5 hours'],
])('%d seconds from now reads %s / %s', (seconds, zh, en) => {
  const at = new Date(now.getTime() + seconds * 1000)
  expect(relativeTime(at, now, 'zh')).toBe(zh)
  expect(relativeTime(at, now, 'en')).toBe(en)
})

test('a length is told in its largest whole unit', () => {
  expect(lengthInWords(-90, 'zh')).toBe('1 小时')
  expect(lengthInWords(2880, 'en')).toBe('2 days')
})
