/** The whole area tree of a street in memory, for names and chains: some thousand rows at most. */
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import { allAreas, type IndexedArea } from './area-store.ts'

export interface AreaIndex {
  /** Ended areas too, for old cases name them. */
  readonly byId: ReadonlyMap<string, IndexedArea>
  /** Where an ended area and one in force share a path, the one in force. */
  readonly byPath: ReadonlyMap<string, IndexedArea>
  readonly root: IndexedArea
}

const cache = streetCache<AreaIndex>(5_000, async (tx, streetId) => {
  const rows = await allAreas(tx, streetId)
  const root = rows.find((row) => row.parentId === null)
  if (!root) throw new Error(`street ${streetId} has no root area`)
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    byPath: new Map(rows.map((row) => [row.path, row])),
    root,
  }
})

/** The street's areas by id and path; at most five seconds old. */
export const areaIndex = (tx: Tx, streetId: number): Promise<AreaIndex> => cache.get(tx, streetId)

/** After areas were written in this process. */
export const forgetAreaIndex = (streetId: number): void => cache.forget(streetId)

/** The area of an id. One that was made a moment ago by another process is found too. */
export async function indexedArea(tx: Tx, streetId: number, id: string): Promise<IndexedArea | undefined> {
  const known = (await areaIndex(tx, streetId)).byId.get(id)
  if (known) return known
  forgetAreaIndex(streetId)
  return (await areaIndex(tx, streetId)).byId.get(id)
}

/** From the street down to the area itself; unknown labels are left out. */
export function chainOf(index: AreaIndex, path: string): IndexedArea[] {
  const labels = path.split('.')
  const chain: IndexedArea[] = []
  for (let depth = 1; depth <= labels.length; depth++) {
    const area = index.byPath.get(labels.slice(0, depth).join('.'))
    if (area) chain.push(area)
  }
  return chain
}
