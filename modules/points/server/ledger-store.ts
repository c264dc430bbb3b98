/** The functions of the ledger in the database (migration 0016); all SQL of accounts and transfers stands here. */
import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { PointsRefusal } from '../contract.ts'
import type { AccountKind, Unit } from '../ledger-words.ts'

export interface AccountKey {
  readonly kind: AccountKind
  readonly unit: Unit
  /** The person, the organisation or the area that the account is of. */
  readonly holderId: string
  /** ltree path of the community that keeps it; the street's own for what belongs to the whole street. */
  readonly area: string
  /** Whose staff may look at it. */
  readonly organisationId?: string | undefined
}

/** Codes that the database raises, as refusals that a person reads. What is missing here is a fault. */
const refusalOf: Readonly<Record<string, PointsRefusal>> = {
  LP001: 'points/too-little',
  LP003: 'points/transfer-reused',
  LP005: 'points/stopped',
  LP006: 'points/settled-otherwise',
}

async function asked<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = refusalOf[String((error as { code?: unknown }).code)]
    if (code) throw new Refusal(code)
    throw error
  }
}

/** The account's id; opened when there is none. */
export async function openAccount(tx: Tx, key: AccountKey, at: Date): Promise<string> {
  const asks = {
    id: newId(at.getTime()),
    kind: key.kind,
    unit: key.unit,
    holder: key.holderId,
    area: key.area,
    organisation: key.organisationId ?? null,
    at: at.toISOString(),
  }
  return (await tx.one(sql<{ id: string }>`select ledger_open(${JSON.stringify(asks)}::jsonb) as id`)).id
}

export interface Line {
  readonly accountId: string
  /** What comes to the account; negative for what leaves it. Whole points, minutes or fen. */
  readonly amount: number
}

export interface NewTransfer {
  /** From whoever makes it: the same id again is the same transfer, once. */
  readonly id: string
  readonly cause: string
  readonly lines: readonly Line[]
  readonly subject?: { readonly type: string; readonly id: string } | undefined
  /** The transfer that this one takes back. */
  readonly reverses?: string | undefined
  readonly by: string
  readonly postId?: string | null | undefined
  readonly at: Date
}

export type Posted = 'posted' | 'pending' | 'again'

/** One call of the database: everything or nothing. */
export async function writeTransfer(tx: Tx, one: NewTransfer, pending: boolean): Promise<Posted> {
  const asks = {
    id: one.id,
    cause: one.cause,
    pending,
    lines: one.lines.map(({ accountId, amount }) => [accountId, amount]),
    subjectType: one.subject?.type ?? null,
    subjectId: one.subject?.id ?? null,
    reverses: one.reverses ?? null,
    by: one.by,
    post: one.postId ?? null,
    at: one.at.toISOString(),
  }
  const row = await asked(
    tx.one(sql<{ result: Posted }>`select ledger_post(${JSON.stringify(asks)}::jsonb) as result`),
  )
  return row.result
}

export interface Settlement {
  readonly id: string
  readonly by: string
  readonly postId?: string | null | undefined
  readonly at: Date
}

export async function writeSettlement(
  tx: Tx,
  one: Settlement,
  outcome: 'posted' | 'voided',
): Promise<'posted' | 'voided' | 'again'> {
  const asks = {
    id: one.id,
    outcome,
    by: one.by,
    post: one.postId ?? null,
    at: one.at.toISOString(),
  }
  const row = await asked(
    tx.one(
      sql<{
        result: 'posted' | 'voided' | 'again'
      }>`select ledger_settle(${JSON.stringify(asks)}::jsonb) as result`,
    ),
  )
  return row.result
}

export interface Balance {
  /** The sum of the posted entries. */
  readonly posted: number
  /** Of that, held back by pending transfers. */
  readonly held: number
  /** What can be spent now. */
  readonly available: number
}

