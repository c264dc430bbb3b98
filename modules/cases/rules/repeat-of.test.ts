import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseStates } from '../words.ts'
import { repeatsOf, repeatWithinDays, type ToldCase } from './repeat-of.ts'

const at = new Date('2026-09-14T01:00:00Z')
const daysAgo = (days: number) => new Date(at.getTime() - days * 86_400_000)
const told = (more: Partial<ToldCase> = {}): ToldCase => ({
  id: 'earlier',
  matterId: 'noise',
  text: '楼下烧烤摊深夜吵闹，油烟很大。',
  state: 'closed',
  createdAt: daysAgo(20),
  area: 's.c1.g1.m1',
  lng: null,
  lat: null,
  buildingId: null,
  ...more,
})
const now = (more: Partial<ToldCase> = {}) =>
  told({ id: 'now', state: 'pending', createdAt: at, text: '烧烤摊又来了。', ...more })

test.each([
  ['the same matter at the same place, in other words', now(), told(), true],
  ['the same matter in another community', now(), told({ area: 's.c2.g1.m1' }), false],
  ['another matter', now({ matterId: 'lamp' }), told(), false],
  [
    'no matter yet, the same words',
    now({ matterId: null, text: '楼下烧烤摊深夜吵闹，油烟还是很大' }),
    told(),
    true,
  ],
  ['no matter yet, other words', now({ matterId: null, text: '想问养老金怎么领' }), told(), false],
  ['the earlier one is still under way', now(), told({ state: 'in-progress' }), false],
  ['answered and not closed yet', now(), told({ state: 'answered' }), true],
  ['declined', now(), told({ state: 'declined' }), true],
  ['longer ago than a year', now(), told({ createdAt: daysAgo(repeatWithinDays + 1) }), false],
  ['later than this one', now(), told({ createdAt: daysAgo(-1) }), false],
])('%s', (_, one, earlier, repeats) => {
  expect(repeatsOf(one, [earlier]).length > 0).toBe(repeats)
})

test('never itself, never what is not settled, always newest first', () => {
  const anyTold = fc
    .tuple(
      fc.constantFrom(...caseStates),
      fc.integer({ min: -5, max: 500 }),
      fc.constantFrom('noise', 'lamp', null),
    )
    .map(([state, days, matterId]) =>
      told({ id: `${state} ${days}`, state, matterId, createdAt: daysAgo(days) }),
    )
  fc.assert(
    fc.property(fc.array(anyTold, { maxLength: 8 }), (earlier) => {
      const found = repeatsOf(now(), [...earlier, now()])
      for (const one of found) expect(['answered', 'closed', 'declined']).toContain(one.state)
      expect(found.map(({ id }) => id)).not.toContain('now')
      const times = found.map(({ createdAt }) => createdAt.getTime())
      expect(times).toEqual([...times].sort((a, b) => b - a))
    }),
    { numRuns: 100 },
  )
})
