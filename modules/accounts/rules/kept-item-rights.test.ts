import { expect, test } from 'vitest'
import type { Role } from '../../../lib/contract.ts'
import { mayHand } from './kept-item-rights.ts'

const as = (role: Role, areaPath: string | null, accountId = 'me') => ({
  accountId,
  posts: [{ role, areaPath }],
})
const key = { accountId: 'holder', area: 's.c1.g1.m1' }

test('a key is handed on by its holder and by who heads its area, by nobody beside or below them', () => {
  expect(mayHand(as('micro-grid-member', 's.c2.g1.m1', 'holder'), key)).toBe(true)
  const heads: [Role, string, boolean][] = [
    ['grid-head', 's.c1.g1', true],
    ['clerk', 's.c1', true],
    ['secretary', 's.c1', true],
    ['duty-head', 's', true],
    ['secretary', 's.c2', false],
    ['grid-head', 's.c1.g10', false],
    ['grid-head', 's.c1.g', false],
    ['grid-worker', 's.c1.g1', false],
    ['micro-grid-member', 's.c1.g1.m1', false],
    ['viewer', 's', false],
    ['system-admin', 's', false],
  ]
  expect(heads.map(([role, path]) => [role, path, mayHand(as(role, path), key)])).toEqual(heads)
  expect(mayHand(as('secretary', null), key)).toBe(false)
})
