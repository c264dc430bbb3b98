import { describe, expect, test } from 'vitest'
import type { NeedRow } from '../gathering-operations.ts'
import { caseStates } from '../words.ts'
import { alikeCases } from './alike-cases.ts'
import { readNeed } from './gathering-need.ts'
import { gatheringPost } from './gathering-post.ts'
import { isSettled, nextStep, publicStage } from './next-step.ts'
import { publicPlace } from './public-place.ts'

const id = '01900000-0000-7000-8000-000000000001'
const codes = new Set(['LX01005'])
const read = (row: Partial<NeedRow>) => readNeed({ id, text: '路灯不亮', ...row }, codes)

describe('a row of a gathering', () => {
  test.each<[string, Partial<NeedRow>, string]>([
    ['words alone are enough', {}, 'ok'],
    ['no words', { text: ' \n ' }, 'cases/nothing-said'],
    ['too many words', { text: '长'.repeat(4001) }, 'cases/need-too-long'],
    ['a known matter', { matterCode: 'LX01005' }, 'ok'],
    ['an unknown matter', { matterCode: 'LX99999' }, 'cases/matter-unknown'],
    ['an empty field of the grid is not filled in', { matterCode: '', kind: '', route: '' }, 'ok'],
    ['an unknown kind', { kind: 'gossip' }, 'cases/kind-unknown'],
    ['an unknown route', { route: 'later' }, 'cases/route-unknown'],
    ['a name without consent', { name: '周美兰' }, 'cases/consent-missing'],
    ['a phone without consent', { phone: '13711112222', consent: false }, 'cases/consent-missing'],
    ['both with consent', { name: '周美兰', phone: '137 1111 2222', consent: true }, 'ok'],
    ['a landline', { phone: '023-67891234', consent: true }, 'ok'],
    ['a phone that is none', { phone: '一三七', consent: true }, 'cases/phone-wrong'],
  ])('%s', (_, row, expected) => {
    const reading = read(row)
    expect(reading.ok ? 'ok' : reading.why).toBe(expected)
  })

  test('consent without a name or a phone is consent to nothing', () => {
    const reading = read({ consent: true })
    expect(reading.ok && reading.need).toMatchObject({ consent: false, contact: {} })
  })
})

describe('who holds a gathering', () => {
  const post = (role: 'clerk' | 'grid-worker' | 'verifier' | 'viewer', areaPath: string) => ({
    id: `${role}-${areaPath}`,
    role,
    areaPath,
    organisationId: null,
  })
  test.each([
    ['a clerk in the whole community', [post('clerk', 's.c1')], 's.c1.g1', 'clerk-s.c1'],
    ['not in another community', [post('clerk', 's.c1')], 's.c2', undefined],
    ['not above the own area', [post('grid-worker', 's.c1.g1')], 's.c1', undefined],
    ['not in an area whose code only begins alike', [post('clerk', 's.c1')], 's.c10', undefined],
    ['not who checks or only looks', [post('verifier', 's'), post('viewer', 's')], 's.c1', undefined],
    [
      'under the narrowest post',
      [post('clerk', 's.c1'), post('grid-worker', 's.c1.g1')],
      's.c1.g1',
      'grid-worker-s.c1.g1',
    ],
  ] as const)('%s', (_, posts, area, expected) => {
    expect(gatheringPost(posts, area)?.id).toBe(expected)
  })
})

describe('open cases that may be the same', () => {
  const at = new Date('2026-09-14T00:00:00Z')
  const days = (count: number) => new Date(at.getTime() - count * 86_400_000)
  const one = (name: string, more = {}) => ({
    id: name,
    area: 's.c1.g1.m1',
    lng: null as number | null,
    lat: null as number | null,
    buildingId: null as string | null,
    createdAt: days(1),
    ...more,
  })
  const here = { area: 's.c1.g1.m1', lng: null, lat: null, buildingId: null }
  const names = (place: typeof here, all: ReturnType<typeof one>[]) =>
    alikeCases(place, all, at).map(({ id: found }) => found)

  test('the nearest comes first, the newest of those equally near', () => {
    expect(
      names(here, [one('grid', { area: 's.c1.g1.m2' }), one('old', { createdAt: days(60) }), one('new')]),
    ).toEqual(['new', 'old', 'grid'])
  })
  test('another community and half a year ago are another matter', () => {
    expect(
      names(here, [one('far', { area: 's.c2.g1.m1' }), one('long ago', { createdAt: days(200) })]),
    ).toEqual([])
  })
  test('a meeting of the whole community names no grid: what lies in it is near, another grid of a known place is not', () => {
    const all = [one('g1'), one('g2', { area: 's.c1.g2.m1' })]
    expect(names({ ...here, area: 's.c1' }, all)).toHaveLength(2)
    expect(names(here, all)).toEqual(['g1'])
  })
  test('points count by their distance, whatever grid they lie in', () => {
    const place = { ...here, lng: 106.55, lat: 29.56 }
    expect(
      names(place as never, [
        one('across the street', { area: 's.c1.g2.m1', lng: 106.5505, lat: 29.56 }),
        one('a mile on', { lng: 106.57, lat: 29.56 }),
      ]),
    ).toEqual(['across the street'])
  })
  test('three are enough', () => {
    expect(
      names(
        here,
        ['a', 'b', 'c', 'd'].map((name) => one(name)),
      ),
    ).toHaveLength(3)
  })
})

describe('what comes next', () => {
  const facts = { reviewOn: null, asksApproval: false, rated: false }
  test.each([
    ['pending', 'accept', 'noted'],
    ['accepted', 'assign', 'accepted'],
    ['assigned', 'take', 'accepted'],
    ['in-progress', 'submit-result', 'under-way'],
    ['result-submitted', 'check', 'under-way'],
    ['answered', 'rate', 'answered'],
    ['closed', 'none', 'settled'],
  ] as const)('%s: %s, told as %s', (state, next, stage) => {
    expect([nextStep({ ...facts, state }), publicStage({ ...facts, state })]).toEqual([next, stage])
  })
  test('an unsolved matter is looked at again and never told as settled', () => {
    const longTerm = { ...facts, state: 'closed' as const, reviewOn: '2026-12-01' }
    expect([nextStep(longTerm), publicStage(longTerm), isSettled(longTerm)]).toEqual([
      'review',
      'long-term',
      false,
    ])
  })
  test('whatever waits for a second person waits for that', () => {
    for (const state of caseStates) expect(nextStep({ ...facts, state, asksApproval: true })).toBe('approve')
  })
})

test('a public place is never a leaf of the tree: a leaf may be one building', () => {
  const inner = (name: string) => ({ name, hasChildren: true })
  const leaf = (name: string) => ({ name, hasChildren: false })
  expect(publicPlace([inner('天桥社区'), inner('第1网格'), leaf('3栋')])).toBe('第1网格')
  expect(publicPlace([inner('天桥社区'), leaf('第1网格')])).toBe('天桥社区')
  expect(publicPlace([leaf('天桥社区')])).toBe('天桥社区')
  expect(publicPlace([])).toBe('')
})
