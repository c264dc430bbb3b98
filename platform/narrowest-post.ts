import type { Role } from '../lib/contract.ts'
import type { Actor, Post } from './actor.ts'

/** Inside an organisation before any area, and a deeper area before a wider one. */
const depth = (post: Post): number =>
  post.areaPath === null ? Number.MAX_SAFE_INTEGER : post.areaPath.split('.').length

const stoodIn = (post: Post): number => (post.standInFor === undefined ? 0 : 1)

/**
 * The post under which a person does something: the narrowest of those with one of the roles, an own one before one
 * that they stand in for. Undefined when none has such a role.
 */
// Rule: rights.md: each act is done under the narrowest post that permits it, and the entry names that post.
export function narrowestPost(actor: Pick<Actor, 'posts'>, roles?: readonly Role[]): Post | undefined {
  return actor.posts
    .filter((post) => roles === undefined || roles.includes(post.role))
    .toSorted((a, b) => depth(b) - depth(a) || stoodIn(a) - stoodIn(b))[0]
}
