import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, endOfDay } from '../../../lib/time.ts'
import {
  type ClockSpan,
  type ClockUnit,
  clockState,
  clockUnits,
  dueAt,
  dueSoonAt,
  remaining,
} from './clock.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const at = (text: string) => new Date(`${text}+08:00`)
const dueText = (start: string, amount: number, unit: ClockUnit) => {
  const due = dueAt(at(start), { amount, unit }, calendar)
  return due.ok ? due.dueAt.toISOString() : due
}

test.each<[string, number, ClockUnit, string, string]>([
  ['minutes run from the instant', 15, 'clock-minutes', '2026-09-24T23:50:00', '2026-09-25T00:05:00'],
  ['hours never pause for a holiday', 24, 'clock-hours', '2026-09-30T18:00:00', '2026-10-01T18:00:00'],
  ['hours never pause for a weekend', 2, 'clock-hours', '2026-09-26T23:00:00', '2026-09-27T01:00:00'],
  ['the starting day is not counted', 1, 'natural-days', '2026-09-21T00:00:00', '2026-09-22T23:59:59.999'],
  [
    'late on the starting day is the same',
    1,
    'natural-days',
    '2026-09-21T23:59:59',
    '2026-09-22T23:59:59.999',
  ],
  [
    'a last day on a holiday moves behind it',
    7,
    'natural-days',
    '2026-09-24T10:00:00',
    '2026-10-08T23:59:59.999',
  ],
  [
    'a last day on a weekend moves to Monday',
    5,
    'natural-days',
    '2026-08-31T10:00:00',
    '2026-09-07T23:59:59.999',
  ],
  [
    'a last day on a worked Sunday stays',
    5,
    'natural-days',
    '2026-09-15T10:00:00',
    '2026-09-20T23:59:59.999',
  ],
  ['working days skip the holiday', 5, 'working-days', '2026-09-24T10:00:00', '2026-10-09T23:59:59.999'],
  [
    'working days count a worked weekend day',
    1,
    'working-days',
    '2026-02-13T10:00:00',
    '2026-02-14T23:59:59.999',
  ],
  [
    'a start on a day off counts from the next day',
    1,
    'working-days',
    '2026-09-26T10:00:00',
    '2026-09-28T23:59:59.999',
  ],
])('%s', (_rule, amount, unit, start, due) => {
  expect(dueText(start, amount, unit)).toBe(at(due).toISOString())
})

test('the starting day is the day at UTC+8, not at UTC', () => {
  expect(dueText('2026-09-22T00:30:00', 1, 'natural-days')).toBe(at('2026-09-23T23:59:59.999').toISOString())
})

test('a deadline that moved says from which day', () => {
  const moved = dueAt(at('2026-09-24T10:00:00'), { amount: 7, unit: 'natural-days' }, calendar)
  expect(moved).toMatchObject({ ok: true, lastDay: '2026-10-08', rolledFrom: '2026-10-01' })
  const plain = dueAt(at('2026-09-21T10:00:00'), { amount: 1, unit: 'natural-days' }, calendar)
  expect(plain).toMatchObject({ ok: true, lastDay: '2026-09-22', rolledFrom: null })
})

test('a missing calendar year is said, never guessed, and clock units do not need it', () => {
  expect(dueText('2026-12-30T10:00:00', 5, 'working-days')).toEqual({ ok: false, missingYear: 2027 })
  expect(dueText('2026-12-30T10:00:00', 5, 'natural-days')).toEqual({ ok: false, missingYear: 2027 })
  expect(dueText('2026-12-31T23:00:00', 2, 'clock-hours')).toBe(at('2027-01-01T01:00:00').toISOString())
})

test('a pause moves clock units by its minutes and day units to the end of a working day', () => {
  const start = at('2026-09-21T10:00:00')
  expect(dueAt(start, { amount: 2, unit: 'clock-hours' }, calendar, 30)).toMatchObject({
    dueAt: at('2026-09-21T12:30:00'),
  })
  const days: ClockSpan = { amount: 2, unit: 'working-days' }
  expect(dueAt(start, days, calendar, 60)).toMatchObject({ lastDay: '2026-09-24', rolledFrom: null })
  // Two days later is the Mid-Autumn Festival, a Friday.
  expect(dueAt(start, days, calendar, 2 * 1440)).toMatchObject({
    lastDay: '2026-09-28',
    rolledFrom: '2026-09-25',
  })
})

test.each([0, -1, 1.5, Number.NaN, 4000])('a span of %d is refused', (amount) => {
  expect(() => dueAt(at('2026-09-21T10:00:00'), { amount, unit: 'clock-hours' }, calendar)).toThrow(
    RangeError,
  )
})

test('a negative pause is refused', () => {
  expect(() => dueAt(at('2026-09-21T10:00:00'), { amount: 1, unit: 'clock-hours' }, calendar, -1)).toThrow(
    RangeError,
  )
})

const start = fc.date({ min: at('2024-01-01T00:00:00'), max: at('2026-08-31T00:00:00'), noInvalidDate: true })
const span = fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constantFrom(...clockUnits) })
const known = (from: Date, length: ClockSpan, pausedMinutes = 0) => {
  const due = dueAt(from, length, calendar, pausedMinutes)
  if (!due.ok) throw new Error('within known years')
  return due
}

