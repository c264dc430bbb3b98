import { sql } from 'kysely'
import type { BodyOf } from '../../../lib/contract.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findPerson } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import type { VolunteeringRefusal } from '../refusals.ts'
import { type Acting, inStreet, isOverlap } from './acting.ts'
import { activityToRun } from './activities.ts'
import type { ActivityRow } from './activity-store.ts'
import { committeeAccounts } from './group-store.ts'
import { note, noticeEnd } from './on-site.ts'
import { insertSession } from './session-store.ts'
import { insertSheet } from './sheet-store.ts'
import { tellCommittee } from './tell-volunteers.ts'
import { findVolunteer } from './volunteer-store.ts'

type SheetRow = BodyOf<typeof contract.recordSheet>['rows'][number]
const longestMs = 24 * 3_600_000

/**
 * 补录: one photo of the sheet, all rows at once. A row that is not right is named and the others are kept; all stay
 * honour-only until somebody else confirms.
 */
export const recordSheet = operation(contract.recordSheet, async (call) => {
  const { tx, actor, at, body } = call
  const activity = await activityToRun(call, call.params.id)
  if (activity.state !== 'open') throw new Refusal('volunteering/not-found')
  const sheetId = call.newId()
  const sheet = {
    id: sheetId,
    area: activity.area,
    activityId: activity.id,
    photoId: body.photoId,
    rows: body.rows.length,
    by: actor.accountId,
    at,
  }
  if (!(await insertSheet(tx, actor.streetId, sheet))) throw new Refusal('volunteering/sheet-photo-missing')
  const items: { personId: string; sessionId: string | null; why: string | null }[] = []
  for (const row of body.rows) {
    const result = await keepRow(call, activity, sheetId, row)
    items.push({ personId: row.personId, ...result })
  }
  const kept = items.filter(({ sessionId }) => sessionId !== null).length
  if (kept > 0) {
    const accounts = await inStreet(call, () => committeeAccounts(tx, actor.streetId, activity.area))
    tellCommittee(call, { id: sheetId, area: activity.area, rows: kept }, accounts)
  }
  call.audit({
    subjectType: 'activity',
    subjectId: activity.id,
    detail: { kept, refused: items.length - kept },
  })
  return { items }
})

type RowResult = { sessionId: string; why: null } | { sessionId: null; why: VolunteeringRefusal }

async function keepRow(
  call: Acting,
  activity: ActivityRow,
  sheetId: string,
  row: SheetRow,
): Promise<RowResult> {
  const { tx, actor, at } = call
  const no = (why: VolunteeringRefusal): RowResult => ({ sessionId: null, why })
  const startedAt = new Date(row.startedAt)
  const endedAt = new Date(row.endedAt)
  const length = endedAt.getTime() - startedAt.getTime()
  if (length < 60_000 || length > longestMs || endedAt > at) return no('volunteering/times-wrong')
  const person = await findPerson(tx, actor.streetId, row.personId)
  if (!person) return no('volunteering/not-found')
  if (!(await findVolunteer(tx, actor.streetId, person.id))) return no('volunteering/not-a-volunteer')
  if (row.servedId !== undefined) {
    if (row.servedId === person.id) return no('volunteering/own-need')
    if (!(await findPerson(tx, actor.streetId, row.servedId))) return no('volunteering/not-found')
  }
  const id = call.newId()
  await tx.run(sql`savepoint one_row`)
  try {
    await insertSession(tx, actor.streetId, {
      id,
      area: activity.area,
      person,
      groupId: activity.group_id,
      activityId: activity.id,
      shiftId: null,
      needId: null,
      sheetId,
      servedId: row.servedId ?? null,
      source: 'by-hand',
      startedAt,
      endedAt,
      noticeUntil: await noticeEnd(call),
      by: actor.accountId,
      at,
    })
    await note(
      call,
      { id, area: activity.area, account_id: person.account_id },
      {
        kind: 'sheet',
        capacity: 'staff',
        byPerson: null,
      },
    )
    await tx.run(sql`release savepoint one_row`)
    return { sessionId: id, why: null }
  } catch (error) {
    if (!isOverlap(error)) throw error
    await tx.run(sql`rollback to savepoint one_row`)
    return no('volunteering/elsewhere-now')
  }
}
