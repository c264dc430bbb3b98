import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { type AreaRow, areasInForce, newestFigures } from './area-store.ts'
import { areaView, inTreeOrder, refOf } from './area-view.ts'

export const getArea = operation(contract.getArea, async ({ tx, params, query, actor, at }) => {
  const onDay = query.onDay ?? dayOf(at)
  const rows = await areasInForce(tx, actor.streetId, onDay)
  const area = rows.find((row) => row.id === params.id)
  if (!area) throw new Refusal('areas/not-found')
  const figures = await newestFigures(tx, actor.streetId, area.id, onDay)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    area: areaView(area),
    ancestors: ancestorsOf(area, byId).map(refOf),
    children: inTreeOrder(rows.filter((row) => row.parentId === area.id)).map(refOf),
    figures,
  }
})

/** From the street down, as they stood on that day. */
function ancestorsOf(area: AreaRow, byId: ReadonlyMap<string, AreaRow>): AreaRow[] {
  const parent = byId.get(area.parentId ?? '')
  return parent ? [...ancestorsOf(parent, byId), parent] : []
}
