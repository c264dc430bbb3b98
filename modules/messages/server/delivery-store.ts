/** SQL of the deliver job: what is to be planned, what is due, and what became of it. Locked rows are another worker's. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { DeliveryReason, DeliveryState, Port } from '../notice-parts.ts'
import type { DeliveryRow, NoticeRow } from './notice-row.ts'

/** Notices whose ways were not decided yet, oldest first. */
export function takeUnplanned(tx: Tx, streetId: number, limit: number): Promise<NoticeRow[]> {
  return tx.many(
    sql<NoticeRow>`select n.* from notices n where n.street_id = ${streetId} and n.planned_at is null
      order by n.created_at, n.id limit ${limit} for update skip locked`,
  )
}

export interface NewDelivery {
  id: string
  notice_id: string
  port: Port
  once_key: string
  area: string
  next_at: string
  reason?: DeliveryReason
}

/** A way that is there already stays as it is: a group hears of one event once. */
export async function addDeliveries(
  tx: Tx,
  streetId: number,
  at: Date,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return
  await tx.run(
    sql`insert into notice_deliveries (street_id, id, notice_id, port, once_key, area, state, next_at, reason, created_at)
      select ${streetId}::int, d.id, d.notice_id, d.port, d.once_key, d.area::ltree, 'queued', d.next_at, d.reason, ${at}
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) d(id uuid, notice_id uuid, port text, once_key text,
        area text, next_at timestamptz, reason text)
      order by d.port, d.once_key
      on conflict do nothing`,
  )
}

export async function markPlanned(tx: Tx, streetId: number, at: Date, ids: readonly string[]): Promise<void> {
  await tx.run(
    sql`update notices set planned_at = ${at} where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )
}

/** A delivery that is due, with its notice. */
export interface DueDelivery
  extends Pick<DeliveryRow, 'id' | 'notice_id' | 'port' | 'state' | 'tries' | 'reason' | 'area'>,
    Pick<
      NoticeRow,
      'event' | 'reader' | 'account_id' | 'subject_type' | 'subject_id' | 'urgency' | 'facts' | 'read_at'
    > {}

export function takeDue(tx: Tx, streetId: number, at: Date, limit: number): Promise<DueDelivery[]> {
  return tx.many(
    sql<DueDelivery>`select d.id, d.notice_id, d.port, d.state, d.tries, d.reason, d.area, n.event, n.reader, n.account_id,
        n.subject_type, n.subject_id, n.urgency, n.facts, n.read_at
      from notice_deliveries d join notices n on n.street_id = d.street_id and n.id = d.notice_id
      where d.street_id = ${streetId} and d.state in ('queued', 'failed') and d.port <> 'phone' and d.next_at <= ${at}
      order by d.next_at, d.id limit ${limit} for update of d skip locked`,
  )
}

/** What one try came to. `tried` is false for one that was only put off. */
export interface Outcome {
  id: string
  state: DeliveryState
  tries: number
  next_at: string
  reason: DeliveryReason | null
  tried: boolean
}

export async function keepOutcomes(
  tx: Tx,
  streetId: number,
  at: Date,
  outcomes: readonly Outcome[],
): Promise<void> {
  await tx.run(
    sql`update notice_deliveries d set state = o.state, tries = o.tries, next_at = o.next_at, reason = o.reason,
        tried_at = case when o.tried then ${at} else d.tried_at end,
        settled_at = case when o.state = 'given-up' then ${at} else d.settled_at end
      from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) o(id uuid, state text, tries integer,
        next_at timestamptz, reason text, tried boolean)
      where d.street_id = ${streetId} and d.id = o.id`,
  )
}

export async function forgetNotices(tx: Tx, streetId: number, before: Date): Promise<void> {
  await tx.run(sql`delete from notices where street_id = ${streetId} and created_at < ${before}`)
}
