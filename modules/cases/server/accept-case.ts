import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { higherUrgency } from '../rules/higher-urgency.ts'
import { startClocks } from '../rules/start-clocks.ts'
import { workingCalendar } from './calendar.ts'
import { moveInSearch } from './case-list.ts'
import { clocksOfOrder, dueOfOrder } from './clocks-of-order.ts'
import { extraOf } from './extra-of.ts'
import { performAct } from './perform-act.ts'
import { clockTable } from './street-clocks.ts'

/** 受理: a formal act. Kind and matter are settled, and both clocks start (rights.md, accept). */
export const acceptCase = operation(contract.acceptCase, (call) =>
  performAct(call, 'accept', async ({ row, names, post }) => {
    const { kind, matterCode, urgency, areaId, words, extra, route } = call.body
    const matter = names.matters.byCode.get(matterCode)
    if (!matter) throw new Refusal('cases/matter-unknown')
    const asked = extraOf(matter, { ...row.extra, ...extra }, 'complete')
    const area = areaId === undefined ? undefined : names.areas.byId.get(areaId)
    // A desk may correct the place within its own area; beyond it, it escalates.
    if (areaId !== undefined && !(area && post?.areaPath && liesUnder(area.path, post.areaPath)))
      throw new Refusal('cases/community-unknown')
    if (area) await moveInSearch(call.tx, row.id, area.path)
    const level = urgency ?? higherUrgency(row.urgency, matter.urgency)
    const clocks = startClocks(
      call.at,
      kind,
      level,
      matter.clock,
      await workingCalendar(call.tx, row.street_id),
      await clockTable(call.tx, row.street_id, call.at),
    )
    return {
      to: 'accepted',
      set: {
        kind,
        matter_id: matter.id,
        extra: asked,
        urgency: level,
        ...(route === undefined ? {} : { route }),
        ...(area ? { area_id: area.id, area: area.path } : {}),
        accepted_at: call.at,
        clock_start_at: call.at,
        ...clocksOfOrder(row, names, clocks, call.at),
      },
      words,
      detail: {
        kind,
        matter: matter.code,
        urgency: level,
        dueAt: (dueOfOrder(row) ?? clocks.dueAt).toISOString(),
      },
    }
  }),
)
