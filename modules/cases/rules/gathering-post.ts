import type { Role } from '../../../lib/contract.ts'
import { liesUnder, type PostFacts } from './decide-act.ts'

const gatherers: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
]

/**
 * The narrowest post under which somebody may hold a gathering of this area; undefined when none lets them.
 * Rule: rights.md, file: any staff role with an area; each in the subtree of the post.
 */
export function gatheringPost(posts: readonly PostFacts[], area: string): PostFacts | undefined {
  return posts
    .filter(
      ({ role, areaPath }) => gatherers.includes(role) && areaPath !== null && liesUnder(area, areaPath),
    )
    .sort((a, b) => (b.areaPath ?? '').length - (a.areaPath ?? '').length)[0]
}
