/** SQL of the inbox, of what was told about a subject, and of the calls. Row security stands behind every statement. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { DeliveryRow, NoticeRow } from './notice-row.ts'

export interface Place {
  at: string
  id: string
}

/** Newest first, those before the given place. */
export function inboxOf(
  tx: Tx,
  owner: { streetId: number; accountId: string },
  filter: { unread: boolean; before: Place | undefined; limit: number },
): Promise<NoticeRow[]> {
  const { unread, before, limit } = filter
  return tx.many(
    sql<NoticeRow>`select * from notices
      where street_id = ${owner.streetId} and account_id = ${owner.accountId}::uuid
        and (not ${unread}::boolean or read_at is null)
        and (${before?.at ?? null}::timestamptz is null
          or (created_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
      order by created_at desc, id desc limit ${limit}`,
  )
}

/** Counted no further than `most`. */
export async function countUnreadOf(
  tx: Tx,
  owner: { streetId: number; accountId: string },
  most: number,
): Promise<number> {
  const row = await tx.one(
    sql<{ count: number }>`select count(*) as count from (select 1 from notices
      where street_id = ${owner.streetId} and account_id = ${owner.accountId}::uuid and read_at is null limit ${most}) u`,
  )
  return row.count
}

/** Marks notices of this account; all of them when no ids are given. Returns how many were unread. */
export function markReadOf(
  tx: Tx,
  owner: { streetId: number; accountId: string },
  at: Date,
  ids: readonly string[] | undefined,
): Promise<number> {
  return tx.run(
    sql`update notices set read_at = ${at}
      where street_id = ${owner.streetId} and account_id = ${owner.accountId}::uuid and read_at is null
        and (${ids === undefined}::boolean or id = any(${[...(ids ?? [])]}::uuid[]))`,
  )
}

/** Oldest first. The caller sees those within their areas and their own. */
export function noticesAbout(tx: Tx, streetId: number, subjectId: string): Promise<NoticeRow[]> {
  return tx.many(
    sql<NoticeRow>`select * from notices where street_id = ${streetId} and subject_id = ${subjectId}
      order by created_at, id limit 500`,
  )
}

export function deliveriesOf(tx: Tx, streetId: number, noticeIds: readonly string[]): Promise<DeliveryRow[]> {
  return tx.many(
    sql<DeliveryRow>`select * from notice_deliveries
      where street_id = ${streetId} and notice_id = any(${[...noticeIds]}::uuid[]) order by created_at, id`,
  )
}

/** A call with the notice that it tells. */
export interface CallRow
  extends Pick<
      DeliveryRow,
      'id' | 'state' | 'reason' | 'tries' | 'created_at' | 'tried_at' | 'settled_at' | 'area'
    >,
    Pick<
      NoticeRow,
      'event' | 'reader' | 'account_id' | 'subject_type' | 'subject_id' | 'urgency' | 'facts'
    > {}

const callColumns = sql`d.id, d.state, d.reason, d.tries, d.created_at, d.tried_at, d.settled_at, d.area, n.event, n.reader,
  n.account_id, n.subject_type, n.subject_id, n.urgency, n.facts`

/** Open calls oldest first, settled ones newest first. Whoever has read the notice meanwhile needs no call. */
export function listCalls(
  tx: Tx,
  streetId: number,
  filter: { open: boolean; after: Place | undefined; limit: number },
): Promise<CallRow[]> {
  const { open, after, limit } = filter
  const [at, id] = [after?.at ?? null, after?.id ?? null]
  const place = open
    ? sql`(d.created_at, d.id) > (${at}::timestamptz, ${id}::uuid)`
    : sql`(d.created_at, d.id) < (${at}::timestamptz, ${id}::uuid)`
  const order = open ? sql`d.created_at, d.id` : sql`d.created_at desc, d.id desc`
  return tx.many(
    sql<CallRow>`select ${callColumns}
      from notice_deliveries d join notices n on n.street_id = d.street_id and n.id = d.notice_id
      where d.street_id = ${streetId} and d.port = 'phone'
        and (d.state in ('queued', 'failed')) = ${open}::boolean
        and (not ${open}::boolean or n.read_at is null)
        and (${at}::timestamptz is null or ${place})
      order by ${order} limit ${limit}`,
  )
}

/** The call, locked until the transaction ends; undefined outside the caller's areas. */
export async function lockCall(tx: Tx, streetId: number, id: string): Promise<CallRow | undefined> {
  return tx.maybe(
    sql<CallRow>`select ${callColumns}
      from notice_deliveries d join notices n on n.street_id = d.street_id and n.id = d.notice_id
      where d.street_id = ${streetId} and d.port = 'phone' and d.id = ${id} for update of d`,
  )
}

export async function settleCall(
  tx: Tx,
  streetId: number,
  id: string,
  set: Pick<CallRow, 'state' | 'tries' | 'reason' | 'settled_at'> & { at: Date; by: string },
): Promise<void> {
  await tx.run(
    sql`update notice_deliveries set state = ${set.state}, tries = ${set.tries}, reason = ${set.reason},
        tried_at = ${set.at}, settled_at = ${set.settled_at}, settled_by = ${set.by}
      where street_id = ${streetId} and id = ${id}`,
  )
}

/** What the gateway reports of a text that it took; 0 when there is no such text. A second report changes nothing. */
export function keepReceipt(
  tx: Tx,
  streetId: number,
  id: string,
  at: Date,
  arrived: boolean,
): Promise<number> {
  return tx.run(
    arrived
      ? sql`update notice_deliveries set state = 'delivered', settled_at = coalesce(settled_at, ${at})
          where street_id = ${streetId} and id = ${id} and port = 'text' and state in ('sent', 'delivered')`
      : sql`update notice_deliveries set state = 'failed', reason = 'refused'
          where street_id = ${streetId} and id = ${id} and port = 'text' and state = 'sent'`,
  )
}
