/** SQL of hand-overs: what a post holds, and what passed. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { CaseRow } from './case-row.ts'

const open = sql`state in ('assigned', 'in-progress', 'result-submitted')`

/** Open work of posts that ended before this day or were ended, locked; another turn takes what this one leaves. */
export function lockWorkOfEndedPosts(
  tx: Tx,
  streetId: number,
  today: string,
  limit: number,
): Promise<CaseRow[]> {
  return tx.many(sql<CaseRow>`select c.* from cases c
    join posts p on p.street_id = c.street_id and p.id = c.holder_post_id
    where c.street_id = ${streetId} and c.holder_account_id is not null and c.${open}
      and (p.ended_at is not null or p.to_day < ${today}::date)
    order by c.id limit ${limit} for update of c skip locked`)
}

/** What a post holds of what the caller sees, first due first. */
export function workOfPost(tx: Tx, streetId: number, postId: string, limit: number): Promise<CaseRow[]> {
  return tx.many(sql<CaseRow>`select * from cases
    where street_id = ${streetId} and holder_post_id = ${postId} and ${open}
    order by due_at nulls last, id limit ${limit}`)
}

export interface HandOverRow {
  id: string
  at: Date
  case_id: string
  from_post_id: string
  to_post_id: string | null
}

export interface NewHandOver extends HandOverRow {
  area: string
  organisation_id: string | null
}

export async function addHandOvers(tx: Tx, streetId: number, rows: readonly NewHandOver[]): Promise<void> {
  await tx.run(sql`insert into case_hand_overs
      (street_id, id, case_id, at, area, organisation_id, from_post_id, to_post_id)
    select ${streetId}::int, r.id, r.case_id, r.at, r.area::ltree, r.organisation_id, r.from_post_id, r.to_post_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, case_id uuid, at timestamptz, area text,
      organisation_id uuid, from_post_id uuid, to_post_id uuid)`)
}

/** Newest first, after the key of the last row seen. */
export function handOversAfter(
  tx: Tx,
  streetId: number,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<HandOverRow[]> {
  const older = after === undefined ? sql`true` : sql`(at, id) < (${after.at}, ${after.id}::uuid)`
  return tx.many(sql<HandOverRow>`select id, at, case_id, from_post_id, to_post_id from case_hand_overs
    where street_id = ${streetId} and ${older} order by at desc, id desc limit ${limit}`)
}
