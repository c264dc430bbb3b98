import { expect, test } from 'vitest'
import { insideDeadline, insideWords } from './inside-deadline.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const at = (text: string) => new Date(`${text}:00+08:00`)
const received = at('2026-09-01T09:00')

test.each([
  ['2026-09-10T18:00', 24, 'hours', '2026-09-09T18:00'],
  ['2026-09-10T18:00', 0, 'hours', '2026-09-10T18:00'],
  // Monday: one working day before is Friday.
  ['2026-09-14T18:00', 1, 'working-days', '2026-09-11T18:00'],
  // Over the National Day holiday.
  ['2026-10-09T12:00', 2, 'working-days', '2026-09-30T12:00'],
  // It would be over before the order came: theirs holds.
  ['2026-09-02T08:00', 3, 'working-days', '2026-09-02T08:00'],
  // A year that nobody has announced.
  ['2028-03-13T12:00', 1, 'working-days', '2028-03-10T12:00'],
] as const)('%s, %i %s before: %s', (outside, amount, unit, inside) => {
  expect(insideDeadline(at(outside), received, { amount, unit }, calendar)).toEqual(at(inside))
})

test('the rule is said in words, and an order without time of our own says so', () => {
  const source = { zh: '12345热线', en: 'Hotline 12345' }
  expect(insideWords(source, { amount: 24, unit: 'hours' }).zh).toBe('12345热线时限提前24小时（内部时限）')
  expect(insideWords(source, { amount: 0, unit: 'hours' }).en).toBe('The deadline of Hotline 12345')
})
