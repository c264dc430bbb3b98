import { describe, expect, test } from 'vitest'
import { daysAhead, meetingDays } from './meeting-period.ts'

const noon = (day: string) => new Date(`${day}T04:00:00Z`)

describe('the days of a meeting', () => {
  test.each([
    [
      'on a Monday it is today’s meeting on last week',
      '2026-09-14',
      '2026-09-07',
      '2026-09-13',
      '2026-09-14',
    ],
    ['on a Friday it is the coming Monday’s', '2026-09-18', '2026-09-14', '2026-09-20', '2026-09-21'],
    ['on a Sunday it is tomorrow’s', '2026-09-20', '2026-09-14', '2026-09-20', '2026-09-21'],
  ])('%s', (_, today, from, to, meetsOn) => {
    expect(meetingDays({}, noon(today))).toEqual({ from, to, meetsOn })
  })

  test('just after midnight in the street it is already Monday there', () => {
    expect(meetingDays({}, new Date('2026-09-13T16:30:00Z'))?.meetsOn).toBe('2026-09-14')
  })

  test('days that are given stay', () => {
    const given = { from: '2026-08-01', to: '2026-08-31', meetsOn: '2026-09-02' }
    expect(meetingDays(given, noon('2026-09-14'))).toEqual(given)
  })

  test.each([
    ['that ends before it begins', '2026-09-13', '2026-09-07'],
    ['longer than a year', '2024-01-01', '2026-01-01'],
    ['with a day that there is not', '2026-02-30', '2026-03-01'],
  ])('a period %s is none', (_, from, to) => {
    expect(meetingDays({ from, to }, noon('2026-09-14'))).toBeUndefined()
  })

  test('ahead lie seven days, the day of the meeting counted', () => {
    expect(daysAhead('2026-09-28')).toEqual({ aheadFrom: '2026-09-28', aheadTo: '2026-10-04' })
  })
})
