/** The areas of a day before and after a draft. Pure: rows in, rows out. */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { AreaKind } from '../area-kinds.ts'
import type { DraftArea } from '../draft-views.ts'
import { buildLocator, type LocatorLeaf } from './locate.ts'

/** An area in force on the day, with the boundary of that day. */
export interface TreeArea {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
  readonly kind: AreaKind
  readonly parentId: string | null
  /** ltree path from the street down, of the codes that each began with. */
  readonly path: string
  readonly position: number
  readonly boundsText: string | null
  readonly geometry: AreaGeometry | null
}

export interface AddedArea extends TreeArea {
  readonly parentId: string
  readonly origins: readonly string[]
}

interface Change {
  readonly before: TreeArea
  readonly after: TreeArea
}

export interface TreeAfter {
  readonly areas: ReadonlyMap<string, TreeArea>
  readonly added: readonly AddedArea[]
  readonly redrawn: readonly Change[]
  /** Those that get other words, redrawn or not. */
  readonly renamed: readonly Change[]
  readonly ended: readonly TreeArea[]
  /** Added ones whose parents lead nowhere, for the faults. */
  readonly lost: readonly DraftArea[]
}

/**
 * The tree as it would stand. What a draft says of an area that is not there is left out here and told by the faults.
 * An added area's path is its parent's and its own code.
 */
export function treeAfter(before: ReadonlyMap<string, TreeArea>, draft: readonly DraftArea[]): TreeAfter {
  const areas = new Map(before)
  const ended: TreeArea[] = []
  const redrawn: Change[] = []
  const renamed: Change[] = []
  for (const one of draft) {
    const there = before.get(one.areaId)
    if (!there || one.act === 'add') continue
    if (one.act === 'end') {
      ended.push(there)
      areas.delete(there.id)
    } else {
      const after = {
        ...there,
        name: one.name ?? there.name,
        code: one.code ?? there.code,
        kind: one.kind ?? there.kind,
        geometry: one.act === 'redraw' ? one.geometry : there.geometry,
      }
      if (one.act === 'redraw') redrawn.push({ before: there, after })
      if (!sameWords(there, after)) renamed.push({ before: there, after })
      areas.set(there.id, after)
    }
  }
  const added: AddedArea[] = []
  let waiting = draft.filter((one) => one.act === 'add' && !before.has(one.areaId))
  while (waiting.length > 0) {
    // A parent may be added by the same draft, in any order: whatever has none yet waits for the next round.
    const later = waiting.filter((one) => {
      const area = addedArea(one, areas)
      if (area) {
        areas.set(area.id, area)
        added.push(area)
      }
      return !area
    })
    if (later.length === waiting.length) break
    waiting = later
  }
  return { areas, added, redrawn, renamed, ended, lost: waiting }
}

const sameWords = (one: TreeArea, other: TreeArea): boolean =>
  one.name === other.name && one.code === other.code && one.kind === other.kind

function addedArea(one: DraftArea, areas: ReadonlyMap<string, TreeArea>): AddedArea | undefined {
  const { code, level, name, parentId } = one
  const parent = areas.get(parentId ?? '')
  if (!parent || code === null || level === null || name === null) return undefined
  return {
    id: one.areaId,
    code,
    level,
    name,
    kind: one.kind ?? 'ordinary',
    parentId: parent.id,
    path: `${parent.path}.${code}`,
    position: one.position,
    boundsText: one.boundsText,
    geometry: one.geometry,
    origins: one.origins,
  }
}

/**
 * The area of a place (WGS-84): the leaf there, else the lowest area above that is drawn, never the street's own
 * outline; as `locatePlace` answers it once the tree is in force.
 */
export function treeLocator(areas: Iterable<TreeArea>): (lng: number, lat: number) => string | undefined {
  const rows = [...areas]
  const parents = new Set(rows.map((row) => row.parentId))
  const tiers = new Map<number, LocatorLeaf[]>()
  for (const { id, path, parentId, geometry } of rows) {
    if (!geometry || parentId === null) continue
    const tier = parents.has(id) ? path.split('.').length : Number.POSITIVE_INFINITY
    const leaves = tiers.get(tier) ?? []
    leaves.push({ areaId: id, path, geometry })
    tiers.set(tier, leaves)
  }
  const locators = [...tiers].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, leaves]) => buildLocator(leaves))
  return (lng, lat) => {
    for (const locator of locators) {
      const hit = locator.locate(lng, lat)
      if (hit) return hit.areaId
    }
    return undefined
  }
}

/** From the area itself up to the street. */
export function chainUp(areas: ReadonlyMap<string, TreeArea>, id: string): TreeArea[] {
  const chain: TreeArea[] = []
  for (let area = areas.get(id); area; area = areas.get(area.parentId ?? '')) chain.push(area)
  return chain
}
