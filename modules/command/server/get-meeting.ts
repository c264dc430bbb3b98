import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { getMeetingRow, meetingView } from './meeting-view.ts'

export const getMeeting = operation(contract.getMeeting, async (call) =>
  meetingView(call, await getMeetingRow(call, call.params.id)),
)
