/** 候补: a place that became free is kept for whoever waits longest; unanswered in time it goes to the next. */
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import type { TellCall } from '../../messages/server/index.ts'
import { offerEnd } from '../rules/offer-end.ts'
import { offerHours } from '../settings.ts'
import { type ActivityRow, findActivity, lockShift, type ShiftRow } from './activity-store.ts'
import { countShift, lapseOffers, offerToFirst, shiftsWithLapsedOffers } from './sign-up-store.ts'
import { tellOffered } from './tell-volunteers.ts'

/**
 * Somebody's place is free: offered on, or simply free where nobody waits or the shift began. The caller holds the shift
 * and reaches the street. @returns whether somebody was offered it
 */
export async function passOn(
  call: TellCall,
  shift: ShiftRow,
  activity: Pick<ActivityRow, 'id' | 'area' | 'state'>,
): Promise<boolean> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const until = offerEnd(at, shift.starts_at, await readSetting(tx, streetId, offerHours, at))
  const next =
    until && activity.state === 'open' ? await offerToFirst(tx, streetId, shift.id, until) : undefined
  // An offered place stays taken: nobody who presses "sign up" meanwhile gets it.
  await countShift(tx, streetId, shift.id, next ? 0 : -1, next ? -1 : 0)
  if (!next || !until) return false
  const place = {
    activityId: activity.id,
    area: activity.area,
    shiftId: shift.id,
    startsAt: shift.starts_at,
    until,
  }
  tellOffered(call, place, { id: next.person_id, account_id: next.account_id })
  return true
}

/** Every ten minutes: offers that nobody answered go on. Done twice it does nothing more. */
export async function passOffers(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const { streetId } = actor
  for (const { id } of await shiftsWithLapsedOffers(tx, streetId, at)) {
    const shift = await lockShift(tx, streetId, id)
    const activity = shift && (await findActivity(tx, streetId, shift.activity_id))
    if (!shift || !activity) continue
    const lapsed = await lapseOffers(tx, streetId, id, at)
    let offered = 0
    for (let place = 0; place < lapsed; place++) if (await passOn(call, shift, activity)) offered += 1
    call.audit({ subjectType: 'activity', subjectId: activity.id, detail: { shift: id, lapsed, offered } })
  }
}
