import { expect, test } from 'vitest'
import { checkModeFor } from './check-mode.ts'

test('public space is checked on site, a personal matter by call-back', () => {
  expect([checkModeFor(true), checkModeFor(false)]).toEqual(['on-site', 'call-back'])
})
