/** All SQL on leaves 请假 and who stands in. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { StandInPost } from '../rules/stand-in-order.ts'

export interface LeaveRow {
  id: string
  postId: string
  fromDay: Day
  toDay: Day
  /** The post whose holder was named. */
  namedPostId: string | null
  /** Who stands in, the first who can first. */
  standInPostIds: string[]
  endedAt: Date | null
}

const selectLeaves = sql`select l.id, l.post_id as "postId", l.from_day as "fromDay", l.to_day as "toDay",
  l.stand_in_named as "namedPostId", l.stand_in_post_ids as "standInPostIds", l.ended_at as "endedAt"
  from post_absences l`

export function findLeave(tx: Tx, streetId: number, id: string): Promise<LeaveRow | undefined> {
  return tx.maybe(sql<LeaveRow>`${selectLeaves} where l.street_id = ${streetId} and l.id = ${id}`)
}

/** Leaves that run on `today` or are to come, by their first day. Without posts: all of the street. */
export function openLeaves(
  tx: Tx,
  streetId: number,
  today: Day,
  postIds: readonly string[] | null = null,
): Promise<LeaveRow[]> {
  return tx.many(sql<LeaveRow>`${selectLeaves} where l.street_id = ${streetId} and l.ended_at is null
    and l.to_day >= ${today} and (${postIds}::uuid[] is null or l.post_id = any(${postIds}::uuid[]))
    order by l.from_day, l.id`)
}

/** Locks the post until the end of the transaction, so that two leaves of it see each other. */
export async function lockPost(tx: Tx, streetId: number, postId: string): Promise<void> {
  await tx.run(sql`select 1 from posts where street_id = ${streetId} and id = ${postId} for update`)
}

/** Whether the holder of a post is away on any of these days. */
export async function isAway(
  tx: Tx,
  streetId: number,
  postId: string,
  days: { from: Day; to: Day },
): Promise<boolean> {
  const found =
    await tx.maybe(sql`select 1 from post_absences where street_id = ${streetId} and post_id = ${postId}
    and ended_at is null and from_day <= ${days.to} and to_day >= ${days.from} limit 1`)
  return found !== undefined
}

export interface NewLeave {
  id: string
  postId: string
  fromDay: Day
  toDay: Day
  namedPostId: string | null
  standInPostIds: readonly string[]
  setBy: string
  at: Date
}

/** False when the id is taken. */
export async function insertLeave(tx: Tx, streetId: number, leave: NewLeave): Promise<boolean> {
  const added = await tx.run(sql`insert into post_absences
      (street_id, id, post_id, from_day, to_day, stand_in_named, stand_in_post_ids, set_by, set_at)
    values (${streetId}, ${leave.id}, ${leave.postId}, ${leave.fromDay}, ${leave.toDay}, ${leave.namedPostId},
      ${[...leave.standInPostIds]}::uuid[], ${leave.setBy}, ${leave.at}) on conflict do nothing`)
  return added === 1
}

export async function endLeaveAt(
  tx: Tx,
  streetId: number,
  id: string,
  at: Date,
  accountId: string,
): Promise<void> {
  await tx.run(sql`update post_absences set ended_at = ${at}, ended_by = ${accountId}
    where street_id = ${streetId} and id = ${id} and ended_at is null`)
}

export async function setStandIns(
  tx: Tx,
  streetId: number,
  id: string,
  postIds: readonly string[],
): Promise<void> {
  await tx.run(sql`update post_absences set stand_in_post_ids = ${[...postIds]}::uuid[]
    where street_id = ${streetId} and id = ${id}`)
}

export interface Candidate extends StandInPost {
  /** In force on the day, the account open, and not away. */
  available: boolean
}

/** Posts that could come into question for standing in: over the same place, in the same organisation, or named. */
export function standInCandidates(
  tx: Tx,
  streetId: number,
  absent: StandInPost,
  namedId: string | null,
  today: Day,
): Promise<Candidate[]> {
  return tx.many(sql<Candidate>`select p.id, p.account_id as "accountId", p.role, p.area_path::text as "areaPath",
      p.organisation_id as "organisationId", p.lead, p.stand_in_for as "standInFor",
      p.from_day <= ${today} and a.disabled_at is null and not exists (select 1 from post_absences x
        where x.street_id = p.street_id and x.post_id = p.id and x.ended_at is null
          and x.from_day <= ${today} and x.to_day >= ${today}) as available
    from posts p join accounts a on a.id = p.account_id
    where p.street_id = ${streetId} and p.ended_at is null and (p.to_day is null or p.to_day >= ${today})
      and (p.id = ${namedId}::uuid or p.stand_in_for = ${absent.id}::uuid or p.role in ('dispatcher', 'duty-head')
        or p.organisation_id = ${absent.organisationId}::uuid or p.area_path @> ${absent.areaPath}::ltree)`)
}

export interface StandsIn {
  leaveId: string
  postId: string
  accountId: string
}

/** Who acts in each of these leaves: today, or on the first day of one to come. Leaves that nobody can fill are left out. */
export function standsInFor(
  tx: Tx,
  streetId: number,
  leaveIds: readonly string[],
  today: Day,
): Promise<StandsIn[]> {
  return tx.many(sql<StandsIn>`select distinct on (l.id) l.id as "leaveId", c.id as "postId", c.account_id as "accountId"
    from post_absences l cross join lateral unnest(l.stand_in_post_ids) with ordinality as o(id, place)
      join posts c on c.street_id = l.street_id and c.id = o.id
      join accounts a on a.id = c.account_id
      cross join lateral (select greatest(${today}::date, l.from_day) as day) as first
    where l.street_id = ${streetId} and l.id = any(${leaveIds}::uuid[])
      and c.ended_at is null and c.from_day <= first.day and (c.to_day is null or c.to_day >= first.day)
      and a.disabled_at is null
      and not exists (select 1 from post_absences x where x.street_id = c.street_id and x.post_id = c.id
        and x.ended_at is null and x.from_day <= first.day and x.to_day >= first.day)
    order by l.id, o.place`)
}

/** Posts away today with the post whose holder acts for each; null where nobody can. */
export function postsAwayOn(
  tx: Tx,
  streetId: number,
  today: Day,
): Promise<{ postId: string; toDay: Day; standInPostId: string | null }[]> {
  return tx.many(
    sql<{
      postId: string
      toDay: Day
      standInPostId: string | null
    }>`select l.post_id as "postId", l.to_day as "toDay",
        stand_in_of(l.street_id, l.post_id, ${today}::date) as "standInPostId"
      from post_absences l where l.street_id = ${streetId} and l.ended_at is null
        and l.from_day <= ${today} and l.to_day >= ${today} order by l.post_id`,
  )
}
