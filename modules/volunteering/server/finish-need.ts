/** 求助 from done to evaluated: the volunteer says from when to when, whoever was served says whether it is so. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { earns, gradeOf } from '../rules/evidence-grade.ts'
import { type Acting, humansBehind, inStreet, isOverlap, runs } from './acting.ts'
import { awardFor } from './award-for.ts'
import { lockNeed, type NeedRow, sessionOfNeed, setEvaluation, setNeedState } from './need-store.ts'
import { needView } from './needs.ts'
import { note, noticeEnd } from './on-site.ts'
import { findSession, insertSession } from './session-store.ts'
import { tellAsker } from './tell-volunteers.ts'
import { findVolunteer } from './volunteer-store.ts'

const longestMs = 12 * 3_600_000

/** 办好了. Nobody served before they took it: hours do not begin earlier. */
export const finishNeed = operation(contract.finishNeed, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const people = await humansBehind(call)
  const row = await inStreet(call, () => lockNeed(tx, streetId, call.params.id))
  if (!row) throw new Refusal('volunteering/not-found')
  if (row.taker_id === null || !people.has(row.taker_id)) throw new Refusal('volunteering/not-yours')
  if (row.state !== 'taken' || row.taken_at === null) throw new Refusal('volunteering/wrong-state')
  const times = { startedAt: new Date(body.startedAt), endedAt: new Date(body.endedAt) }
  const length = times.endedAt.getTime() - times.startedAt.getTime()
  if (length < 60_000 || length > longestMs || times.endedAt > at)
    throw new Refusal('volunteering/times-wrong')
  // Forms know minutes: the minute in which it was taken is not before it.
  if (times.startedAt.getTime() < Math.floor(row.taken_at.getTime() / 60_000) * 60_000)
    throw new Refusal('volunteering/before-taken')
  const takerId = row.taker_id
  await inStreet(call, async () => {
    await keepService(call, row, takerId, times)
    await setNeedState(tx, streetId, row.id, 'done', at)
  })
  tellAsker(call, 'volunteering.need-done', row)
  call.audit({ subjectType: 'person', subjectId: row.asker_id, detail: { need: row.id, act: 'finish' } })
  return needView(call, row.id)
})

/** The caller reaches the street. @throws Refusal volunteering/elsewhere-now */
async function keepService(
  call: Acting,
  row: NeedRow,
  takerId: string,
  times: { startedAt: Date; endedAt: Date },
): Promise<void> {
  const { tx, actor, at } = call
  const volunteer = await findVolunteer(tx, actor.streetId, takerId)
  if (!volunteer) throw new Refusal('volunteering/not-yours')
  const session = { id: call.newId(), area: row.area, account_id: volunteer.account_id }
  try {
    await insertSession(tx, actor.streetId, {
      id: session.id,
      area: row.area,
      person: { id: takerId, account_id: volunteer.account_id },
      groupId: volunteer.group_id,
      activityId: null,
      shiftId: null,
      needId: row.id,
      sheetId: null,
      servedId: row.asker_id,
      source: 'need',
      ...times,
      noticeUntil: await noticeEnd(call),
      by: actor.accountId,
      at,
    })
  } catch (error) {
    if (isOverlap(error)) throw new Refusal('volunteering/elsewhere-now')
    throw error
  }
  await note(call, session, { kind: 'left', capacity: 'volunteer', byPerson: takerId })
}

/**
 * 评价: whoever was served; "it was done" confirms the hours, "it was not" objects to them. For somebody without an account
 * the desk writes down what they said on the phone: that is heard, and confirms no hours.
 */
// Rule: rights.md: entered hours are confirmed by a person of their own, never by the desk for them.
export const evaluateNeed = operation(contract.evaluateNeed, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const people = await humansBehind(call)
  const row = await inStreet(call, () => lockNeed(tx, streetId, call.params.id))
  if (!row) throw new Refusal('volunteering/not-found')
  const isAsker = people.has(row.asker_id)
  const isDesk = !isAsker && row.account_id === null && runs(actor, row.area)
  if (!isAsker && !isDesk) throw new Refusal('volunteering/not-yours')
  // One phone for both may be one human: then somebody else has to say it.
  if (row.taker_id !== null && people.has(row.taker_id)) throw new Refusal('volunteering/own-hours')
  if (row.state !== 'done') throw new Refusal('volunteering/wrong-state')
  const words = body.words?.trim() || null
  await inStreet(call, async () => {
    if (isAsker || !body.wasDone)
      await weighHours(call, row, {
        kind: body.wasDone ? 'confirmed' : 'objected',
        capacity: isAsker ? 'served' : 'staff',
        byPerson: isAsker ? row.asker_id : null,
        words,
      })
    await setEvaluation(tx, streetId, row.id, { satisfaction: body.satisfaction, words, at })
  })
  call.audit({
    subjectType: 'person',
    subjectId: row.asker_id,
    detail: { need: row.id, wasDone: body.wasDone, forThem: isDesk },
  })
  return needView(call, row.id)
})

/** What was said stands with the hours; what rises above honour after it was entered earns its points now. */
async function weighHours(call: Acting, row: NeedRow, said: Parameters<typeof note>[2]): Promise<void> {
  const { streetId } = call.actor
  const id = await sessionOfNeed(call.tx, streetId, row.id)
  const before = id === undefined ? undefined : await findSession(call.tx, streetId, id)
  if (!before) return
  await note(call, before, said)
  const after = await findSession(call.tx, streetId, before.id)
  if (said.kind === 'confirmed' && after?.state === 'entered' && earns(gradeOf(after.source, after.evidence)))
    await awardFor(call, after)
}
