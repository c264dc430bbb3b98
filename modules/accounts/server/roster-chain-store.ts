/** All SQL on call chains and on gaps that were told. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { shippedHeadWait } from '../rules/roster-chain.ts'
import { type Desk, headIsThere } from './roster-store.ts'

export interface Chain {
  readonly headWaitMinutes: number
  readonly steps: readonly { readonly accountId: string; readonly waitMinutes: number }[]
}

export async function chainOfDesk(tx: Tx, streetId: number, deskId: string): Promise<Chain> {
  const rows = await tx.many(
    sql<{ accountId: string | null; waitMinutes: number }>`select account_id as "accountId",
      wait_minutes as "waitMinutes" from call_chains where street_id = ${streetId} and desk_area_id = ${deskId}
      order by position`,
  )
  return {
    headWaitMinutes: rows.find(({ accountId }) => accountId === null)?.waitMinutes ?? shippedHeadWait,
    steps: rows.flatMap(({ accountId, waitMinutes }) =>
      accountId === null ? [] : [{ accountId, waitMinutes }],
    ),
  }
}

export async function replaceChain(
  tx: Tx,
  streetId: number,
  desk: Desk,
  chain: Chain,
  by: { at: Date; accountId: string },
): Promise<void> {
  // Two heads who save at once follow each other: the later chain is the one that holds.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`call chain ${streetId} ${desk.id}`}))`)
  await tx.run(sql`delete from call_chains where street_id = ${streetId} and desk_area_id = ${desk.id}`)
  const rows = [{ accountId: null, waitMinutes: chain.headWaitMinutes }, ...chain.steps].map(
    (step, position) => ({ ...step, position }),
  )
  await tx.run(sql`insert into call_chains (street_id, desk_area_id, position, desk_path, account_id, wait_minutes,
      changed_at, changed_by)
    select ${streetId}, ${desk.id}, c.position, ${desk.path}::ltree, c."accountId", c."waitMinutes", ${by.at}, ${by.accountId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) c(position integer, "accountId" uuid, "waitMinutes" integer)`)
}

export interface DeskGap {
  readonly deskId: string
  readonly deskPath: string
  readonly day: Day
  readonly kind: string
  readonly startsAt: Date
}

/** Writes gaps down that were not yet; gives back those. What was filled meanwhile is marked so. */
export async function noteGaps(
  tx: Tx,
  streetId: number,
  gaps: readonly DeskGap[],
  at: Date,
): Promise<DeskGap[]> {
  const rows = JSON.stringify(gaps)
  const shape = sql`jsonb_to_recordset(${rows}::jsonb) g("deskId" uuid, "deskPath" text, day date, kind text,
    "startsAt" timestamptz)`
  await tx.run(sql`update roster_gaps r set filled_at = ${at} where r.street_id = ${streetId} and r.filled_at is null
    and not exists (select from ${shape} where g."deskId" = r.desk_area_id and g.day = r.day and g.kind = r.kind)`)
  const fresh = await tx.many(
    sql<{
      deskId: string
      day: Day
      kind: string
    }>`insert into roster_gaps (street_id, desk_area_id, day, kind, found_at,
        desk_path, starts_at)
      select ${streetId}, g."deskId", g.day, g.kind, ${at}, g."deskPath"::ltree, g."startsAt" from ${shape}
      order by g."startsAt" on conflict do nothing returning desk_area_id as "deskId", day, kind`,
  )
  const key = (one: { deskId: string; day: Day; kind: string }) => `${one.deskId} ${one.day} ${one.kind}`
  const isFresh = new Set(fresh.map(key))
  return gaps.filter((gap) => isFresh.has(key(gap)))
}

/** Gaps that were told and are open, of these desks, in order of time. */
export function openGaps(tx: Tx, streetId: number, deskIds: readonly string[], at: Date): Promise<DeskGap[]> {
  return tx.many(sql<DeskGap>`select desk_area_id as "deskId", desk_path::text as "deskPath", day, kind,
      starts_at as "startsAt" from roster_gaps r
    where street_id = ${streetId} and filled_at is null and desk_area_id = any(${[...deskIds]}::uuid[])
      and not exists (select from duty_shifts d where d.street_id = r.street_id and d.desk_area_id = r.desk_area_id
        and d.day = r.day and d.kind = r.kind and ${headIsThere})
      and starts_at > ${new Date(at.getTime() - 86_400_000)}
    order by starts_at limit 20`)
}
