import { expect, test } from 'vitest'
import { type ClockSpan, dueAt } from './clock.ts'
import { type LadderClock, type LadderRules, lastStep, reachedSteps, shippedLadders } from './ladder.ts'
import { resumed } from './resume-clock.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const rules: LadderRules = {
  dueSoon: { share: 0.25, atMostMinutes: 24 * 60 },
  ladders: shippedLadders,
  calendar,
}
const at = (text: string) => new Date(`${text}+08:00`)
const clock: LadderClock = {
  state: 'in-progress',
  urgency: 'P2',
  startAt: at('2026-09-21T10:00:00'),
  responseDueAt: at('2026-09-22T10:00:00'),
  respondedAt: at('2026-09-21T11:00:00'),
  // Tuesday 29 September, before the long holiday.
  dueAt: at('2026-09-29T23:59:59.999'),
  suspended: false,
}
const steps = (now: string, more: Partial<LadderClock> = {}, other: Partial<LadderRules> = {}) =>
  reachedSteps({ ...clock, ...more }, at(now), { ...rules, ...other }).map(({ step }) => step)

test.each([
  ['before the last day nothing is told', '2026-09-28T23:00:00', []],
  ['on the last day the holder is warned', '2026-09-29T10:00:00', ['due-soon']],
  ['the deadline itself is in time', '2026-09-29T23:59:59.999', ['due-soon']],
  ['after it the case is overdue', '2026-09-30T00:00:00', ['overdue']],
  ['a working day later, at its end, not yet', '2026-09-30T23:59:59.999', ['overdue']],
  ['then the supervisor', '2026-10-01T00:00:00', ['overdue', 'supervisor']],
  ['the holiday counts for nothing', '2026-10-08T12:00:00', ['overdue', 'supervisor']],
  ['after three working days the head', '2026-10-10T00:00:00', ['overdue', 'supervisor', 'street-head']],
])('a general case: %s', (_what, now, expected) => {
  expect(steps(now)).toEqual(expected)
})

test('a danger climbs by the clock, at night and on a holiday', () => {
  const danger = {
    urgency: 'P0' as const,
    startAt: at('2026-10-01T22:00:00'),
    dueAt: at('2026-10-02T00:00:00'),
  }
  expect(steps('2026-10-01T23:30:00', danger)).toEqual(['due-soon'])
  expect(steps('2026-10-02T00:15:00.001', danger)).toEqual(['overdue', 'supervisor'])
  expect(steps('2026-10-02T01:00:00.001', danger)).toEqual(['overdue', 'supervisor', 'street-head'])
})

test('the ladder climbs into a year that nobody announced', () => {
  const late = { startAt: at('2026-12-24T10:00:00'), dueAt: at('2026-12-31T23:59:59.999') }
  expect(steps('2027-01-02T00:00:00', late)).toEqual(['overdue', 'supervisor'])
  expect(steps('2027-01-06T00:00:00', late)).toEqual(['overdue', 'supervisor', 'street-head'])
})

test('a street that leaves out a rung is not climbed there', () => {
  const ladders = { ...shippedLadders, P2: { 'street-head': { amount: 1, unit: 'clock-hours' } as const } }
  expect(steps('2026-09-30T01:00:00', {}, { ladders })).toEqual(['overdue', 'street-head'])
  expect([lastStep({}), lastStep({ supervisor: { amount: 1, unit: 'clock-hours' } })]).toEqual([
    'overdue',
    'supervisor',
  ])
})

/*
 * Five faults that users reported against the clocks of Zammad (github.com/zammad/zammad/issues/N), each as what must
 * hold here.
 */

test('zammad #3140: once the resident was reached, no clock of contact warns or climbs, whoever wrote last', () => {
  const unreached = { respondedAt: null }
  expect(steps('2026-09-22T09:00:00', unreached)).toEqual(['response-due-soon'])
  expect(steps('2026-09-22T10:00:01', unreached)).toEqual(['response-overdue'])
  // Reached in the last minute, and quiet from then on, also where the resident does not answer.
  const reached = { respondedAt: at('2026-09-22T09:59:00') }
  for (const now of ['2026-09-22T10:00:01', '2026-09-25T10:00:00', '2026-09-28T10:00:00'])
    expect(steps(now, reached)).toEqual([])
})

test('zammad #5177: a shorter clock does not silence the clock of first contact, nor the other way round', () => {
  const both = {
    respondedAt: null,
    startAt: at('2026-09-21T10:00:00'),
    responseDueAt: at('2026-09-21T18:00:00'),
    dueAt: at('2026-09-21T12:00:00'),
    urgency: 'P1' as const,
  }
  expect(steps('2026-09-21T11:40:00', both)).toEqual(['due-soon'])
  expect(steps('2026-09-21T16:30:00', both)).toEqual(['response-due-soon', 'overdue', 'supervisor'])
  expect(steps('2026-09-21T18:00:01', both)).toEqual(['response-overdue', 'overdue', 'supervisor'])
})

test('zammad #4353: what no longer holds is told no more: a later deadline, a ladder switched off', () => {
  expect(steps('2026-10-10T00:00:00')).toContain('street-head')
  expect(steps('2026-10-10T00:00:00', { dueAt: at('2026-10-15T23:59:59.999') })).toEqual([])
  const off = { ...shippedLadders, P2: {} }
  expect(steps('2026-10-10T00:00:00', {}, { ladders: off })).toEqual(['overdue'])
  // The steps of the new deadline are told by the new deadline, so that none is taken for one of the old.
  const later = at('2026-09-30T12:00:00')
  expect(reachedSteps({ ...clock, dueAt: later }, at('2026-09-30T13:00:00'), rules)).toEqual([
    { step: 'overdue', dueAt: later },
  ])
})

test('zammad #1322: a clock that waits for the resident goes on when they have spoken, and then runs out', () => {
  const waits = { suspended: true }
  expect(steps('2026-10-20T00:00:00', waits)).toEqual([])
  const span: ClockSpan = { amount: 2, unit: 'clock-hours' }
  const start = at('2026-09-21T10:00:00')
  const due = dueAt(start, span, calendar)
  const units = { response: 'clock-hours', finish: 'clock-hours' }
  const spoke = at('2026-09-21T15:30:00')
  const moved = resumed(
    { suspendedAt: at('2026-09-21T11:00:00'), responseDueAt: null, dueAt: due.ok ? due.dueAt : null },
    spoke,
    units,
    calendar,
  )
  expect(moved.dueAt).toEqual(at('2026-09-21T16:30:00'))
  const goesOn = { startAt: start, dueAt: moved.dueAt, urgency: 'P0' as const }
  expect(steps('2026-09-21T16:29:00', goesOn)).toEqual(['due-soon'])
  expect(steps('2026-09-21T16:31:00', goesOn)).toEqual(['overdue'])
})

test.each(['pending', 'merged', 'declined', 'answered', 'closed'] as const)(
  'zammad #904: a case that is %s climbs nowhere, however late its own deadline is',
  (state) => {
    expect(steps('2026-12-24T00:00:00', { state })).toEqual([])
  },
)
