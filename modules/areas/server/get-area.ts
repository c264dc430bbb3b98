import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areaIndex, chainOf } from './area-index.ts'
import { areasInForce, newestFigures } from './area-store.ts'
import { areaView, inTreeOrder, refOf } from './area-view.ts'

export const getArea = operation(contract.getArea, async ({ tx, params, actor, at }) => {
  const rows = await areasInForce(tx, actor.streetId, dayOf(at))
  const area = rows.find((row) => row.id === params.id)
  if (!area) throw new Refusal('areas/not-found')
  const figures = await newestFigures(tx, actor.streetId, area.id)
  const index = await areaIndex(tx, actor.streetId)
  return {
    area: areaView(area),
    ancestors: chainOf(index, area.path).slice(0, -1).map(refOf),
    children: inTreeOrder(rows.filter((row) => row.parentId === area.id)).map(refOf),
    figures,
  }
})
