import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moved, resumed } from './resume-clock.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const hours = { response: 'clock-hours', finish: 'clock-hours' }

const at = (time: string) => new Date(`2026-09-14T${time}Z`)

test('both deadlines move by the whole minutes for which the clock stood still', () => {
  const clock = { suspendedAt: at('01:00:30'), responseDueAt: at('02:00:00'), dueAt: at('08:00:00') }
  expect(resumed(clock, at('01:45:00'), hours, calendar)).toEqual({
    responseDueAt: at('02:44:00'),
    dueAt: at('08:44:00'),
    pausedMinutes: 44,
  })
})

test('a clock that never stood still, or has no deadline, stays as it is', () => {
  const running = { suspendedAt: null, responseDueAt: at('02:00:00'), dueAt: null }
  expect(resumed(running, at('09:00:00'), hours, calendar)).toEqual({
    ...running,
    suspendedAt: undefined,
    pausedMinutes: 0,
  })
})

test('no deadline ever comes nearer, and none moves by more than the time that passed', () => {
  const instant = fc.date({ min: at('00:00:00'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, instant, instant, (suspendedAt, dueAt, now) => {
      const moved =
        (resumed({ suspendedAt, responseDueAt: null, dueAt }, now, hours, calendar).dueAt?.getTime() ?? 0) -
        dueAt.getTime()
      return moved >= 0 && moved <= Math.max(0, now.getTime() - suspendedAt.getTime())
    }),
  )
})

test('a deadline in days still ends with a working day after a pause, also over a holiday and into an unknown year', () => {
  const end = (day: string) => new Date(`${day}T23:59:59.999+08:00`)
  const hour = 60
  // Thursday 24 September plus a pause of an hour is Friday, the Mid-Autumn Festival: Monday.
  expect(moved(end('2026-09-24'), hour, 'working-days', calendar)).toEqual(end('2026-09-28'))
  expect(moved(end('2026-09-24'), 0, 'working-days', calendar)).toEqual(end('2026-09-24'))
  // A Saturday that is worked stays.
  expect(moved(end('2026-10-09'), hour, 'natural-days', calendar)).toEqual(end('2026-10-10'))
  expect(moved(end('2027-01-01'), hour, 'working-days', calendar)).toEqual(end('2027-01-04'))
  expect(moved(end('2026-09-24'), hour, 'clock-hours', calendar)).toEqual(
    new Date('2026-09-25T00:59:59.999+08:00'),
  )
})
