/** All SQL of keys and things that post holders keep. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { KeptAct } from '../contract.ts'

export interface KeptRow {
  readonly id: string
  readonly what: string
  readonly buildingId: string | null
  readonly place: string
  readonly area: string
  readonly postId: string
  readonly accountId: string
  readonly since: Date
  readonly endedAt: Date | null
}

const columns = sql`id, what, building_id as "buildingId", place, area::text as area, post_id as "postId",
  account_id as "accountId", since, ended_at as "endedAt"`

/** Of one post, or of all in sight; longest held first. */
export function keptItems(tx: Tx, streetId: number, postId: string | null): Promise<KeptRow[]> {
  return tx.many(sql<KeptRow>`select ${columns} from kept_items where street_id = ${streetId} and ended_at is null
    and (${postId}::uuid is null or post_id = ${postId}::uuid) order by since, id limit 500`)
}

/** Held until the end of the transaction, so that one key is not handed to two. */
export function lockKeptItem(tx: Tx, streetId: number, id: string): Promise<KeptRow | undefined> {
  return tx.maybe(sql<KeptRow>`select ${columns} from kept_items
    where street_id = ${streetId} and id = ${id} and ended_at is null for update`)
}

export interface KeptEntryRow {
  readonly itemId: string
  readonly at: Date
  readonly act: KeptAct
  readonly byAccount: string
  readonly accountId: string
  readonly place: string
}

export function keptEntries(tx: Tx, streetId: number, itemIds: readonly string[]): Promise<KeptEntryRow[]> {
  return tx.many(sql<KeptEntryRow>`select item_id as "itemId", at, act, by_account as "byAccount",
      account_id as "accountId", place
    from kept_item_entries where street_id = ${streetId} and item_id = any(${itemIds}::uuid[]) order by at, id`)
}

export interface KeptEntry {
  readonly id: string
  readonly act: KeptAct
  readonly by: string
  readonly at: Date
}

export async function insertKeptItem(
  tx: Tx,
  streetId: number,
  row: Omit<KeptRow, 'since' | 'endedAt'>,
  entry: KeptEntry,
): Promise<void> {
  await tx.run(sql`insert into kept_items (street_id, id, what, building_id, place, area, post_id, account_id, handed_by,
      since)
    values (${streetId}, ${row.id}, ${row.what}, ${row.buildingId}, ${row.place}, ${row.area}::ltree, ${row.postId},
      ${row.accountId}, ${entry.by}, ${entry.at})`)
  await addEntry(tx, streetId, row, entry)
}

/** Whose it is from now on, and where. */
export async function handItem(
  tx: Tx,
  streetId: number,
  row: Omit<KeptRow, 'since' | 'endedAt'>,
  entry: KeptEntry,
): Promise<void> {
  await tx.run(sql`update kept_items set place = ${row.place}, post_id = ${row.postId}, account_id = ${row.accountId},
      handed_by = ${entry.by}, since = ${entry.at}
    where street_id = ${streetId} and id = ${row.id}`)
  await addEntry(tx, streetId, row, entry)
}

export async function endItem(tx: Tx, streetId: number, row: KeptRow, entry: KeptEntry): Promise<void> {
  await tx.run(sql`update kept_items set ended_at = ${entry.at}, handed_by = ${entry.by}
    where street_id = ${streetId} and id = ${row.id}`)
  await addEntry(tx, streetId, row, entry)
}

async function addEntry(
  tx: Tx,
  streetId: number,
  row: Pick<KeptRow, 'id' | 'area' | 'accountId' | 'postId' | 'place'>,
  { id, act, by, at }: KeptEntry,
): Promise<void> {
  await tx.run(sql`insert into kept_item_entries (street_id, id, item_id, area, act, by_account, account_id, post_id,
      place, at)
    values (${streetId}, ${id}, ${row.id}, ${row.area}::ltree, ${act}, ${by}, ${row.accountId}, ${row.postId},
      ${row.place}, ${at})`)
}
