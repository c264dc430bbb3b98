/** Rows of vouchers, their ends and returns, offline lists and what shops are owed; all SQL of them stands here. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface NewVoucher {
  readonly id: string
  readonly run_id: string
  readonly account_id: string
  readonly area: string
  readonly reserve_id: string
  readonly value_fen: number
  readonly serial: string
  readonly code_index: string
  readonly code_encrypted: string
  readonly expires_on: Day
  readonly replaces: string | null
}

export async function insertVouchers(
  tx: Tx,
  streetId: number,
  rows: readonly NewVoucher[],
  at: Date,
): Promise<void> {
  await tx.run(
    sql`insert into vouchers (street_id, id, run_id, account_id, area, reserve_id, value_fen, serial, code_index, code_encrypted,
        issued_at, expires_on, replaces)
      select ${streetId}, v.id, v.run_id, v.account_id, v.area::ltree, v.reserve_id, v.value_fen, v.serial, v.code_index,
        v.code_encrypted, ${at}, v.expires_on, v.replaces
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) v(id uuid, run_id uuid, account_id uuid, area text, reserve_id uuid,
        value_fen integer, serial text, code_index text, code_encrypted text, expires_on date, replaces uuid)`,
  )
}

export interface VoucherRow {
  readonly id: string
  readonly run_id: string
  readonly account_id: string
  readonly area: string
  readonly reserve_id: string
  readonly value_fen: number
  readonly serial: string
  readonly code_encrypted: string
  readonly expires_on: Day
  readonly how: 'spent' | 'expired' | null
  readonly ended_at: Date | null
  readonly shop_id: string | null
}

const columns = sql`v.id, v.run_id, v.account_id, v.area::text as area, v.reserve_id, v.value_fen, v.serial, v.code_encrypted, v.expires_on,
  e.how, e.at as ended_at, e.organisation_id as shop_id`
const withEnd = sql`vouchers v left join voucher_ends e on e.street_id = v.street_id and e.voucher_id = v.id`

export function voucherByIndex(tx: Tx, streetId: number, index: string): Promise<VoucherRow | undefined> {
  return tx.maybe(
    sql<VoucherRow>`select ${columns} from ${withEnd} where v.street_id = ${streetId} and v.code_index = ${index}`,
  )
}

export function vouchersOfRun(tx: Tx, streetId: number, runId: string): Promise<VoucherRow[]> {
  return tx.many(
    sql<VoucherRow>`select ${columns} from ${withEnd} where v.street_id = ${streetId} and v.run_id = ${runId} order by v.serial`,
  )
}

/** Good ones first, then the newest. */
export function vouchersOfAccount(tx: Tx, streetId: number, accountId: string): Promise<VoucherRow[]> {
  return tx.many(
    sql<VoucherRow>`select ${columns} from ${withEnd} where v.street_id = ${streetId} and v.account_id = ${accountId}
      order by e.voucher_id is not null, v.expires_on, v.serial limit 300`,
  )
}

/** All that are good on a day, for an offline list. */
export function goodVouchers(tx: Tx, streetId: number, on: Day): Promise<VoucherRow[]> {
  return tx.many(
    sql<VoucherRow>`select ${columns} from ${withEnd}
      where v.street_id = ${streetId} and e.voucher_id is null and v.expires_on >= ${on} order by v.id limit 20000`,
  )
}

export function expiredVouchers(tx: Tx, streetId: number, on: Day, limit: number): Promise<VoucherRow[]> {
  return tx.many(
    sql<VoucherRow>`select ${columns} from ${withEnd}
      where v.street_id = ${streetId} and e.voucher_id is null and v.expires_on < ${on} order by v.expires_on, v.id limit ${limit}`,
  )
}

export interface NewEnd {
  readonly voucherId: string
  readonly how: 'spent' | 'expired'
  readonly area: string
  readonly organisationId: string | null
  readonly valueFen: number
  readonly transferId: string
  readonly offlineId?: string | null
  readonly by: string
  readonly at: Date
}

/** False when it has an end already: of many at once the key lets one through. */
export async function endVoucher(tx: Tx, streetId: number, one: NewEnd): Promise<boolean> {
  const rows = await tx.run(
    sql`insert into voucher_ends (street_id, voucher_id, how, area, organisation_id, value_fen, transfer_id, offline_id, at, ended_by)
      values (${streetId}, ${one.voucherId}, ${one.how}, ${one.area}::ltree, ${one.organisationId}, ${one.valueFen},
        ${one.transferId}, ${one.offlineId ?? null}, ${one.at}, ${one.by})
      on conflict (street_id, voucher_id) do nothing`,
  )
  return rows > 0
}

export interface NewReturn {
  readonly voucherId: string
  readonly newVoucherId: string
  readonly area: string
  readonly organisationId: string
  readonly transferId: string
  readonly by: string
  readonly at: Date
}

export async function isReturned(tx: Tx, streetId: number, voucherId: string): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from voucher_returns where street_id = ${streetId} and voucher_id = ${voucherId}`,
  )
  return row !== undefined
}

export async function insertReturn(tx: Tx, streetId: number, one: NewReturn): Promise<void> {
  await tx.run(
    sql`insert into voucher_returns (street_id, voucher_id, new_voucher_id, area, organisation_id, transfer_id, at, returned_by)
      values (${streetId}, ${one.voucherId}, ${one.newVoucherId}, ${one.area}::ltree, ${one.organisationId}, ${one.transferId},
        ${one.at}, ${one.by})`,
  )
}

export interface OfflineRow {
  readonly id: string
  readonly organisation_id: string
  readonly salt: string
  readonly made_at: Date
  readonly until: Date
  readonly limit_fen: number
  /** What was taken by it so far. */
  readonly taken_fen: number
}

export async function insertOffline(
  tx: Tx,
  streetId: number,
  one: {
    id: string
    organisationId: string
    salt: string
    at: Date
    until: Date
    limitFen: number
    by: string
  },
): Promise<void> {
  await tx.run(
    sql`insert into offline_lists (street_id, id, organisation_id, salt, made_at, until, limit_fen, made_by)
      values (${streetId}, ${one.id}, ${one.organisationId}, ${one.salt}, ${one.at}, ${one.until}, ${one.limitFen}, ${one.by})`,
  )
}

/** One sender of a list at a time, or two could each use up its limit. */
export async function lockOffline(tx: Tx, streetId: number, id: string): Promise<OfflineRow | undefined> {
  await tx.many(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`)
  return tx.maybe(
    sql<OfflineRow>`select o.id, o.organisation_id, o.salt, o.made_at, o.until, o.limit_fen,
        (select coalesce(sum(e.value_fen), 0)::int from voucher_ends e where e.street_id = o.street_id and e.offline_id = o.id) as taken_fen
      from offline_lists o where o.street_id = ${streetId} and o.id = ${id}`,
  )
}

/** Differences between good vouchers and the accounts that stand for them. */
export async function voucherDifferences(
  tx: Tx,
): Promise<{ what: string; id: string; wanted: number; found: number }[]> {
  return (
    await tx.one(
      sql<{
        found: { what: string; id: string; wanted: number; found: number }[]
      }>`select voucher_differences() as found`,
    )
  ).found
}
