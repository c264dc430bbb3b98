/** Who acts, as safety asks it, and what its files need of a call. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea, type IndexedArea, streetRoot } from '../../areas/server/index.ts'
import { desk } from '../contract.ts'

export type Acting = Call<OperationContract>

/** A call of any operation, for what does not depend on which. */
export const acting = <C extends OperationContract>(call: Call<C>): Acting => call as unknown as Acting

export const isWithin = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}.`)

/** The post with one of these roles whose area holds this path, the narrowest. */
export function postOver(actor: Actor, path: string, roles: readonly string[]): Post | undefined {
  const posts = actor.posts.filter(
    ({ role, areaPath }) => roles.includes(role) && areaPath !== null && isWithin(path, areaPath),
  )
  return narrowestPost({ posts })
}

/** @throws Refusal safety/area-unknown, safety/not-your-area */
export async function deskArea(
  { tx, actor }: Acting,
  areaId: string,
): Promise<{ area: IndexedArea; post: Post }> {
  const area = await findArea(tx, actor.streetId, areaId)
  if (!area) throw new Refusal('safety/area-unknown')
  const post = postOver(actor, area.path, desk)
  if (!post) throw new Refusal('safety/not-your-area')
  return { area, post }
}

/** For what takes a row out of one's own sight, or brings it into another's, after it was decided that one may. */
export async function inStreet<T>(call: Acting, work: () => Promise<T>): Promise<T> {
  const root = await streetRoot(call.tx, call.actor.streetId)
  return call.asSystem(root.path, work)
}
