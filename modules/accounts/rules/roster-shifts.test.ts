import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayOf, weekdayOf } from '../../../lib/time.ts'
import {
  daysFrom,
  gapsOf,
  inOfficeHours,
  shippedShiftKinds as kinds,
  kindsOf,
  onDutyAt,
  overlappingKinds,
  type Shift,
  type ShiftKind,
  shiftAfter,
  shiftAt,
  shiftTimes,
} from './roster-shifts.ts'

const offDays = new Set(['2026-10-01', '2026-10-02', '2026-10-03'])
const isOff = (day: string) => offDays.has(day) || [0, 6].includes(weekdayOf(day))
const kindOf = (code: string): ShiftKind => {
  const found = kinds.find((kind) => kind.code === code)
  if (!found) throw new Error(code)
  return found
}
const shift = (day: string, kind: string, headId: string, memberIds: string[] = []): Shift => ({
  id: `${day} ${kind}`,
  day,
  kind,
  ...shiftTimes(kindOf(kind), day),
  headId,
  memberIds,
})
const at = (text: string) => new Date(`${text}+08:00`)

test.each([
  ['the first minute belongs to the shift', '2026-09-14T08:30:00', 'day head'],
  ['its end belongs to the next', '2026-09-14T17:30:00', 'night head'],
  ['a night shift covers the morning after', '2026-09-15T03:00:00', 'night head'],
  ['and ends there', '2026-09-15T08:30:00', undefined],
  ['before the first nobody stands', '2026-09-14T08:29:59', undefined],
])('%s', (_, instant, head) => {
  const shifts = [shift('2026-09-14', 'day', 'day head'), shift('2026-09-14', 'night', 'night head')]
  expect(shiftAt(shifts, at(instant), kinds, isOff)?.headId).toBe(head)
})

test('on a day off its own shift goes before a working day’s that was filled by pattern', () => {
  const both = [shift('2026-10-01', 'day', 'by pattern'), shift('2026-10-01', 'holiday', 'holiday head')]
  expect(onDutyAt(both, at('2026-10-01T10:00:00'), kinds, isOff)).toEqual(['holiday head'])
  // Better somebody who is on the sheet than nobody at all.
  expect(onDutyAt(both.slice(0, 1), at('2026-10-01T10:00:00'), kinds, isOff)).toEqual(['by pattern'])
})

test('a holiday shift of the whole day takes the place of the night shift that it overlaps', () => {
  const whole = kinds.map((kind) => (kind.code === 'holiday' ? { ...kind, lengthMinutes: 1440 } : kind))
  expect(kindsOf('2026-10-02', whole, isOff).map(({ code }) => code)).toEqual(['holiday'])
  expect(kindsOf('2026-09-14', whole, isOff).map(({ code }) => code)).toEqual(['day', 'night'])
  expect(overlappingKinds(whole)).toBeUndefined()
})

test('kinds that would stand side by side on any days are told', () => {
  expect(overlappingKinds(kinds)).toBeUndefined()
  const early = kinds.map((kind) => (kind.code === 'night' ? { ...kind, startMinute: 1049 } : kind))
  expect(overlappingKinds(early)).toEqual({ first: 'day', second: 'night' })
  const late = kinds.map((kind) => (kind.code === 'night' ? { ...kind, lengthMinutes: 901 } : kind))
  expect(overlappingKinds(late)).toEqual({ first: 'night', second: 'day' })
})

test('gaps are the shifts still to come that nobody stands; what the calendar does not ask for is none', () => {
  const days = daysFrom('2026-09-30', '2026-10-01')
  const shifts = [shift('2026-09-30', 'day', 'a'), shift('2026-10-01', 'day', 'by pattern')]
  const gaps = gapsOf(shifts, days, kinds, isOff, at('2026-09-30T09:00:00'))
  expect(gaps.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
    '2026-09-30 night',
    '2026-10-01 holiday',
    '2026-10-01 night',
  ])
  expect(gapsOf([], days, kinds, isOff, at('2026-10-01T17:30:00')).map(({ kind }) => kind)).toEqual(['night'])
})

test('office hours are those of a working day’s shift and never a day off', () => {
  const open = (text: string) => inOfficeHours(at(text), text.slice(0, 10), kinds, isOff)
  expect(open('2026-09-14T08:30:00')).toBe(true)
  expect(open('2026-09-14T17:30:00')).toBe(false)
  expect(open('2026-10-01T10:00:00')).toBe(false)
})

test('the shift after a note’s is the first that ends later, also when the one between is missing', () => {
  const shifts = [shift('2026-09-14', 'day', 'a'), shift('2026-09-15', 'day', 'c')]
  const [first] = shifts
  expect(first && shiftAfter(shifts, first.endsAt)?.headId).toBe('c')
  expect(shiftAfter(shifts, at('2026-09-16T00:00:00'))).toBeUndefined()
})

const anyInstant = fc
  .integer({ min: 0, max: 29 * 24 * 60 })
  .map((minutes) => new Date(at('2026-09-16T00:00:00').getTime() + minutes * 60_000))

test('at any instant at most one shift is in charge, and it covers the instant', () => {
  const some = fc.subarray(
    daysFrom('2026-09-15', '2026-10-16').flatMap((day) =>
      kinds.map(({ code }) => shift(day, code, `${day} ${code}`)),
    ),
  )
  fc.assert(
    fc.property(some, anyInstant, (shifts, instant) => {
      const one = shiftAt(shifts, instant, kinds, isOff)
      const covering = shifts.filter((each) => each.startsAt <= instant && instant < each.endsAt)
      if (one === undefined) return covering.length === 0
      const reversed = shiftAt([...shifts].reverse(), instant, kinds, isOff)
      return covering.includes(one) && reversed === one
    }),
  )
})

test('a roster without gaps leaves no instant without somebody', () => {
  const days = daysFrom('2026-09-15', '2026-10-16')
  const full = days.flatMap((day) => kindsOf(day, kinds, isOff).map(({ code }) => shift(day, code, day)))
  expect(gapsOf(full, days, kinds, isOff, at('2026-09-15T00:00:00'))).toEqual([])
  fc.assert(fc.property(anyInstant, (instant) => onDutyAt(full, instant, kinds, isOff).length === 1))
})

test('each missing shift is one gap, whichever are missing', () => {
  const days = daysFrom('2026-09-16', addDays('2026-09-16', 6))
  const wanted = days.flatMap((day) => kindsOf(day, kinds, isOff).map(({ code }) => shift(day, code, 'x')))
  fc.assert(
    fc.property(fc.subarray(wanted), (put) => {
      const gaps = gapsOf(put, days, kinds, isOff, at('2026-09-16T00:00:00'))
      return (
        gaps.length === wanted.length - put.length &&
        gaps.every(({ day, startsAt }) => dayOf(startsAt) === day)
      )
    }),
  )
})
