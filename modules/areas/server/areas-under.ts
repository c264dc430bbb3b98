import type { Tx } from '../../../platform/db.ts'
import { areaIndex, indexedArea } from './area-index.ts'

/**
 * The ids of an area and of everything below it, ended areas too, for lists: a filter by area is
 * `area_id = any(ids)`, which row security lets use an index. Empty for an unknown area.
 */
export async function areaIdsUnder(tx: Tx, streetId: number, areaId: string): Promise<string[]> {
  const top = await indexedArea(tx, streetId, areaId)
  if (!top) return []
  const below = `${top.path}.`
  const index = await areaIndex(tx, streetId)
  return [...index.byId.values()].flatMap(({ id, path }) =>
    id === top.id || path.startsWith(below) ? [id] : [],
  )
}
