import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea, streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { meetingDays } from '../rules/meeting-period.ts'
import { insertMeeting } from './meeting-store.ts'
import { getMeetingRow, holdsPostOver, meetingView, runnerRoles } from './meeting-view.ts'

/** 新建调度会: for the area of one's post, on last week unless told otherwise. */
export const planMeeting = operation(contract.planMeeting, async (call) => {
  const { tx, actor, at, body } = call
  const area = await findArea(tx, actor.streetId, body.areaId ?? (await widestArea(call)))
  if (!area || !holdsPostOver(actor, area.path, runnerRoles)) throw new Refusal('command/not-your-area')
  const days = meetingDays(body, at)
  if (!days) throw new Refusal('command/period-wrong')
  const id = call.newId()
  const made = { id, areaId: area.id, area: area.path, ...days, by: actor.accountId, at }
  if (!(await insertMeeting(tx, actor.streetId, made))) throw new Refusal('command/meeting-exists')
  call.audit({ subjectType: 'meeting', subjectId: id, detail: { area: area.code, ...days } })
  return meetingView(call, await getMeetingRow(call, id))
})

async function widestArea({ tx, actor }: Parameters<typeof getMeetingRow>[0]): Promise<string> {
  const own = actor.posts.filter(
    ({ role, areaPath }) => runnerRoles.some((one) => one === role) && areaPath !== null,
  )
  const widest = own.sort((a, b) => (a.areaPath ?? '').length - (b.areaPath ?? '').length)[0]
  return widest?.areaId ?? (await streetRoot(tx, actor.streetId)).id
}
