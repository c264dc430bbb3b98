import { expect, test } from 'vitest'
import { dayOf } from '../../../lib/time.ts'
import { latestExtension } from './longest-extension.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const at = (text: string) => new Date(`${text}:00+08:00`)

test.each([
  // Friday, then a plain week.
  ['2026-11-20T17:00', 5, '2026-11-27'],
  ['2026-11-22T09:00', 1, '2026-11-23'],
  // Over the National Day holiday, with its make-up days.
  ['2026-09-29T12:00', 3, '2026-10-09'],
  // Into a year that nobody has announced: weekdays are counted.
  ['2027-06-25T12:00', 2, '2027-06-29'],
])('a deadline of %s may be put off by %i working days, until the end of %s', (due, days, last) => {
  const latest = latestExtension(at(due), days, calendar)
  expect(dayOf(latest)).toBe(last)
  expect(dayOf(new Date(latest.getTime() + 1))).not.toBe(last)
})
