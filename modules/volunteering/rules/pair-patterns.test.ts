import { expect, test } from 'vitest'
import { findPairPatterns, type PairService, pairOf } from './pair-patterns.ts'

let made = 0
const service = (by: string, served: string, more: Partial<PairService> = {}): PairService => {
  made += 1
  return { id: `s-${made}`, by, served, minutes: 150, confirmedByServed: true, entered: false, ...more }
}
const times = (count: number, by: string, served: string, more: Partial<PairService> = {}) =>
  Array.from({ length: count }, () => service(by, served, more))
const found = (services: readonly PairService[], elsewhere: Record<string, number> = {}) =>
  findPairPatterns({ services, seenElsewhere: new Map(Object.entries(elsewhere)) }).map(
    ({ pattern }) => pattern,
  )

test.each([
  ['nobody served', [], {}, []],
  ['one helps the other once', times(1, 'a', 'b'), {}, []],
  ['neighbours who help each other once', [...times(1, 'a', 'b'), ...times(1, 'b', 'a')], {}, []],
  ['twice one way and once the other', [...times(2, 'a', 'b'), ...times(1, 'b', 'a')], {}, []],
  [
    'twice each way, each confirmed by the other',
    [...times(2, 'a', 'b'), ...times(2, 'b', 'a')],
    {},
    ['served-in-turn'],
  ],
  [
    'twice each way, and others saw them elsewhere: a word for a word stays one',
    [...times(2, 'a', 'b'), ...times(2, 'b', 'a')],
    { a: 600, b: 600 },
    ['served-in-turn'],
  ],
  [
    'twice each way, and one side confirmed nothing: honour-only hours are nothing to sell',
    [...times(2, 'a', 'b'), ...times(2, 'b', 'a', { confirmedByServed: false })],
    {},
    [],
  ],
  ['seven visits to one old man', times(7, 'a', 'b', { minutes: 300 }), {}, []],
  ['eight short visits to one old man', times(8, 'a', 'b', { minutes: 60 }), {}, []],
  ['eight long visits, confirmed by that one alone', times(8, 'a', 'b'), {}, ['one-pair-only']],
  ['eight long visits of somebody whom others saw too', times(8, 'a', 'b'), { a: 120 }, []],
  [
    'eight long visits, and the other one is seen elsewhere: it is whose hours they are that counts',
    times(8, 'a', 'b'),
    { b: 120 },
    ['one-pair-only'],
  ],
] as const)('%s', (_, services, elsewhere, patterns) => {
  expect(found(services, elsewhere)).toEqual(patterns)
})

test('it says how many services, how long, and how many of them stand in the record already', () => {
  const services = [...times(2, 'a', 'b', { entered: true }), ...times(2, 'b', 'a')]
  expect(findPairPatterns({ services, seenElsewhere: new Map() })).toEqual([
    {
      pattern: 'served-in-turn',
      facts: { services: 4, minutes: 600, entered: 2 },
      sessions: services.map(({ id }) => id),
    },
  ])
})

test('two people are one pair, whoever serves', () => {
  expect(pairOf({ by: 'b', served: 'a' })).toEqual(pairOf({ by: 'a', served: 'b' }))
})
