import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resumed } from './resume-clock.ts'

const at = (time: string) => new Date(`2026-09-14T${time}Z`)

test('both deadlines move by the whole minutes for which the clock stood still', () => {
  const clock = { suspendedAt: at('01:00:30'), responseDueAt: at('02:00:00'), dueAt: at('08:00:00') }
  expect(resumed(clock, at('01:45:00'))).toEqual({
    responseDueAt: at('02:44:00'),
    dueAt: at('08:44:00'),
    pausedMinutes: 44,
  })
})

test('a clock that never stood still, or has no deadline, stays as it is', () => {
  const running = { suspendedAt: null, responseDueAt: at('02:00:00'), dueAt: null }
  expect(resumed(running, at('09:00:00'))).toEqual({ ...running, suspendedAt: undefined, pausedMinutes: 0 })
})

test('no deadline ever comes nearer, and none moves by more than the time that passed', () => {
  const instant = fc.date({ min: at('00:00:00'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, instant, instant, (suspendedAt, dueAt, now) => {
      const moved =
        (resumed({ suspendedAt, responseDueAt: null, dueAt }, now).dueAt?.getTime() ?? 0) - dueAt.getTime()
      return moved >= 0 && moved <= Math.max(0, now.getTime() - suspendedAt.getTime())
    }),
  )
})
