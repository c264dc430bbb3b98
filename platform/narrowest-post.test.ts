import { expect, test } from 'vitest'
import type { Role } from '../lib/contract.ts'
import type { Post } from './actor.ts'
import { narrowestPost } from './narrowest-post.ts'

const post = (id: string, role: Role, areaPath: string | null, standInFor?: string): Post => ({
  id,
  role,
  areaId: areaPath,
  areaPath,
  organisationId: areaPath === null ? 'firm' : null,
  ...(standInFor === undefined ? {} : { standInFor }),
})
const street = post('street', 'duty-head', 's')
const community = post('community', 'secretary', 's.c1')
const grid = post('grid', 'grid-head', 's.c1.g1')
const firm = post('firm', 'handler', null)
const lent = post('lent', 'grid-head', 's.c1.g2', 'somebody')

test.each([
  ['the deepest area', [street, community, grid], undefined, 'grid'],
  [
    'the deepest among those with the role',
    [street, community, grid],
    ['secretary', 'duty-head'],
    'community',
  ],
  ['an organisation before any area', [street, firm, grid], undefined, 'firm'],
  ['an own post before one stood in for', [lent, grid], undefined, 'grid'],
  ['a post stood in for where it alone permits', [street, lent], ['grid-head'], 'lent'],
  ['none without the role', [street], ['verifier'], undefined],
  ['none without a post', [], undefined, undefined],
] as const)('an act is done under %s', (_, posts, roles, id) => {
  expect(narrowestPost({ posts }, roles)?.id).toBe(id)
})
