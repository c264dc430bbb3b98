import { expect, test } from 'vitest'
import { adjudicatorsOf, type Candidate, fallbackFor, precedentAt } from './dispute.ts'

const post = (id: string, role: Candidate['role'], areaPath: string, current = true): Candidate => ({
  id,
  accountId: `of-${id}`,
  role,
  areaPath,
  current,
})

test('a supervisor of the place decides, the widest first, else the duty head; never who gave the case out', () => {
  const posts = [
    post('head', 'duty-head', 's'),
    post('near', 'supervisor', 's.c1'),
    post('wide', 'supervisor', 's'),
    post('elsewhere', 'supervisor', 's.c2'),
    post('left', 'supervisor', 's', false),
    post('clerk', 'clerk', 's.c1'),
  ]
  const of = (barred: string[] = []) => adjudicatorsOf(posts, 's.c1.g1', barred).map(({ id }) => id)
  expect(of()).toEqual(['wide', 'near', 'head'])
  expect(of(['of-wide', 'of-near'])).toEqual(['head'])
  expect(of(['of-wide', 'of-near', 'of-head'])).toEqual([])
})

test('the longest prefix names who handles meanwhile; nobody but the objector does where none is named', () => {
  const lines = [
    { matterPrefix: '', organisationId: 'office' },
    { matterPrefix: 'LX01', organisationId: 'water' },
    { matterPrefix: 'LX0199', organisationId: null },
  ]
  expect(fallbackFor(lines, 'LX01005', 'property')).toBe('water')
  expect(fallbackFor(lines, 'LX05001', 'property')).toBe('office')
  expect(fallbackFor(lines, 'LX01005', 'water')).toBeNull()
  expect(fallbackFor(lines, 'LX01991', 'property')).toBeNull()
  expect(fallbackFor([], 'LX01991', 'property')).toBeNull()
})

test('of precedents the narrowest area that covers the place counts first, and of one area the newest', () => {
  const one = (id: string, area: string, day: number, matterId = 'm') => ({
    id,
    matterId,
    area,
    decidedAt: new Date(Date.UTC(2026, 8, day)),
  })
  const all = [
    one('street', 's', 20),
    one('old', 's.c1', 1),
    one('new', 's.c1', 2),
    one('other', 's.c2', 3),
    one('matter', 's.c1', 9, 'n'),
  ]
  expect(precedentAt(all, 'm', 's.c1.g1').map(({ id }) => id)).toEqual(['new', 'street'])
  expect(precedentAt(all, 'm', 's.c10').map(({ id }) => id)).toEqual(['street'])
})
