import type { Actor } from '../../../platform/actor.ts'

/** The secretary in their community, the duty head in the street. */
export const keepsTreeOf = (actor: Actor, areaPath: string): boolean =>
  actor.posts.some(
    (post) =>
      (post.role === 'secretary' || post.role === 'duty-head') &&
      post.areaPath !== null &&
      (areaPath === post.areaPath || areaPath.startsWith(`${post.areaPath}.`)),
  )
