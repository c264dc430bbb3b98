/** Who acts, as volunteering asks it: over which areas they run things, and which human stands behind the account. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import { narrowestPost } from '../../../platform/narrowest-post.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea, type IndexedArea, streetRoot } from '../../areas/server/index.ts'
import { type PersonRow, peopleBehind, personOfAccount } from '../../people/server/index.ts'
import { checkers, runners } from '../contract.ts'

/** What these files need of a call, whatever its contract. */
export type Acting = Pick<
  Call<OperationContract>,
  | 'tx'
  | 'actor'
  | 'at'
  | 'services'
  | 'newId'
  | 'asSystem'
  | 'audit'
  | 'event'
  | 'job'
  | 'takeNumber'
  | 'remoteAddress'
>

export const isWithin = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}.`)

/** The post with one of these roles whose area holds this path, the narrowest. */
export function postOver(actor: Actor, path: string, roles: readonly string[]): Post | undefined {
  const posts = actor.posts.filter(
    ({ role, areaPath }) => roles.includes(role) && areaPath !== null && isWithin(path, areaPath),
  )
  return narrowestPost({ posts })
}

export const runs = (actor: Actor, path: string): boolean =>
  postOver(actor, path, runners as readonly string[]) !== undefined
/** Paths of the areas in which the actor runs things. */
export const areasRun = ({ posts }: Actor): string[] =>
  posts.flatMap(({ role, areaPath }) =>
    areaPath !== null && (runners as readonly string[]).includes(role) ? [areaPath] : [],
  )
export const checks = (actor: Actor, path: string): boolean =>
  postOver(actor, path, checkers as readonly string[]) !== undefined

/** @throws Refusal volunteering/not-your-area */
export async function areaToRun(
  { tx, actor }: Acting,
  areaId: string,
): Promise<{ area: IndexedArea; post: Post }> {
  const area = await findArea(tx, actor.streetId, areaId)
  const post = area && postOver(actor, area.path, runners as readonly string[])
  if (!area || !post) throw new Refusal('volunteering/not-your-area')
  return { area, post }
}

/** For what a resident may do with rows of others, after it was decided that they may. */
export async function inStreet<T>(acting: Acting, work: () => Promise<T>): Promise<T> {
  const root = await streetRoot(acting.tx, acting.actor.streetId)
  return acting.asSystem(root.path, work)
}

/** @throws Refusal volunteering/not-registered */
export async function myself({ tx, actor }: Acting): Promise<PersonRow> {
  const me = await personOfAccount(tx, actor.streetId, actor.accountId)
  if (!me) throw new Refusal('volunteering/not-registered')
  return me
}

/** Everybody in the register who may be this human. Asked in the whole street: a second account may lie elsewhere. */
export const humansBehind = (acting: Acting, accountId = acting.actor.accountId): Promise<Set<string>> =>
  inStreet(acting, () => peopleBehind(acting.tx, acting.services.keys, acting.actor.streetId, accountId))

/** Whether two accounts are one human, as far as the register knows. */
export async function isSameHuman(
  acting: Acting,
  accountId: string,
  mine: ReadonlySet<string>,
): Promise<boolean> {
  if (accountId === acting.actor.accountId) return true
  const theirs = await humansBehind(acting, accountId)
  return [...theirs].some((id) => mine.has(id))
}

/** PostgreSQL's code for rows that an exclusion constraint keeps apart. */
export const isOverlap = (error: unknown): boolean => (error as { code?: string }).code === '23P01'
