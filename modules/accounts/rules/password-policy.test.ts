import { expect, test } from 'vitest'
import { decidePassword } from './password-policy.ts'

test.each([
  ['Brunnen-12', undefined],
  ['brunnen-12', undefined],
  ['Abcdefg-12', 'too-common'],
  ['Password123!', 'too-common'],
  ['Woaini5201314!', 'too-common'],
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
