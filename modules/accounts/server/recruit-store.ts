/** Rows of calls for micro-grid members and of those who applied. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { ApplicationState, RecruitPool } from '../contract.ts'

export interface RecruitCallRow {
  readonly id: string
  readonly areaId: string
  readonly areaPath: string
  readonly title: string
  readonly words: string
  readonly opensOn: Day
  readonly closesOn: Day
  readonly termMonths: number
  readonly applied: number
  readonly chosen: number
  readonly inPost: number
}

const callRows = (streetId: number, id: string | null) => sql<RecruitCallRow>`
  select c.id, c.area_id as "areaId", c.area::text as "areaPath", c.title, c.words, c.opens_on as "opensOn",
    c.closes_on as "closesOn", c.term_months as "termMonths", n.applied, n.chosen, n."inPost"
  from recruit_calls c cross join lateral (select count(*) filter (where state = 'applied')::int as applied,
      count(*) filter (where state = 'chosen')::int as chosen, count(*) filter (where state = 'in-post')::int as "inPost"
    from recruit_applications a where a.street_id = c.street_id and a.call_id = c.id) n
  where c.street_id = ${streetId} and (${id}::uuid is null or c.id = ${id}::uuid)
  order by c.opens_on desc, c.id desc limit 100`

export const recruitCalls = (tx: Tx, streetId: number): Promise<RecruitCallRow[]> =>
  tx.many(callRows(streetId, null))
export const findRecruitCall = (tx: Tx, streetId: number, id: string): Promise<RecruitCallRow | undefined> =>
  tx.maybe(callRows(streetId, id))

export interface NewRecruitCall {
  readonly id: string
  readonly area: { readonly id: string; readonly path: string }
  readonly title: string
  readonly words: string
  readonly opensOn: Day
  readonly closesOn: Day
  readonly termMonths: number
}

export async function insertRecruitCall(
  tx: Tx,
  streetId: number,
  one: NewRecruitCall,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into recruit_calls (street_id, id, area_id, area, title, words, opens_on, closes_on, term_months,
        created_at, created_by)
      values (${streetId}, ${one.id}, ${one.area.id}, ${one.area.path}::ltree, ${one.title}, ${one.words},
        ${one.opensOn}, ${one.closesOn}, ${one.termMonths}, ${at}, ${by})`,
  )
}

export interface ApplicationRow {
  readonly id: string
  readonly callId: string
  readonly accountId: string
  readonly areaId: string
  readonly areaPath: string
  readonly pool: RecruitPool
  readonly words: string
  readonly state: ApplicationState
  readonly reason: string | null
}

const applicationColumns = sql`id, call_id as "callId", account_id as "accountId", area_id as "areaId",
  area::text as "areaPath", pool, words, state, reason`

export function applicationsOf(tx: Tx, streetId: number, callId: string): Promise<ApplicationRow[]> {
  return tx.many(
    sql<ApplicationRow>`select ${applicationColumns} from recruit_applications
      where street_id = ${streetId} and call_id = ${callId} order by applied_at, id`,
  )
}

export function applicationsBy(tx: Tx, streetId: number, accountId: string): Promise<ApplicationRow[]> {
  return tx.many(
    sql<ApplicationRow>`select ${applicationColumns} from recruit_applications
      where street_id = ${streetId} and account_id = ${accountId}`,
  )
}

/** Held until the end of the transaction: it is settled once. */
export function lockApplication(tx: Tx, streetId: number, id: string): Promise<ApplicationRow | undefined> {
  return tx.maybe(
    sql<ApplicationRow>`select ${applicationColumns} from recruit_applications
      where street_id = ${streetId} and id = ${id} for update`,
  )
}

/** False when this person has applied to this call already. */
export async function insertApplication(
  tx: Tx,
  streetId: number,
  one: Omit<ApplicationRow, 'state' | 'reason'>,
  at: Date,
): Promise<boolean> {
  const rows = await tx.run(
    sql`insert into recruit_applications (street_id, id, call_id, account_id, area_id, area, pool, words, state, applied_at)
      values (${streetId}, ${one.id}, ${one.callId}, ${one.accountId}, ${one.areaId}, ${one.areaPath}::ltree, ${one.pool},
        ${one.words}, 'applied', ${at}) on conflict (street_id, call_id, account_id) do nothing`,
  )
  return rows > 0
}

export async function setApplication(
  tx: Tx,
  streetId: number,
  id: string,
  end: { readonly state: ApplicationState; readonly reason?: string | null; readonly postId?: string | null },
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`update recruit_applications set state = ${end.state}, reason = ${end.reason ?? null},
      post_id = ${end.postId ?? null}::uuid, settled_at = ${at}, settled_by = ${by}
      where street_id = ${streetId} and id = ${id}`,
  )
}

/** The posts of a micro-grid's leads in force on a day or later. */
export async function giveUpLead(tx: Tx, streetId: number, areaId: string): Promise<void> {
  await tx.run(
    sql`update posts set lead = false where street_id = ${streetId} and area_id = ${areaId} and lead and ended_at is null`,
  )
}
