import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ratingWays } from '../trust-words.ts'
import { beforeCutOff, type RatingTrace, signLimits, signsOf } from './rating-signs.ts'

/** The 29th of September, a day before the month ends. */
const at = new Date('2026-09-29T02:00:00Z')
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000)
const rated = (n: number, more: Partial<RatingTrace> = {}): RatingTrace => ({
  caseId: `case-${n}`,
  at: minutesAgo(n),
  way: 'link',
  person: `person-${n}`,
  phone: null,
  session: null,
  organisation: 'firm',
  content: true,
  ...more,
})
const some = (count: number, more: Partial<RatingTrace> = {}) =>
  Array.from({ length: count }, (_, index) => rated(index + 1, more))
const signs = (now: RatingTrace, recent: readonly RatingTrace[]) =>
  signsOf(now, recent).map(({ sign }) => sign)

test.each([
  ['one phone for three people', rated(0, { phone: 'p' }), some(2, { phone: 'p' }), ['one-phone']],
  ['one phone for two people', rated(0, { phone: 'p' }), some(1, { phone: 'p' }), []],
  [
    'one person with many cases',
    rated(0, { phone: 'p', person: 'x' }),
    some(6, { phone: 'p', person: 'x' }),
    [],
  ],
  ['one session for three people', rated(0, { session: 's' }), some(2, { session: 's' }), ['one-session']],
  [
    'the same phone two days before',
    rated(0, { phone: 'p' }),
    some(3, { phone: 'p', at: minutesAgo(2900) }),
    [],
  ],
  ['eight praises in twenty minutes before the cut-off', rated(0), some(7), ['burst']],
  ['seven praises', rated(0), some(6), []],
  ['eight, but not all praise', rated(0), [...some(6), rated(7, { content: false })], []],
  ['eight for two firms', rated(0), some(7, { organisation: 'other' }), []],
])('%s', (_, now, recent, expected) => {
  expect(signs(now, recent)).toEqual(expected)
})

test('in the middle of a month a burst is no sign', () => {
  const middle = new Date('2026-09-14T02:00:00Z')
  expect([beforeCutOff(at), beforeCutOff(middle)]).toEqual([true, false])
  const early = some(9).map((one) => ({ ...one, at: middle }))
  expect(signs({ ...rated(0), at: middle }, early)).toEqual([])
})

test('all that make a sign are named, the new one among them', () => {
  const [flag] = signsOf(rated(0, { phone: 'p' }), [...some(3, { phone: 'p' }), rated(9, { phone: 'q' })])
  expect([...(flag?.caseIds ?? [])].sort()).toEqual(['case-0', 'case-1', 'case-2', 'case-3'])
})

test('desks and call-backs never make a sign and never help to make one, whatever came before', () => {
  const anyTrace = fc
    .record({
      n: fc.integer({ min: 1, max: 30 }),
      way: fc.constantFrom(...ratingWays),
      phone: fc.constantFrom('p', 'q', null),
      session: fc.constantFrom('s', null),
    })
    .map(({ n, ...more }) => rated(n, more))
  fc.assert(
    fc.property(fc.array(anyTrace, { maxLength: 20 }), fc.constantFrom(...ratingWays), (recent, way) => {
      const now = rated(0, { way, phone: 'p', session: 's' })
      const found = signsOf(now, recent)
      if (way === 'desk' || way === 'call-back') expect(found).toEqual([])
      const self = recent.filter((one) => one.way === 'app' || one.way === 'link').map(({ caseId }) => caseId)
      for (const { sign, caseIds } of found) {
        for (const id of caseIds) expect([now.caseId, ...self]).toContain(id)
        expect(caseIds.length).toBeGreaterThanOrEqual(sign === 'burst' ? signLimits.burst : signLimits.people)
      }
    }),
    { numRuns: 200 },
  )
})