/** Balances of accounts within the caller's scope; what is out of sight is left out. */
export async function balancesOf(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Balance>> {
  if (accountIds.length === 0) return new Map()
  const rows = await tx.many(
    sql<{ account_id: string; posted: number; held: number }>`
      select account_id, posted, held from ledger_sums(${[...accountIds]}::uuid[])`,
  )
  return new Map(
    rows.map(({ account_id, posted, held }) => [account_id, { posted, held, available: posted - held }]),
  )
}

export interface EntryRow {
  readonly transfer_id: string
  readonly line: number
  readonly amount: number
  readonly at: Date
  readonly cause: string
  readonly subject_type: string | null
  readonly subject_id: string | null
  readonly reverses: string | null
  readonly reversed: boolean
}

/** Newest first. `before` is the last one of the page before. */
export function entriesOf(
  tx: Tx,
  accountId: string,
  before: { at: string; id: string } | undefined,
  limit: number,
): Promise<EntryRow[]> {
  return tx.many(
    sql<EntryRow>`select transfer_id, line, amount, at, cause, subject_type, subject_id, reverses, reversed
      from ledger_entries_of(${accountId}, ${before?.at ?? null}, ${before?.id ?? null}, ${limit})`,
  )
}

export interface AccountRow {
  readonly id: string
  readonly kind: AccountKind
  readonly unit: Unit
  readonly holder_id: string
  readonly area: string
  readonly organisation_id: string | null
  readonly number: string | null
  readonly opened_at: Date
}

const columns = sql`id, kind, unit, holder_id, area::text as area, organisation_id, number, opened_at`

export function findAccount(tx: Tx, streetId: number, id: string): Promise<AccountRow | undefined> {
  return tx.maybe(
    sql<AccountRow>`select ${columns} from ledger_accounts where street_id = ${streetId} and id = ${id}`,
  )
}

/** What these holders have, in every unit. */
export function accountsOf(tx: Tx, streetId: number, holderIds: readonly string[]): Promise<AccountRow[]> {
  return tx.many(
    sql<AccountRow>`select ${columns} from ledger_accounts
      where street_id = ${streetId} and holder_id = any(${[...holderIds]}::uuid[]) order by kind, unit, id`,
  )
}

export function accountsByIds(tx: Tx, streetId: number, ids: readonly string[]): Promise<AccountRow[]> {
  return tx.many(
    sql<AccountRow>`select ${columns} from ledger_accounts where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )
}

export interface AccountFilter {
  readonly kind?: AccountKind | undefined
  readonly unit?: Unit | undefined
  /** Ids of a community and what lies under it would be many: its path, matched as a whole label. */
  readonly areaPath?: string | undefined
  readonly number?: string | undefined
  readonly afterId?: string | undefined
}

export function accountsPage(
  tx: Tx,
  streetId: number,
  filter: AccountFilter,
  limit: number,
): Promise<AccountRow[]> {
  const { kind, unit, areaPath, number, afterId } = filter
  return tx.many(
    sql<AccountRow>`select ${columns} from ledger_accounts
      where street_id = ${streetId}
        ${kind ? sql`and kind = ${kind}` : sql``} ${unit ? sql`and unit = ${unit}` : sql``}
        ${areaPath ? sql`and area = ${areaPath}::ltree` : sql``} ${number ? sql`and number = ${number}` : sql``}
        ${afterId ? sql`and id > ${afterId}` : sql``}
      order by id limit ${limit}`,
  )
}

/** Folds what came to accounts; returns how many accounts it folded. */
export async function foldBalances(tx: Tx, accounts: number): Promise<number> {
  return (await tx.one(sql<{ folded: number }>`select ledger_fold(${accounts}) as folded`)).folded
}

export interface Difference {
  readonly what: string
  readonly id: string
  readonly wanted: number
  readonly found: number
}

/** The ledger of the street held against itself, and nothing kept of it. */
export async function ledgerDifferences(tx: Tx): Promise<readonly Difference[]> {
  return (await tx.one(sql<{ found: Difference[] }>`select ledger_differences() as found`)).found
}

/** Holds the ledger against itself and keeps what came of it. */
export async function keepCheck(
  tx: Tx,
  id: string,
  at: Date,
  more: readonly Difference[] = [],
): Promise<readonly Difference[]> {
  const row = await tx.one(
    sql<{
      found: Difference[]
    }>`select ledger_keep_check(${id}, ${at}, ${JSON.stringify(more)}::jsonb) as found`,
  )
  return row.found
}

export interface CheckRow {
  readonly at: Date
  readonly transfers: number
  readonly differences: readonly Difference[]
}

export function newestCheck(tx: Tx, streetId: number): Promise<CheckRow | undefined> {
  return tx.maybe(
    sql<CheckRow>`select at, transfers, differences from ledger_checks where street_id = ${streetId}
      order by at desc, id desc limit 1`,
  )
}

/** The database stops whoever spends from a bounded account; vouchers are asked here. @throws Refusal points/stopped */
export async function refuseWhileStopped(tx: Tx, streetId: number): Promise<void> {
  if (((await newestCheck(tx, streetId))?.differences.length ?? 0) > 0) throw new Refusal('points/stopped')
}

export interface TotalRow {
  readonly kind: AccountKind
  readonly unit: Unit
  readonly area: string
  readonly accounts: number
  readonly amount: number
}

/** Sums of the accounts within the caller's scope. */
export function ledgerTotals(tx: Tx): Promise<TotalRow[]> {
  return tx.many(sql<TotalRow>`select kind, unit, area::text as area, accounts, amount from ledger_totals()`)
}

export interface StandingRow {
  readonly account_id: string
  readonly kind: 'person' | 'organisation'
  readonly holder_id: string
  readonly amount: number
}

/** What people and organisations of an area had before an instant, from the entries alone, ordered by account. */
export function standingAt(tx: Tx, area: string, unit: Unit, before: Date): Promise<StandingRow[]> {
  return tx.many(
    sql<StandingRow>`select account_id, kind, holder_id, amount from ledger_standing_at(${area}::ltree, ${unit}, ${before})`,
  )
}

/** What people and organisations of an area had when a year ended, and what of it was spent or held until an instant. */
export async function yearStanding(
  tx: Tx,
  area: string,
  end: Date,
  counted: Date,
): Promise<{ accountId: string; standing: number; gone: number }[]> {
  return tx.many(
    sql<{ accountId: string; standing: number; gone: number }>`
      select account_id as "accountId", standing, gone from ledger_year_standing(${area}::ltree, ${end}, ${counted})`,
  )
}
