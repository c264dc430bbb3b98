import { expect, test } from 'vitest'
import { roles } from '../../../lib/contract.ts'
import { mayHoldTogether } from './role-exclusions.ts'

const administrators = ['system-admin', 'security-admin', 'audit-admin']

test('an administrator holds no other role, and all other roles go together', () => {
  for (const one of roles)
    for (const other of roles) {
      const apart = one !== other && [one, other].some((role) => administrators.includes(role))
      expect([one, other, mayHoldTogether([one, other])]).toEqual([one, other, !apart])
    }
})

test('nobody, one role, and one role twice are no conflict', () => {
  expect(mayHoldTogether([])).toBe(true)
  expect(mayHoldTogether(['audit-admin'])).toBe(true)
  expect(mayHoldTogether(['audit-admin', 'audit-admin'])).toBe(true)
})

test('a third role does not hide a conflict', () => {
  expect(mayHoldTogether(['clerk', 'verifier', 'secretary'])).toBe(true)
  expect(mayHoldTogether(['clerk', 'verifier', 'security-admin'])).toBe(false)
})
