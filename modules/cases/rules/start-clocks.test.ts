import { expect, test } from 'vitest'
import { caseKinds, urgencies } from '../words.ts'
import { startClocks } from './start-clocks.ts'
import { buildWorkingCalendar, shippedCalendar } from './working-days.ts'

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
/** Monday, 09:00 in the street. */
const monday = new Date('2026-09-14T01:00:00Z')

test('a general complaint: contact within 24 hours, answer by the end of the fifth working day', () => {
  const clocks = startClocks(monday, 'complaint', 'P2', null, calendar)
  expect(clocks.responseDueAt).toEqual(new Date('2026-09-15T01:00:00Z'))
  // Sunday the 20th is worked, ahead of the holidays, and is the fifth.
  expect(clocks.dueAt).toEqual(new Date('2026-09-20T15:59:59.999Z'))
  expect(clocks.rule.words.zh).toContain('24小时内联系')
})

test('danger runs by the clock, whatever the kind', () => {
  for (const kind of caseKinds)
    expect(startClocks(monday, kind, 'P0', null, calendar)).toMatchObject({
      responseDueAt: new Date('2026-09-14T01:15:00Z'),
      dueAt: new Date('2026-09-14T03:00:00Z'),
    })
})

test('a matter’s own clock goes before the table, and its source stands in the words', () => {
  const own = {
    response: { amount: 1, unit: 'clock-hours' as const },
    finish: { amount: 3, unit: 'natural-days' as const },
    source: { zh: '街道约定', en: 'the street’s own' },
  }
  const clocks = startClocks(monday, 'help', 'P2', own, calendar)
  expect(clocks.responseDueAt).toEqual(new Date('2026-09-14T02:00:00Z'))
  expect(clocks.rule.words).toMatchObject({
    zh: expect.stringContaining('街道约定'),
    en: expect.stringContaining('the street’s own'),
  })
})

test('a year without an announced calendar counts weekdays and says so; a known year says nothing of it', () => {
  const provisional = startClocks(new Date('2026-12-30T01:00:00Z'), 'help', 'P3', null, calendar)
  expect(provisional.rule.provisional).toBe(true)
  expect(provisional.rule.words.zh).toContain('2027年放假安排尚未导入')
  expect(provisional.rule.words.en).toContain('weekdays were counted')
  expect(startClocks(monday, 'help', 'P3', null, calendar).rule.provisional).toBe(false)
})

test('no deadline lies before its start, and contact is due no later than the answer', () => {
  for (const kind of caseKinds)
    for (const urgency of urgencies) {
      const { responseDueAt, dueAt } = startClocks(monday, kind, urgency, null, calendar)
      expect(responseDueAt.getTime()).toBeGreaterThan(monday.getTime())
      expect(dueAt.getTime()).toBeGreaterThanOrEqual(responseDueAt.getTime())
    }
})
