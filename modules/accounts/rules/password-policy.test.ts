import { expect, test } from 'vitest'
import { decidePassword } from './password-policy.ts'

test.each([
  ['Abcdefg-12', undefined],
  ['abcdefg-12', undefined],
  ['天桥社区天桥社区Ab', undefined],
  ['Abcdef-12', 'too-short'],
  ['𬱖𬱖𬱖𬱖Ab1', 'too-short'],
  ['abcdefghijkl12', 'too-few-classes'],
  ['abcdefghijklmn', 'too-few-classes'],
  ['abc def ghi 12', 'too-few-classes'],
  ['Clerk-2026-spring', 'holds-username'],
])('the password %s is judged: %s', (password, fault) => {
  const decision = decidePassword(password, 'clerk')
  expect(decision.ok ? undefined : decision.fault).toBe(fault)
})
