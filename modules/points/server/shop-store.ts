/** All SQL on what a shop took, gave back and was paid, and on what came of a sponsor's gifts. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface ShopLine {
  /** Of the voucher, or of the payment. */
  readonly id: string
  readonly at: Date
  readonly what: 'spent' | 'returned' | 'paid'
  readonly serial: string | null
  readonly amount_fen: number
}

const lines = (streetId: number, shop: string) => sql`(
  select e.voucher_id as id, e.at, 'spent' as what, v.serial, e.value_fen::bigint as amount_fen from voucher_ends e
    left join vouchers v on v.street_id = e.street_id and v.id = e.voucher_id
    where e.street_id = ${streetId} and e.organisation_id = ${shop}
  union all
  select r.voucher_id, r.at, 'returned', v.serial, -v.value_fen::bigint from voucher_returns r
    join vouchers v on v.street_id = r.street_id and v.id = r.voucher_id
    where r.street_id = ${streetId} and r.organisation_id = ${shop}
  union all
  select p.id, p.paid_at, 'paid', null, -p.amount_fen from shop_payments p
    where p.street_id = ${streetId} and p.organisation_id = ${shop}) l`

/** The newest first; those after a line that was shown. */
export function shopPage(
  tx: Tx,
  streetId: number,
  shop: string,
  { before, limit }: { before: Pick<ShopLine, 'at' | 'id' | 'what'> | undefined; limit: number },
): Promise<ShopLine[]> {
  const older = before
    ? sql`where (l.at, l.id, l.what) < (${before.at}::timestamptz, ${before.id}::uuid, ${before.what}::text)`
    : sql``
  return tx.many(
    sql<ShopLine>`select id, at, what, serial, amount_fen from ${lines(streetId, shop)} ${older}
      order by at desc, id desc, what desc limit ${limit}`,
  )
}

/** Of a period, the oldest first: every line. */
export const shopLinesBetween = (
  tx: Tx,
  streetId: number,
  shop: string,
  { from, to }: { from: Date | null; to: Date | null },
): Promise<ShopLine[]> =>
  tx.many(
    sql<ShopLine>`select id, at, what, serial, amount_fen from ${lines(streetId, shop)}
      where (${from}::timestamptz is null or l.at >= ${from}) and (${to}::timestamptz is null or l.at < ${to})
      order by at, id, what`,
  )

export interface ShopSums {
  readonly spent_fen: number
  readonly returned_fen: number
  readonly paid_fen: number
  readonly today_fen: number
  readonly today_count: number
}

/** Of all lines; of today what was taken less what was given back. */
export const shopSums = (tx: Tx, streetId: number, shop: string, today: Date): Promise<ShopSums> =>
  tx.one(
    sql<ShopSums>`select coalesce(sum(amount_fen) filter (where what = 'spent'), 0)::bigint as spent_fen,
        coalesce(-sum(amount_fen) filter (where what = 'returned'), 0)::bigint as returned_fen,
        coalesce(-sum(amount_fen) filter (where what = 'paid'), 0)::bigint as paid_fen,
        coalesce(sum(amount_fen) filter (where what <> 'paid' and at >= ${today}), 0)::bigint as today_fen,
        count(*) filter (where what = 'spent' and at >= ${today})::int as today_count
      from ${lines(streetId, shop)}`,
  )

/** What was owed at an instant, from the lines alone. */
export async function owedAt(tx: Tx, streetId: number, shop: string, at: Date): Promise<number> {
  const row = await tx.one(
    sql<{
      fen: number
    }>`select coalesce(sum(amount_fen), 0)::bigint as fen from ${lines(streetId, shop)} where l.at < ${at}`,
  )
  return row.fen
}

/** Spent and not brought back. */
const spent = (streetId: number): RawBuilder<unknown> => sql`vouchers v
  join voucher_ends e on e.street_id = v.street_id and e.voucher_id = v.id and e.how = 'spent'
  where v.street_id = ${streetId} and not exists (select from voucher_returns r where r.street_id = v.street_id and r.voucher_id = v.id)`

export interface SponsorBenefit {
  readonly reserve_id: string
  readonly spent_fen: number
  readonly holders: number
}

/** By sponsor: what was spent, and by how many. Sums only. */
export const benefitsBySponsor = (tx: Tx, streetId: number): Promise<SponsorBenefit[]> =>
  tx.many(
    sql<SponsorBenefit>`select v.reserve_id, sum(v.value_fen)::bigint as spent_fen, count(distinct v.account_id)::int as holders
      from ${spent(streetId)} group by v.reserve_id`,
  )

export interface HolderBenefit {
  readonly kind: 'person' | 'organisation'
  readonly holder_id: string
  /** Path of the community that keeps the account. */
  readonly area: string
  readonly spent_fen: number
}

/** Of one sponsor, by holder: for sums of groups, and never shown by itself. */
export const benefitsByHolder = (tx: Tx, streetId: number, sponsor: string): Promise<HolderBenefit[]> =>
  tx.many(
    sql<HolderBenefit>`select a.kind, a.holder_id, a.area::text as area, s.spent_fen from (
        select v.account_id, sum(v.value_fen)::bigint as spent_fen from ${spent(streetId)} and v.reserve_id = ${sponsor}
        group by v.account_id) s
      join ledger_accounts a on a.street_id = ${streetId} and a.id = s.account_id order by a.id`,
  )

export const spentByShop = (
  tx: Tx,
  streetId: number,
  sponsor: string,
): Promise<{ organisation_id: string; spent_fen: number }[]> =>
  tx.many(
    sql<{
      organisation_id: string
      spent_fen: number
    }>`select e.organisation_id, sum(v.value_fen)::bigint as spent_fen
      from ${spent(streetId)} and v.reserve_id = ${sponsor} group by e.organisation_id order by 2 desc, 1`,
  )

/** Approved donations of a sponsor, the newest first. */
export const donationsOf = (
  tx: Tx,
  streetId: number,
  sponsor: string,
): Promise<{ received_on: Day; amount_fen: number; note: string }[]> =>
  tx.many(
    sql<{
      received_on: Day
      amount_fen: number
      note: string
    }>`select payload ->> 'receivedOn' as received_on, (payload ->> 'amountFen')::bigint as amount_fen, payload ->> 'note' as note
      from point_requests where street_id = ${streetId} and act = 'donation' and state = 'approved'
        and payload ->> 'organisationId' = ${sponsor}
      order by 1 desc, settled_at desc, id`,
  )
