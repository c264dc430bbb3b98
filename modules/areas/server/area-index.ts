/** The whole area tree of a street in memory, for names and chains: some thousand rows at most. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'

export interface IndexedArea {
  id: string
  code: string
  level: string
  name: string
  parentId: string | null
  path: string
}

export interface AreaIndex {
  byId: ReadonlyMap<string, IndexedArea>
  byPath: ReadonlyMap<string, IndexedArea>
  root: IndexedArea
}

const cache = streetCache<AreaIndex>(5_000, async (tx, streetId) => {
  const rows = await tx.many(
    sql<IndexedArea>`select id, code, level, name, parent_id as "parentId", path::text as path
      from areas where street_id = ${streetId} and valid_to is null`,
  )
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
