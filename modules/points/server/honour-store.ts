/** Rows of honours, and what was earned in a year; all SQL of them stands here. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface HonourRow {
  readonly id: string
  readonly area: string
  readonly year: number
  readonly account_id: string
  readonly kind: 'person' | 'organisation'
  readonly organisation_id: string | null
  readonly points: number
  readonly number: string
  readonly given_at: Date
  readonly revoked_at: Date | null
  readonly revoked_reason: string | null
}

const rows = (where: RawBuilder<unknown>) => sql<HonourRow>`
  select id, area::text as area, year, account_id, kind, organisation_id, points, number, given_at, revoked_at, revoked_reason
  from point_honours where ${where}`

export const honoursOf = (tx: Tx, streetId: number, area: string, year: number): Promise<HonourRow[]> =>
  tx.many(
    sql<HonourRow>`${rows(sql`street_id = ${streetId} and area = ${area}::ltree and year = ${year}`)} order by kind, points desc, id`,
  )

export const honoursOfAccount = (tx: Tx, streetId: number, accountId: string): Promise<HonourRow[]> =>
  tx.many(
    sql<HonourRow>`${rows(sql`street_id = ${streetId} and account_id = ${accountId} and revoked_at is null`)} order by year desc, id`,
  )

export const findHonour = (tx: Tx, streetId: number, id: string): Promise<HonourRow | undefined> =>
  tx.maybe(rows(sql`street_id = ${streetId} and id = ${id}`))

export const honourByNumber = (tx: Tx, streetId: number, number: string): Promise<HonourRow | undefined> =>
  tx.maybe(rows(sql`street_id = ${streetId} and number = ${number}`))

/** False when this account is honoured for that year already. */
export async function insertHonour(
  tx: Tx,
  streetId: number,
  requestId: string,
  row: Omit<HonourRow, 'given_at' | 'revoked_at' | 'revoked_reason'>,
  at: Date,
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into point_honours (street_id, id, area, year, account_id, kind, organisation_id, points, number, given_at, request_id)
      values (${streetId}, ${row.id}, ${row.area}::ltree, ${row.year}, ${row.account_id}, ${row.kind}, ${row.organisation_id},
        ${row.points}, ${row.number}, ${at}, ${requestId})
      on conflict (street_id, account_id, year) where revoked_at is null do nothing`,
  )
  return added > 0
}

export async function revokeHonour(
  tx: Tx,
  streetId: number,
  id: string,
  { at, reason }: { at: Date; reason: string },
): Promise<boolean> {
  return (
    (await tx.run(
      sql`update point_honours set revoked_at = ${at}, revoked_reason = ${reason}
        where street_id = ${streetId} and id = ${id} and revoked_at is null`,
    )) > 0
  )
}

export interface EarnedRow {
  readonly account_id: string
  readonly kind: 'person' | 'organisation'
  readonly points: number
}

/** Points earned on the days of a period, the most first; what was taken back is not in it, what was spent is. */
export const pointsEarned = (tx: Tx, area: string, from: Day, until: Day): Promise<EarnedRow[]> =>
  tx.many(
    sql<EarnedRow>`select account_id, kind, points from points_earned(${area}::ltree, ${from}::date, ${until}::date)`,
  )
