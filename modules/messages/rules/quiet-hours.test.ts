import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endOfQuiet, heldUntil } from './quiet-hours.ts'

const night = { from: '22:00', until: '07:00' }
const at = (time: string) => new Date(`${time}+08:00`)

test.each([
  ['2026-09-14T21:59:59', night, undefined],
  ['2026-09-14T22:00:00', night, '2026-09-15T07:00:00'],
  ['2026-09-14T23:59:59', night, '2026-09-15T07:00:00'],
  ['2026-09-15T00:00:00', night, '2026-09-15T07:00:00'],
  ['2026-09-15T06:59:59', night, '2026-09-15T07:00:00'],
  ['2026-09-15T07:00:00', night, undefined],
  ['2026-12-31T23:00:00', night, '2027-01-01T07:00:00'],
  ['2026-09-14T13:00:00', { from: '12:00', until: '14:30' }, '2026-09-14T14:30:00'],
  ['2026-09-14T14:30:00', { from: '12:00', until: '14:30' }, undefined],
  ['2026-09-14T03:00:00', { from: '08:00', until: '08:00' }, undefined],
])('at %s, quiet %o: ends %s', (time, quiet, ends) => {
  expect(endOfQuiet(at(time), quiet)).toEqual(ends === undefined ? undefined : at(ends))
})

test('P0 never waits; all else leaves outside the quiet hours and never earlier than asked', () => {
  const minutes = fc.integer({ min: 0, max: 1439 })
  const time = (m: number) =>
    `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
  fc.assert(
    fc.property(
      minutes,
      minutes,
      fc.date({ min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00'), noInvalidDate: true }),
      (from, until, when) => {
        const quiet = { from: time(from), until: time(until) }
        expect(heldUntil(when, 'P0', quiet)).toEqual(when)
        const held = heldUntil(when, 'P2', quiet)
        expect(held >= when).toBe(true)
        expect(endOfQuiet(held, quiet)).toBeUndefined()
      },
    ),
  )
})
