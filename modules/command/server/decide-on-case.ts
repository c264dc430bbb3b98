import { dayOf, endOfDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIdsUnder } from '../../areas/server/index.ts'
import { caseStandings, superviseFor } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { insertDecision } from './meeting-store.ts'
import { getMeetingRow, meetingView } from './meeting-view.ts'

/**
 * 会议决定: written on the case as a supervision 督办 by the case engine's own act, in the same transaction, and kept with
 * the meeting, which asks next week what became of it. The lawful deadline of the case does not move.
 */
export const decideOnCase = operation(contract.decideOnCase, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const meeting = await getMeetingRow(call, call.params.id, 'for-change')
  if (meeting.state === 'minutes-kept') throw new Refusal('command/meeting-over')
  if (body.dueOn < dayOf(at)) throw new Refusal('command/day-past')
  const standing = (await caseStandings(call, [body.caseId])).get(body.caseId)
  const areaIds = await areaIdsUnder(tx, streetId, meeting.area_id)
  if (!standing || !areaIds.includes(standing.summary.area?.id ?? '')) throw new Refusal('cases/not-found')
  const organisationId = body.organisationId ?? standing.summary.holder.organisation?.id ?? null
  const { organisations } = await postIndex(tx, streetId)
  if (organisationId !== null && !organisations.has(organisationId))
    throw new Refusal('command/organisation-unknown')
  await superviseFor(call, body.caseId, {
    words: body.words,
    until: endOfDay(body.dueOn).toISOString(),
    meetingId: meeting.id,
  })
  const id = call.newId()
  const { caseId, dueOn, words } = body
  await insertDecision(tx, streetId, meeting, {
    id,
    caseId,
    organisationId,
    dueOn,
    words,
    by: actor.accountId,
    at,
  })
  call.audit({ subjectType: 'meeting', subjectId: meeting.id, detail: { case: caseId, dueOn } })
  return meetingView(call, await getMeetingRow(call, meeting.id))
})
