import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areaIndex } from './area-index.ts'
import { areaIdsUnder } from './areas-under.ts'
import { buildingView } from './building-view.ts'
import { streetPlaces, streetPlacesOn } from './street-places.ts'

const usualLimit = 50

export const listBuildings = operation(contract.listBuildings, async ({ tx, query, actor, at }) => {
  const places = query.onDay
    ? await streetPlacesOn(tx, actor.streetId, query.onDay)
    : await streetPlaces(tx, actor.streetId, at)
  const book = await places.addressBook(tx)
  const areas = query.areaId ? new Set(await areaIdsUnder(tx, actor.streetId, query.areaId)) : undefined
  const found = book.search(query.q ?? '').filter((building) => !areas || areas.has(building.areaId))
  const { byId, root } = await areaIndex(tx, actor.streetId)
  return {
    items: found
      .slice(0, query.limit ?? usualLimit)
      .map((building) => buildingView(building, byId.get(building.areaId) ?? root)),
  }
})
