/** The tree as the rows that are to be seen: what is folded is left out, what is searched for is shown with its parents. */
import { normaliseText } from '../../../lib/text.ts'
import type { AreaView } from '../contract.ts'

export interface TreeRow {
  readonly area: AreaView
  /** From 1, as a reader aloud counts. */
  readonly level: number
  readonly open: boolean | undefined
  readonly position: number
  readonly siblings: number
}

/** `areas` in tree order. A search opens what it needs and folds nothing. */
export function treeRows(
  areas: readonly AreaView[],
  open: ReadonlySet<string>,
  search: string,
): readonly TreeRow[] {
  const known = new Map(areas.map((area) => [area.id, area]))
  const wanted = normaliseText(search)
  const shown = wanted === '' ? undefined : withParents(areas, known, wanted)
  const children = new Map<string | null, AreaView[]>()
  for (const area of areas) {
    if (shown && !shown.has(area.id)) continue
    const parent = area.parentId !== null && known.has(area.parentId) ? area.parentId : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(area)
    else children.set(parent, [area])
  }
  const walk = (parent: string | null, level: number): TreeRow[] => {
    const siblings = children.get(parent) ?? []
    return siblings.flatMap((area, index) => {
      const hasChildren = (children.get(area.id)?.length ?? 0) > 0
      const isOpen = hasChildren ? shown !== undefined || open.has(area.id) : undefined
      const row = { area, level, open: isOpen, position: index + 1, siblings: siblings.length }
      return isOpen ? [row, ...walk(area.id, level + 1)] : [row]
    })
  }
  return walk(null, 1)
}

function withParents(
  areas: readonly AreaView[],
  known: ReadonlyMap<string, AreaView>,
  wanted: string,
): ReadonlySet<string> {
  const shown = new Set<string>()
  for (const area of areas) {
    if (!normaliseText(`${area.name} ${area.code}`).includes(wanted)) continue
    for (let at: AreaView | undefined = area; at && !shown.has(at.id); at = known.get(at.parentId ?? ''))
      shown.add(at.id)
  }
  return shown
}

/** The areas above one, nearest first. */
export function parentsOf(area: AreaView, known: ReadonlyMap<string, AreaView>): readonly AreaView[] {
  const parent = area.parentId === null ? undefined : known.get(area.parentId)
  return parent ? [parent, ...parentsOf(parent, known)] : []
}
