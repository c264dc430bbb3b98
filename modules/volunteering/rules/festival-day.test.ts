import { expect, test } from 'vitest'
import { festivalDays } from './festival-day.ts'

const lunar = (month: number, day: number) => ({ calendar: 'lunar', month, day }) as const
const solar = (month: number, day: number) => ({ calendar: 'solar', month, day }) as const

// Days as the State Council's notices on holidays give them.
test.each([
  [2024, '2024-02-10', '2024-06-10', '2024-09-17', '2024-10-11'],
  [2025, '2025-01-29', '2025-05-31', '2025-10-06', '2025-10-29'],
  [2026, '2026-02-17', '2026-06-19', '2026-09-25', '2026-10-18'],
] as const)('%i: new year, dragon boats, mid-autumn, the ninth of the ninth', (year, ...days) => {
  expect(festivalDays(year, [lunar(1, 1), lunar(5, 5), lunar(8, 15), lunar(9, 9)])).toEqual(days)
})

test('a leap month has no festival of its own: 2025 has a sixth month twice', () => {
  expect(festivalDays(2025, [lunar(6, 1), lunar(7, 7)])).toEqual(['2025-06-25', '2025-08-29'])
})

test('solar days are themselves; what a year does not have is not made up', () => {
  expect(festivalDays(2026, [solar(6, 1), solar(2, 29), solar(4, 31)])).toEqual([
    '2026-06-01',
    undefined,
    undefined,
  ])
  expect(festivalDays(2028, [solar(2, 29)])).toEqual(['2028-02-29'])
})
