import { expect, test } from 'vitest'
import { startingDesk } from './starting-desk.ts'

test.each([
  [true, null, 'community'],
  [true, 'grid', 'community'],
  [true, 'community', 'community'],
  [true, 'street', 'community'],
  [true, 'department', 'street'],
  [false, null, 'street'],
  [false, 'grid', 'street'],
  [false, 'department', 'street'],
] as const)('place %s, matter of level %s: the %s desk', (hasPlace, matterLevel, desk) => {
  expect(startingDesk({ hasPlace, matterLevel })).toBe(desk)
})
