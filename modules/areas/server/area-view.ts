import type { Static } from 'typebox'
import type { AreaRef, AreaView } from '../contract.ts'
import type { AreaRow, IndexedArea } from './area-store.ts'

export type AreaRefView = Static<typeof AreaRef>

export function refOf({ id, code, level, name }: IndexedArea): AreaRefView {
  return { id, code, level, name }
}

export function areaView(row: AreaRow): AreaView {
  const { id, code, level, levelName, name, kind, parentId, path, boundsText, hasBoundary } = row
  return { id, code, level, levelName, name, kind, parentId, path, boundsText, hasBoundary }
}

/** Depth first: each area is followed by what lies in it, siblings by position, then code. */
export function inTreeOrder<A extends Pick<AreaRow, 'id' | 'parentId' | 'position' | 'code'>>(
  rows: readonly A[],
): A[] {
  const ids = new Set(rows.map((row) => row.id))
  const children = new Map<string | null, A[]>()
  for (const row of rows) {
    // An area whose parent has ended stands at the top and is not lost.
    const parent = row.parentId !== null && ids.has(row.parentId) ? row.parentId : null
    const siblings = children.get(parent) ?? []
    siblings.push(row)
    children.set(parent, siblings)
  }
  for (const siblings of children.values())
    siblings.sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1))
  const ordered: A[] = []
  const visit = (parent: string | null) => {
    for (const row of children.get(parent) ?? []) {
      ordered.push(row)
      visit(row.id)
    }
  }
  visit(null)
  return ordered
}
