import { expect, test } from 'vitest'
import { findBannedConcepts, isSearched } from './banned-concepts.ts'

test.each([
  ["zh: '每日打卡'"],
  ["path: '/api/staff-ranking'"],
  ["title: '网格员排行榜'"],
  ['onlineMinutes: Type.Integer()'],
  ["name: 'accounts.checkIn'"],
  ["zh: '本月活跃度'"],
])('a planted %s goes red', (planted) => {
  expect(findBannedConcepts('modules/x/contract.ts', planted)).toHaveLength(1)
})

test('what the product does say is left alone', () => {
  const fine = "zh: '报到', en: 'answer the call' // never a 打卡\ncheck: checkCase, 'check'\nzh: '签收'"
  expect(findBannedConcepts('modules/x/contract.ts', fine)).toEqual([])
})

test('contracts, routes, words and screens are searched; stores and tests are not', () => {
  expect(
    [
      'modules/a/contract.ts',
      'modules/a/console/x.vue',
      'apps/console/routes.ts',
      'modules/a/case-acts.ts',
    ].every(isSearched),
  ).toBe(true)
  expect(['modules/a/server/case-store.ts', 'scripts/tidy/banned-concepts.test.ts'].some(isSearched)).toBe(
    false,
  )
})
