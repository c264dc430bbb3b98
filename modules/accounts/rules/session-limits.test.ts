import { expect, test } from 'vitest'
import { sessionLimits } from './session-limits.ts'

test('staff leave after 30 idle minutes and at the latest after 12 hours; residents stay for 30 days', () => {
  expect(sessionLimits('staff')).toEqual({ idleMinutes: 30, absoluteMinutes: 720 })
  expect(sessionLimits('resident')).toEqual({ idleMinutes: 43_200, absoluteMinutes: 43_200 })
})
