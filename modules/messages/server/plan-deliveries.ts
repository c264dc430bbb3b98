/** Decides by which ways new notices leave the system. Apart from the act, which only writes that somebody is told. */
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { portsOf } from '../rules/ports-of-notice.ts'
import { heldUntil } from '../rules/quiet-hours.ts'
import { chatEvents, quietHours, textEvents } from '../settings.ts'
import { addDeliveries, markPlanned, takeUnplanned } from './delivery-store.ts'

const batch = 500

/** Plans one batch; false when there was nothing to plan. */
export async function planDeliveries(call: JobCall, streetCode: string): Promise<boolean> {
  const { tx, at, actor, services } = call
  const notices = await takeUnplanned(tx, actor.streetId, batch)
  if (notices.length === 0) return false
  const settings = {
    textEvents: await readSetting(tx, actor.streetId, textEvents, at),
    chatEvents: await readSetting(tx, actor.streetId, chatEvents, at),
    hasChat: services.chat?.serves(streetCode) ?? false,
  }
  const quiet = await readSetting(tx, actor.streetId, quietHours, at)
  const deliveries = notices.flatMap((notice) =>
    portsOf(notice, settings).map((port) => ({
      id: call.newId(),
      notice_id: notice.id,
      port,
      // A group is told of an event once, however many of its people are told.
      once_key: port === 'chat' ? `${notice.event} ${notice.subject_id} ${notice.round}` : notice.id,
      area: notice.area,
      next_at: heldUntil(at, notice.urgency, quiet).toISOString(),
    })),
  )
  await addDeliveries(tx, actor.streetId, at, deliveries)
  await markPlanned(
    tx,
    actor.streetId,
    at,
    notices.map(({ id }) => id),
  )
  return true
}
