import { expect, test } from 'vitest'
import { promiseOf, withPromise } from './route-promise.ts'
import { startClocks } from './start-clocks.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const start = new Date('2026-09-14T02:00:00Z')
const end = (day: string) => new Date(`${day}T23:59:59.999+08:00`)
const route = { zh: '马上办', en: 'Handle now' }
const clock = (kind: 'help' | 'suggestion') => {
  const { dueAt, rule } = startClocks(start, kind, 'P2', null, calendar)
  return { dueAt, rule }
}

test('a promise ends with a day that is worked', () => {
  expect(promiseOf(start, 7, calendar).at).toEqual(end('2026-09-21'))
  // Friday 25 September to Sunday 27 is the Mid-Autumn Festival.
  expect(promiseOf(start, 11, calendar).at).toEqual(end('2026-09-28'))
})

test('a nearer promise becomes the deadline and says so; a later one never puts the rule off', () => {
  const rule = clock('help')
  const nearer = withPromise(rule, promiseOf(start, 3, calendar), route)
  expect(nearer.dueAt).toEqual(end('2026-09-17'))
  expect(nearer.rule.finish).toEqual({ amount: 3, unit: 'natural-days' })
  expect(nearer.rule.words.zh).toContain('马上办承诺3天内办好')
  expect(withPromise(rule, promiseOf(start, 30, calendar), route)).toEqual(rule)
})
