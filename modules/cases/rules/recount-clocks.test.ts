import { expect, test } from 'vitest'
import { calendarAfter } from './calendar-history.ts'
import { type RunningClock, recountClock } from './recount-clocks.ts'
import { moved } from './resume-clock.ts'
import { startClocks } from './start-clocks.ts'

/** Made up: the real notice is not out. */
const change = {
  id: 'a',
  year: 2027,
  act: 'import' as const,
  undoes: null,
  source: '测试',
  days: [
    { day: '2027-01-01', working: false, name: '元旦' },
    { day: '2027-01-04', working: false, name: '元旦' },
  ],
}
const without = calendarAfter([])
const withYear = calendarAfter([change])
const startAt = new Date('2026-12-28T02:00:00Z')

function clockOf(calendar = without, more: Partial<RunningClock> = {}): RunningClock {
  const { responseDueAt, dueAt, rule } = startClocks(startAt, 'help', 'P2', null, calendar)
  return { startAt, responseDueAt, dueAt, rule, pausedMinutes: 0, ...more }
}

test('a provisional deadline moves to what the announced year says, and is provisional no more', () => {
  const clock = clockOf()
  expect(clock.rule.provisional).toBe(true)
  const recounted = recountClock(clock, without, withYear)
  const announced = startClocks(startAt, 'help', 'P2', null, withYear)
  expect(recounted?.dueAt).toEqual(announced.dueAt)
  expect(recounted?.dueAt).not.toEqual(clock.dueAt)
  expect(recounted?.rule).toEqual({ ...announced.rule })
})

test('undoing the import brings back the provisional deadline with its note', () => {
  const announced = clockOf(withYear)
  const back = recountClock(announced, withYear, without)
  expect(back).toMatchObject({ dueAt: clockOf().dueAt, rule: clockOf().rule })
})

test('a day that somebody approved stays; only the note goes', () => {
  const approved = new Date('2027-02-26T15:59:59.999Z')
  const recounted = recountClock(clockOf(without, { dueAt: approved }), without, withYear)
  expect(recounted?.dueAt).toEqual(approved)
  expect(recounted?.rule.provisional).toBe(false)
  expect(recounted?.rule.words.zh).not.toContain('尚未导入')
})

test('a pause moves the announced deadline by as long as it moved the provisional one', () => {
  const pausedMinutes = 90
  const plain = clockOf()
  const paused = clockOf(without, {
    pausedMinutes,
    dueAt: moved(plain.dueAt, pausedMinutes, 'working-days', without),
  })
  const announced = recountClock(plain, without, withYear)?.dueAt ?? plain.dueAt
  expect(recountClock(paused, without, withYear)?.dueAt).toEqual(
    moved(announced, pausedMinutes, 'working-days', withYear),
  )
})

test('a clock that the year does not touch is left alone', () => {
  const early = new Date('2026-11-02T02:00:00Z')
  const { responseDueAt, dueAt, rule } = startClocks(early, 'help', 'P2', null, without)
  expect(
    recountClock({ startAt: early, responseDueAt, dueAt, rule, pausedMinutes: 0 }, without, withYear),
  ).toBeUndefined()
})

test('a year that shipped comes back when the import over it is undone', () => {
  const over = { ...change, id: 'b', year: 2026, days: [] }
  const undo = { ...over, id: 'c', act: 'undo' as const, undoes: 'b' }
  expect(calendarAfter([over]).isWorking('2026-01-01')).toEqual({ ok: true, working: true })
  expect(calendarAfter([over, undo]).isWorking('2026-01-01')).toEqual({ ok: true, working: false })
  expect(calendarAfter([change, { ...undo, year: 2027, undoes: 'a' }]).years.has(2027)).toBe(false)
})
