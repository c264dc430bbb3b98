/** Who acts for a post whose holder is away or gone; what later modules ask before they hand work on. */
import { sql } from 'kysely'
import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { orderStandIns, type StandInPost } from '../rules/stand-in-order.ts'
import { openLeaves, postsAwayOn, setStandIns, standInCandidates } from './leave-store.ts'
import { findPost, type PostRow, postsById, postsInOrder } from './post-store.ts'

/** A post under which somebody acts today. */
export interface OpenPost extends PostRow {
  /** The account whose post it is, where its holder is away; null for one's own. */
  standsInFor: string | null
  /** The last day of that leave. */
  untilDay: Day | null
}

/** The posts under which a person acts at an instant: their own in force, and those they stand in for. */
export async function openPostsOf(
  tx: Tx,
  streetId: number,
  accountId: string,
  at: Date,
): Promise<OpenPost[]> {
  const today = dayOf(at)
  const own = await postsInOrder(tx, streetId, today, { accountId })
  const ownIds = new Set(own.map((post) => post.id))
  const away = await postsAwayOn(tx, streetId, today)
  const until = new Map(
    away.filter((one) => ownIds.has(one.standInPostId ?? '')).map((one) => [one.postId, one.toDay]),
  )
  const lent = until.size === 0 ? [] : await postsById(tx, streetId, [...until.keys()])
  const isOpen = (post: PostRow) => post.endedAt === null && (post.toDay === null || post.toDay >= today)
  return [
    ...own.map((post) => ({ ...post, standsInFor: null, untilDay: null })),
    ...lent
      .filter((post) => isOpen(post) && post.accountId !== accountId)
      .map((post) => ({ ...post, standsInFor: post.accountId, untilDay: until.get(post.id) ?? null })),
  ]
}

/** By the id of each post whose holder is away at an instant: the post whose holder acts for it, null where nobody can. */
export async function standInsNow(
  tx: Tx,
  streetId: number,
  at: Date,
): Promise<ReadonlyMap<string, string | null>> {
  const away = await postsAwayOn(tx, streetId, dayOf(at))
  return new Map(away.map((one) => [one.postId, one.standInPostId]))
}

/**
 * The post to which the work of this one goes: by name where a leave names somebody, else by the rule. It does not ask
 * whether the holder is away, so it serves a post that has ended too. Undefined when nobody is left, which
 * the rule allows only for those who hold no cases.
 */
export async function standInFor(
  tx: Tx,
  streetId: number,
  postId: string,
  at: Date,
): Promise<PostRow | undefined> {
  const today = dayOf(at)
  const absent = await findStandInPost(tx, streetId, postId)
  if (absent === undefined) return undefined
  const [leave] = await openLeaves(tx, streetId, today, [postId])
  const named = leave !== undefined && leave.fromDay <= today ? leave.namedPostId : null
  const candidates = await standInCandidates(tx, streetId, absent, named, today)
  const available = candidates.filter((one) => one.available)
  const [first] = orderStandIns(absent, available, named)
  return first === undefined ? undefined : findPost(tx, streetId, first)
}

/** Everybody who can come into question for a post, in order; those who are away today among them. */
export async function standInOrder(
  tx: Tx,
  streetId: number,
  postId: string,
  namedId: string | null,
  today: Day,
): Promise<string[]> {
  const absent = await findStandInPost(tx, streetId, postId)
  if (absent === undefined) return []
  return orderStandIns(absent, await standInCandidates(tx, streetId, absent, namedId, today), namedId)
}

/** Who is there to stand in has changed: leaves that run or are to come get their order anew. */
export async function refreshStandIns(tx: Tx, streetId: number, at: Date): Promise<void> {
  const today = dayOf(at)
  for (const leave of await openLeaves(tx, streetId, today)) {
    const order = await standInOrder(tx, streetId, leave.postId, leave.namedPostId, today)
    if (order.join() !== leave.standInPostIds.join()) await setStandIns(tx, streetId, leave.id, order)
  }
}

function findStandInPost(tx: Tx, streetId: number, postId: string): Promise<StandInPost | undefined> {
  return tx.maybe(sql<StandInPost>`select id, account_id as "accountId", role, area_path::text as "areaPath",
    organisation_id as "organisationId", lead, stand_in_for as "standInFor"
    from posts where street_id = ${streetId} and id = ${postId}`)
}
