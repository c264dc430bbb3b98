import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import type { DeliveryRow } from './notice-row.ts'
import { deliveriesOf, noticesAbout } from './notice-store.ts'
import { eventWords } from './notice-words.ts'
import { toldToOf } from './told-to.ts'

const deliveryView = (row: DeliveryRow) => ({
  port: row.port,
  state: row.state,
  tries: row.tries,
  reason: row.reason,
  at: (row.settled_at ?? row.tried_at ?? row.created_at).toISOString(),
})

/**
 * Who was told about a subject, when, and what became of it, oldest first, for a timeline. Within the caller's areas,
 * and what they were told themselves.
 */
export async function noticesOfSubject(
  tx: Tx,
  streetId: number,
  subjectId: string,
): Promise<contract.ToldView[]> {
  const notices = await noticesAbout(tx, streetId, subjectId)
  if (notices.length === 0) return []
  const deliveries = await deliveriesOf(
    tx,
    streetId,
    notices.map(({ id }) => id),
  )
  const toldTo = await toldToOf(tx, streetId)
  return notices.map((row) => ({
    id: row.id,
    event: row.event,
    words: eventWords(row),
    to: toldTo(row),
    at: row.created_at.toISOString(),
    inApp: row.account_id !== null,
    readAt: row.read_at?.toISOString() ?? null,
    deliveries: deliveries.filter((one) => one.notice_id === row.id).map(deliveryView),
  }))
}

export const listToldAbout = operation(contract.listToldAbout, async ({ tx, actor, params }) => ({
  items: await noticesOfSubject(tx, actor.streetId, params.id),
}))
