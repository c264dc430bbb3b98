/** Which community keeps what belongs to an area, and whose post reaches it. */
import type { Role } from '../../../lib/contract.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import { areaIndex, chainOf, type IndexedArea } from '../../areas/server/index.ts'

/** The area right below the street in which a path lies; the street itself for its own path. */
export async function communityOf(tx: Tx, streetId: number, path: string): Promise<IndexedArea> {
  const areas = await areaIndex(tx, streetId)
  const [root = areas.root, community] = chainOf(areas, path)
  return community ?? root
}

/** The narrowest post with one of these roles over a path. */
export function postOver(actor: Actor, path: string, roles: readonly Role[]): Post | undefined {
  return narrowestPost(
    {
      posts: actor.posts.filter(
        ({ areaPath }) => areaPath !== null && (path === areaPath || path.startsWith(`${areaPath}.`)),
      ),
    },
    roles,
  )
}

/** The widest area of one's posts with these roles, as a path. */
export function widestPath(actor: Actor, roles: readonly Role[]): string | undefined {
  return actor.posts
    .filter(({ role, areaPath }) => roles.includes(role) && areaPath !== null)
    .map(({ areaPath }) => areaPath ?? '')
    .sort((a, b) => a.length - b.length)[0]
}

export const areaRefOf = ({ id, code, level, name }: IndexedArea) => ({ id, code, level, name })
