import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { routePromises } from '../gathering-settings.ts'
import { routeNames } from '../gathering-words.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { higherUrgency } from '../rules/higher-urgency.ts'
import { promiseOf, withPromise } from '../rules/route-promise.ts'
import { startClocks } from '../rules/start-clocks.ts'
import { workingCalendar } from './calendar.ts'
import { moveInSearch } from './case-list.ts'
import { clocksOfOrder } from './clocks-of-order.ts'
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
    const calendar = await workingCalendar(call.tx, row.street_id)
    const clocks = startClocks(
      call.at,
      kind,
      level,
      matter.clock,
      calendar,
      await clockTable(call.tx, row.street_id, call.at),
    )
    const way = route ?? row.route
    const promised =
      way === null
        ? null
        : promiseOf(
            call.at,
            (await readSetting(call.tx, row.street_id, routePromises, call.at))[way],
            calendar,
          )
    const ordered = clocksOfOrder(row, names, clocks, call.at)
    const kept =
      promised === null || way === null || !ordered.due_at || !ordered.clock_rule
        ? undefined
        : withPromise(
            { dueAt: ordered.due_at, rule: ordered.clock_rule as typeof clocks.rule },
            promised,
            routeNames[way],
          )
    const dueAt = kept?.dueAt ?? ordered.due_at ?? clocks.dueAt
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
        ...ordered,
        ...(kept ? { due_at: kept.dueAt, clock_rule: kept.rule } : {}),
        promised_at: promised?.at ?? null,
      },
      words,
      detail: {
        kind,
        matter: matter.code,
        urgency: level,
        dueAt: dueAt.toISOString(),
      },
    }
  }),
)
