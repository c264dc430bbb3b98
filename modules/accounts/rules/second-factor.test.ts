import { expect, test } from 'vitest'
import { roles } from '../../../lib/contract.ts'
import { needsSecondFactor } from './second-factor.ts'

test('only roles that never see a contact in clear go without a second factor', () => {
  expect(roles.filter((role) => !needsSecondFactor([role]))).toEqual([
    'resident',
    'micro-grid-member',
    'viewer',
    'system-admin',
    'security-admin',
    'audit-admin',
  ])
})

test('one such role among several is enough, and no role needs none', () => {
  expect(needsSecondFactor(['micro-grid-member', 'clerk'])).toBe(true)
  expect(needsSecondFactor([])).toBe(false)
})
