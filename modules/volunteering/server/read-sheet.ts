/** A paper sheet beside what was written down from it: whoever confirms looks at the paper, not at the rows alone. */
import { keptBytes } from '../../../platform/files-folder.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { checks, humansBehind, inStreet, isWithin, runs } from './acting.ts'
import { findActivity } from './activity-store.ts'
import { committeesOf } from './group-store.ts'
import { sessionsOfSheets } from './session-store.ts'
import { sessionViews } from './session-view.ts'
import { findSheet, sheetsOfActivity } from './sheet-store.ts'

export const listSheets = operation(contract.listSheets, async (call) => {
  const { tx, actor } = call
  const { streetId } = actor
  const activity = await findActivity(tx, streetId, call.params.id)
  if (!activity || !(runs(actor, activity.area) || checks(actor, activity.area)))
    throw new Refusal('volunteering/not-found')
  const sheets = await sheetsOfActivity(tx, streetId, activity.id)
  const views = await sessionViews(
    call,
    await sessionsOfSheets(
      tx,
      streetId,
      sheets.map(({ id }) => id),
    ),
  )
  call.audit({ subjectType: 'activity', subjectId: activity.id, detail: { sheets: sheets.length } })
  return {
    items: sheets.map((sheet) => ({
      id: sheet.id,
      recordedAt: sheet.recorded_at.toISOString(),
      isPhoto: sheet.media_type === 'image/jpeg',
      sessions: views.filter(({ sheetId }) => sheetId === sheet.id),
    })),
  }
})

/** It names everybody on the paper, so whoever was only served, or only served there, does not get it. */
export const getSheetPhoto = operation(contract.getSheetPhoto, async (call) => {
  const { tx, actor, services } = call
  const people = await humansBehind(call)
  const sheet = await inStreet(call, async () => {
    const found = await findSheet(tx, actor.streetId, call.params.id)
    if (!found) return undefined
    if (runs(actor, found.area) || checks(actor, found.area)) return found
    const committees = await committeesOf(tx, actor.streetId, [...people])
    return committees.some((area) => isWithin(found.area, area)) ? found : undefined
  })
  if (!sheet) throw new Refusal('volunteering/not-found')
  call.audit({ subjectType: 'activity', subjectId: sheet.activity_id, detail: { sheet: sheet.id } })
  const isPhoto = sheet.media_type === 'image/jpeg'
  call.sendAs({
    name: `纸质名单-${sheet.id.slice(-6)}.${isPhoto ? 'jpg' : 'pdf'}`,
    mediaType: sheet.media_type,
  })
  return keptBytes(services.filesFolder, sheet.sha256)
})
