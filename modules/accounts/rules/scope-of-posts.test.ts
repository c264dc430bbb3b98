import { expect, test } from 'vitest'
import { roles } from '../../../lib/contract.ts'
import { scopeOfPosts } from './scope-of-posts.ts'

const inArea = (role: (typeof roles)[number], areaPath: string) => ({ role, areaPath, organisationId: null })
const inOrganisation = (role: (typeof roles)[number], organisationId: string) => ({
  role,
  areaPath: null,
  organisationId,
})

test('area roles see their subtree, organisation roles their organisation, administrators and residents nothing', () => {
  const seen = roles.map((role) => [
    role,
    scopeOfPosts([inArea(role, 's1.c1')]).areas.length,
    scopeOfPosts([inOrganisation(role, 'o1')]).organisations.length,
  ])
  expect(seen).toEqual([
    ['resident', 0, 0],
    ['micro-grid-member', 1, 0],
    ['grid-worker', 1, 0],
    ['grid-head', 1, 0],
    ['clerk', 1, 0],
    ['secretary', 1, 0],
    ['dispatcher', 1, 0],
    ['duty-head', 1, 0],
    ['verifier', 1, 0],
    ['supervisor', 1, 0],
    ['handler', 0, 1],
    ['organisation-lead', 0, 1],
    ['viewer', 1, 0],
    ['system-admin', 0, 0],
    ['security-admin', 0, 0],
    ['audit-admin', 0, 0],
  ])
})

test('several posts add up, each place once, and a subtree swallows what lies under it', () => {
  expect(
    scopeOfPosts([
      inArea('clerk', 's1.c1'),
      inArea('grid-worker', 's1.c1.g2'),
      inArea('verifier', 's1.c10'),
      inArea('viewer', 's1.c1'),
      inOrganisation('handler', 'o2'),
      inOrganisation('organisation-lead', 'o1'),
      inOrganisation('handler', 'o1'),
    ]),
  ).toEqual({ areas: ['s1.c1', 's1.c10'], organisations: ['o1', 'o2'] })
})

test('no posts, no scope', () => {
  expect(scopeOfPosts([])).toEqual({ areas: [], organisations: [] })
})
