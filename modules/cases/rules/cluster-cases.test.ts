import { expect, test } from 'vitest'
import { type ClusterFacts, clusterCases, seemOne } from './cluster-cases.ts'

const at = (day: number) => new Date(Date.UTC(2026, 8, day))
const fact = (more: Partial<ClusterFacts> = {}): ClusterFacts => ({
  area: 's.c1.g1.m1',
  buildingId: null,
  createdAt: at(1),
  matterKey: null,
  reporter: null,
  ...more,
})

test.each<[string, Partial<ClusterFacts>, number, boolean]>([
  ['alike words in one community', { area: 's.c1.g2.m1' }, 0.35, true],
  ['words that are hardly alike', { area: 's.c1.g2.m1' }, 0.3, false],
  ['words a little alike at one place', {}, 0.25, true],
  ['words hardly alike at one place', {}, 0.2, false],
  ['words hardly alike of one person', { reporter: 'r' }, 0.2, true],
  ['alike words in another community', { area: 's.c2.g1.m1' }, 0.9, false],
  ['alike words without a place', { area: 's' }, 0.35, true],
  ['alike words half a year apart', { createdAt: at(120) }, 0.9, false],
  ['another matter', { matterKey: 'LX01001' }, 0.9, false],
])('%s', (_, more, alike, one) => {
  const first = fact({ matterKey: 'matterKey' in more ? 'LX01005' : null, reporter: more.reporter ?? null })
  expect(seemOne(first, fact(more), alike)).toBe(one)
})

test('a chain of neighbours does not join what has nothing in common', () => {
  const facts = Array.from({ length: 4 }, () => fact())
  const chain = [
    { a: 0, b: 1, alike: 0.9 },
    { a: 2, b: 3, alike: 0.8 },
    { a: 1, b: 2, alike: 0.5 },
  ]
  expect(clusterCases(facts, chain).map(({ members }) => members)).toEqual([
    [0, 1],
    [2, 3],
  ])
  const all = [...chain, { a: 0, b: 2, alike: 0.4 }, { a: 0, b: 3, alike: 0.4 }, { a: 1, b: 3, alike: 0.4 }]
  const [one] = clusterCases(
    facts,
    [...all].sort((a, b) => b.alike - a.alike),
  )
  expect([...(one?.members ?? [])].sort()).toEqual([0, 1, 2, 3])
})

test('nobody stands in two groups', () => {
  const facts = Array.from({ length: 6 }, () => fact())
  const pairs = [0, 1, 2, 3, 4].flatMap((a) => [{ a, b: a + 1, alike: 0.9 - a / 10 }])
  const members = clusterCases(facts, pairs).flatMap((group) => group.members)
  expect(new Set(members).size).toBe(members.length)
})
