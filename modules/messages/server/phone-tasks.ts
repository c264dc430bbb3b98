/** 电话任务: what no port could tell, a person of the desk tells by phone, and says whether they were reached. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { callTries } from '../rules/next-try.ts'
import { type CallRow, listCalls, lockCall, settleCall } from './notice-store.ts'
import { eventWords, type NoticeWriter, noticeWriter } from './notice-words.ts'
import { pageOf, placeOf } from './page-place.ts'
import { type ToldTo, toldToOf } from './told-to.ts'

async function viewOf(
  row: CallRow,
  writer: NoticeWriter,
  toldTo: (row: CallRow) => ToldTo,
): Promise<contract.PhoneTaskView> {
  return {
    id: row.id,
    about: { type: row.subject_type, id: row.subject_id },
    event: row.event,
    words: eventWords(row),
    text: await writer.write(row),
    to: toldTo(row),
    facts: { number: row.facts.number === undefined ? null : String(row.facts.number) },
    urgency: row.urgency,
    state: row.state,
    reason: row.reason,
    tries: row.tries,
    triesLeft: row.settled_at ? 0 : callTries - row.tries,
    since: row.created_at.toISOString(),
    triedAt: row.tried_at?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
  }
}

export const listPhoneTasks = operation(contract.listPhoneTasks, async ({ tx, actor, at, query }) => {
  const limit = query.limit ?? 50
  const rows = await listCalls(tx, actor.streetId, {
    open: query.state !== 'settled',
    after: placeOf(query.cursor),
    limit: limit + 1,
  })
  const { page, nextCursor } = pageOf(rows, limit)
  const writer = await noticeWriter(tx, actor.streetId, at)
  const toldTo = await toldToOf(tx, actor.streetId)
  const items = []
  for (const row of page) items.push(await viewOf(row, writer, toldTo))
  return { items, nextCursor }
})

/** 已告知, or 未接通: after the last try in vain the task is closed, and the log of the case says so. */
export const settlePhoneTask = operation(contract.settlePhoneTask, async (call) => {
  const { tx, actor, at, params, body } = call
  const row = await lockCall(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('messages/not-found')
  if (row.settled_at !== null) throw new Refusal('messages/call-settled')
  const told = body.result === 'told'
  const tries = row.tries + 1
  const over = told || tries >= callTries
  const after = {
    state: told ? ('delivered' as const) : over ? ('given-up' as const) : ('failed' as const),
    tries,
    reason: told ? row.reason : ('not-reached' as const),
    settled_at: over ? at : null,
  }
  await settleCall(tx, actor.streetId, row.id, { ...after, at, by: actor.accountId })
  call.audit({
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    detail: { call: row.id, event: row.event, result: body.result },
  })
  call.event({ type: 'notice.call', subjectId: row.subject_id, audience: { area: row.area } })
  const writer = await noticeWriter(tx, actor.streetId, at)
  return viewOf({ ...row, ...after, tried_at: at }, writer, await toldToOf(tx, actor.streetId))
})
