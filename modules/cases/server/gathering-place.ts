/** Places in the words of the lists: the community of a case, and how finely it may be told. */
import { type AreaIndex, chainOf, type IndexedArea } from '../../areas/server/index.ts'
import { publicPlace } from '../rules/public-place.ts'

/** The area right below the street; undefined for what lies nowhere in particular. */
export const communityOf = (areas: AreaIndex, path: string): IndexedArea | undefined =>
  chainOf(areas, path)[1]

const inner = new WeakMap<AreaIndex, ReadonlySet<string>>()

/** Ids of areas that have areas below them; counted once for each index. */
function innerAreas(areas: AreaIndex): ReadonlySet<string> {
  let found = inner.get(areas)
  if (found === undefined) {
    found = new Set([...areas.byId.values()].flatMap(({ parentId }) => parentId ?? []))
    inner.set(areas, found)
  }
  return found
}

/** Never finer than an area that holds several; the street's name for what has no place. */
export function plainPlace(areas: AreaIndex, path: string): string {
  const holdSeveral = innerAreas(areas)
  const chain = chainOf(areas, path)
    .slice(1)
    .map(({ id, name }) => ({ name, hasChildren: holdSeveral.has(id) }))
  return publicPlace(chain) || areas.root.name
}
