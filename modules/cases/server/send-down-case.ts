import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { onDutyList, outsideDutyWords } from '../rules/duty-list.ts'
import { moveInSearch } from './case-list.ts'
import { performAct } from './perform-act.ts'

/** 下派: to a community whose duty list holds the matter; a community that does not hold it can not be given it. */
export const sendDownCase = operation(contract.sendDownCase, (call) =>
  performAct(call, 'send-down', async ({ row, names }) => {
    const area = names.areas.byId.get(call.body.areaId)
    if (!area || area.parentId === null) throw new Refusal('cases/community-unknown')
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    if (matter && !onDutyList(names.matters.duties, 'community', matter.code))
      throw new Refusal('cases/outside-duty-list', {
        fill: outsideDutyWords(names.matters.duties, 'community', matter.code),
      })
    if (row.desk === 'community' && liesUnder(row.area, area.path))
      throw new Refusal('cases/already-at-this-desk')
    // A place inside the community is more exact than the community itself and stays.
    const place = liesUnder(row.area, area.path) ? {} : { area_id: area.id, area: area.path }
    if (place.area !== undefined) await moveInSearch(call.tx, row.id, place.area)
    return {
      set: { desk: 'community', ...place },
      words: call.body.reason,
      detail: { desk: 'community', area: area.code },
    }
  }),
)
