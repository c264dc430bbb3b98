import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { anyCall, makePaper, paperToKeep } from './meeting-paper.ts'
import { keepPaper, keepWords } from './meeting-store.ts'
import { getMeetingRow, meetingView } from './meeting-view.ts'

/** 开会: figures and rows are kept as they stand, so that the paper can be printed again the same. */
export const holdMeeting = operation(contract.holdMeeting, async (call) => {
  const { tx, actor, at, params } = call
  const meeting = await getMeetingRow(call, params.id, 'for-change')
  if (meeting.state !== 'draft') throw new Refusal('command/meeting-over')
  const paper = paperToKeep(await makePaper(anyCall(call), meeting))
  await keepPaper(tx, actor.streetId, meeting.id, paper, { by: actor.accountId, at })
  call.audit({ subjectType: 'meeting', subjectId: meeting.id })
  return meetingView(call, await getMeetingRow(call, meeting.id))
})

/** 存纪要: after that nothing of the meeting changes. */
export const keepMinutes = operation(contract.keepMinutes, async (call) => {
  const { tx, actor, at, params, body } = call
  const meeting = await getMeetingRow(call, params.id, 'for-change')
  if (meeting.state === 'draft') throw new Refusal('command/not-held-yet')
  if (meeting.state === 'minutes-kept') throw new Refusal('command/meeting-over')
  await keepWords(tx, actor.streetId, meeting.id, body.words, { by: actor.accountId, at })
  call.audit({ subjectType: 'meeting', subjectId: meeting.id })
  return meetingView(call, await getMeetingRow(call, meeting.id))
})