test('a deadline lies after its start; day deadlines end a working day', () => {
  fc.assert(
    fc.property(start, span, fc.nat(10_000), (from, length, paused) => {
      const due = known(from, length, paused)
      expect(due.dueAt.getTime()).toBeGreaterThan(from.getTime())
      if (due.lastDay === null) return
      expect(due.dueAt).toEqual(endOfDay(due.lastDay))
      expect(calendar.isWorking(due.lastDay)).toEqual({ ok: true, working: true })
    }),
  )
})

test('starting later, taking longer or pausing never makes a deadline earlier', () => {
  fc.assert(
    fc.property(start, start, span, fc.nat(20), fc.nat(5000), (a, b, length, more, paused) => {
      const [early, late] = a <= b ? [a, b] : [b, a]
      const first = known(early, length).dueAt.getTime()
      expect(known(late, length).dueAt.getTime()).toBeGreaterThanOrEqual(first)
      const longer = { ...length, amount: length.amount + more }
      expect(known(early, longer, paused).dueAt.getTime()).toBeGreaterThanOrEqual(first)
    }),
  )
})

test('what is left falls from one to nothing and never rises', () => {
  fc.assert(
    fc.property(
      start,
      span,
      fc.double({ min: 0, max: 1.5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (from, length, far, part) => {
        const due = known(from, length).dueAt
        const whole = due.getTime() - from.getTime()
        const left = (share: number) => {
          const answer = remaining(new Date(from.getTime() + whole * share), due, length, from, calendar)
          if (!answer.ok) throw new Error('within known years')
          return answer
        }
        expect(left(0).fractionLeft).toBe(1)
        expect(left(1)).toMatchObject({ fractionLeft: 0, minutesLeft: 0 })
        expect(left(far).fractionLeft).toBeLessThanOrEqual(left(far * part).fractionLeft)
        expect(left(far).minutesLeft).toBeLessThanOrEqual(left(far * part).minutesLeft)
        expect(Number.isInteger(left(far).minutesLeft)).toBe(true)
      },
    ),
  )
})

test('a working-day bar stands still over the holiday, and its days left are working days', () => {
  const from = at('2026-09-30T10:00:00')
  const length: ClockSpan = { amount: 2, unit: 'working-days' }
  const due = known(from, length).dueAt
  expect(dayOf(due)).toBe('2026-10-09')
  const left = (now: string) => remaining(at(now), due, length, from, calendar)
  const before = left('2026-10-01T00:00:00')
  const after = left('2026-10-08T00:00:00')
  expect(before.ok && after.ok && before.fractionLeft === after.fractionLeft).toBe(true)
  expect(before).toMatchObject({ daysLeft: 2 })
  expect(left('2026-10-08T09:00:00')).toMatchObject({ daysLeft: 1 })
  expect(left('2026-10-09T09:00:00')).toMatchObject({ daysLeft: 0, minutesLeft: 15 * 60 })
  expect(left('2026-10-10T00:00:30')).toMatchObject({ daysLeft: 0, fractionLeft: 0, minutesLeft: 0 })
})

test('clock units have no days left, natural days count to the last day', () => {
  const from = at('2026-09-07T10:00:00')
  const due = known(from, { amount: 3, unit: 'natural-days' }).dueAt
  expect(remaining(from, due, { amount: 3, unit: 'natural-days' }, from, calendar)).toMatchObject({
    daysLeft: 3,
  })
  expect(remaining(from, due, { amount: 3, unit: 'clock-hours' }, from, calendar)).toMatchObject({
    daysLeft: null,
  })
})

test('what is left of a span into a missing year is said to be unknown', () => {
  const length: ClockSpan = { amount: 5, unit: 'working-days' }
  const answer = remaining(
    at('2026-12-30T10:00:00'),
    at('2027-01-06T23:59:59.999'),
    length,
    at('2026-12-29T10:00:00'),
    calendar,
  )
  expect(answer).toEqual({ ok: false, missingYear: 2027 })
})

test.each([
  ['before the last quarter', '2026-09-21T11:29:59.999', 'running'],
  ['from the last quarter on', '2026-09-21T11:30:00', 'due-soon'],
  ['at the deadline itself', '2026-09-21T12:00:00', 'due-soon'],
  ['a millisecond later', '2026-09-21T12:00:00.001', 'overdue'],
])('a two-hour clock %s is %s', (_when, now, state) => {
  expect(clockState(at(now), at('2026-09-21T12:00:00'), at('2026-09-21T10:00:00'))).toBe(state)
})

test('a long clock is due soon for a day at most, unless told otherwise', () => {
  const [from, due] = [at('2026-09-01T10:00:00'), at('2026-09-30T23:59:59.999')]
  expect(dueSoonAt(due, from)).toEqual(at('2026-09-29T23:59:59.999'))
  expect(dueSoonAt(due, from, { share: 0.25, atMostMinutes: 60 })).toEqual(at('2026-09-30T22:59:59.999'))
  expect(clockState(at('2026-09-30T00:00:00'), due, from)).toBe('due-soon')
  expect(clockState(at('2026-09-30T00:00:00'), due, from, { share: 0.25, atMostMinutes: 60 })).toBe('running')
})

test('states follow one another: running, due soon, overdue', () => {
  fc.assert(
    fc.property(start, span, fc.nat(100), fc.nat(100), (from, length, a, b) => {
      const due = known(from, length).dueAt
      const order = ['running', 'due-soon', 'overdue']
      const stateAt = (percent: number) => {
        const now = new Date(from.getTime() + ((due.getTime() - from.getTime()) * percent) / 80)
        return order.indexOf(clockState(now, due, from))
      }
      expect(stateAt(Math.min(a, b))).toBeLessThanOrEqual(stateAt(Math.max(a, b)))
    }),
  )
})
