/** All SQL on posts. Ended ones stay: entries name them. */
import { sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { forgetPostIndex } from './post-index.ts'

export interface PostRow {
  id: string
  accountId: string
  role: Role
  areaId: string | null
  areaPath: string | null
  organisationId: string | null
  organisationCode: string | null
  organisationName: string | null
  fromDay: Day
  toDay: Day | null
  endedAt: Date | null
  standInFor: string | null
  lead: boolean
  /** Who holds the post that this one stands in for. */
  standInForAccountId: string | null
}

const selectPosts = sql`select p.id, p.account_id as "accountId", p.role, p.area_id as "areaId",
  p.area_path::text as "areaPath", p.organisation_id as "organisationId", o.code as "organisationCode",
  o.name as "organisationName", p.from_day as "fromDay", p.to_day as "toDay", p.ended_at as "endedAt",
  p.stand_in_for as "standInFor", p.lead, s.account_id as "standInForAccountId"
  from posts p
  left join organisations o on o.street_id = p.street_id and o.id = p.organisation_id
  left join posts s on s.street_id = p.street_id and s.id = p.stand_in_for`

export function findPost(tx: Tx, streetId: number, id: string): Promise<PostRow | undefined> {
  return tx.maybe(sql<PostRow>`${selectPosts} where p.street_id = ${streetId} and p.id = ${id}`)
}

/** Posts by id, in no order; ended ones too. */
export function postsById(tx: Tx, streetId: number, ids: readonly string[]): Promise<PostRow[]> {
  return tx.many(sql<PostRow>`${selectPosts} where p.street_id = ${streetId} and p.id = any(${ids}::uuid[])`)
}

/** Posts of these accounts that have not ended on `today`; later ones are included. */
export function postsOfAccounts(
  tx: Tx,
  streetId: number,
  accountIds: readonly string[],
  today: Day,
): Promise<PostRow[]> {
  return tx.many(sql<PostRow>`${selectPosts} where p.street_id = ${streetId} and p.account_id = any(${accountIds}::uuid[])
    and p.ended_at is null and (p.to_day is null or p.to_day >= ${today}) order by p.from_day, p.id`)
}

export interface PostFilter {
  areaId?: string | undefined
  organisationId?: string | undefined
  role?: Role | undefined
  accountId?: string | undefined
}

/** Posts in force on `today`, down the area tree and then by organisation, role and id. */
export function postsInOrder(tx: Tx, streetId: number, today: Day, filter: PostFilter): Promise<PostRow[]> {
  const { areaId = null, organisationId = null, role = null, accountId = null } = filter
  return tx.many(sql<PostRow>`${selectPosts} where p.street_id = ${streetId} and p.ended_at is null
    and p.from_day <= ${today} and (p.to_day is null or p.to_day >= ${today})
    and (${areaId}::uuid is null or p.area_id = ${areaId}::uuid)
    and (${organisationId}::uuid is null or p.organisation_id = ${organisationId}::uuid)
    and (${role}::text is null or p.role = ${role}::text)
    and (${accountId}::uuid is null or p.account_id = ${accountId}::uuid)
    order by p.area_path nulls last, o.code, p.role, p.id`)
}

/** Roles that an account holds on any day of a term, in all streets. */
export async function rolesOfAccount(tx: Tx, accountId: string, from: Day, to: Day | null): Promise<Role[]> {
  const row = await tx.one(
    sql<{ roles: Role[] }>`select roles_of_account(${accountId}, ${from}::date, ${to}::date) as roles`,
  )
  return row.roles
}

export async function endPostOn(tx: Tx, streetId: number, id: string, at: Date, today: Day): Promise<void> {
  // A post that would have begun later ends on its first day: a term never runs backwards.
  await tx.run(sql`update posts set ended_at = ${at}, to_day = greatest(from_day, ${today}::date)
    where street_id = ${streetId} and id = ${id} and ended_at is null`)
  forgetPostIndex(streetId)
}

export interface NewPost {
  id: string
  accountId: string
  role: Role
  area?: { id: string; path: string }
  organisationId?: string
  fromDay: Day
  toDay?: Day | null
  standInFor?: string | null
  /** The one lead among the members of a micro-grid. */
  lead?: boolean
}

/** Adds posts in one statement. The caller has checked roles and places. */
export async function insertPosts(tx: Tx, streetId: number, posts: readonly NewPost[]): Promise<void> {
  const rows = posts.map((post) => ({
    id: post.id,
    account_id: post.accountId,
    role: post.role,
    area_id: post.area?.id ?? null,
    area_path: post.area?.path ?? null,
    organisation_id: post.organisationId ?? null,
    from_day: post.fromDay,
    to_day: post.toDay ?? null,
    stand_in_for: post.standInFor ?? null,
    lead: post.lead ?? false,
  }))
  await tx.run(sql`insert into posts (street_id, id, account_id, role, area_id, area_path, organisation_id, from_day, to_day,
      stand_in_for, lead)
    select ${streetId}, id, account_id, role, area_id, area_path::ltree, organisation_id, from_day, to_day, stand_in_for, lead
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, account_id uuid, role text, area_id uuid,
      area_path text, organisation_id uuid, from_day date, to_day date, stand_in_for uuid, lead boolean)`)
  forgetPostIndex(streetId)
}
