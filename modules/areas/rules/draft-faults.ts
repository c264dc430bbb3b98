/** What stands in the way of putting a draft in force on a day. Pure. */
import { findGeometryFault } from '../../../lib/geometry.ts'
import type { DraftArea, DraftFault, DraftFaultKind } from '../draft-views.ts'
import { type TreeAfter, type TreeArea, treeAfter } from './draft-tree.ts'

export interface DraftFacts {
  /** The areas in force on the day without the draft. */
  readonly before: ReadonlyMap<string, TreeArea>
  /** Areas that end, or get another boundary, on a later day already. */
  readonly changedLater: ReadonlySet<string>
  /** Codes of all areas that ever were, and of those that begin later. */
  readonly usedCodes: ReadonlySet<string>
  /** The place of each level, from the top down. */
  readonly levelPositions: ReadonlyMap<string, number>
}

/** Empty when it can be put in force. Gaps, overlaps and sizes are no faults: they are the checks' business. */
export function findDraftFaults(
  draft: readonly DraftArea[],
  facts: DraftFacts,
  after: TreeAfter = treeAfter(facts.before, draft),
): DraftFault[] {
  const { before } = facts
  const found = new Map<DraftFaultKind, { id: string; name: string }[]>()
  const fault = (kind: DraftFaultKind, id: string, name: string | null | undefined) =>
    found.set(kind, [...(found.get(kind) ?? []), { id, name: name ?? before.get(id)?.name ?? '' }])
  if (draft.length === 0) found.set('nothing-changed', [])
  const codes = new Set(facts.usedCodes)
  for (const one of draft) {
    const there = before.get(one.areaId)
    if (one.act !== 'add') {
      if (!there || (one.act === 'end' && there.parentId === null)) fault('area-gone', one.areaId, one.name)
      else if (facts.changedLater.has(one.areaId)) fault('area-changed-later', one.areaId, there.name)
      // Rule: a code is never used again, so that an old list never names another place than it meant.
      if (there && one.code !== null && one.code !== there.code) {
        if (codes.has(one.code)) fault('code-taken', one.areaId, `${there.name} ${one.code}`)
        codes.add(one.code)
      }
    } else {
      if (there) fault('area-gone', one.areaId, one.name)
      if (codes.has(one.code ?? '')) fault('code-taken', one.areaId, `${one.name} ${one.code}`)
      codes.add(one.code ?? '')
    }
    if (one.geometry && findGeometryFault(one.geometry)) fault('bad-geometry', one.areaId, one.name)
  }
  for (const one of after.lost) fault('parent-missing', one.areaId, one.name)
  for (const area of after.added) {
    const parent = after.areas.get(area.parentId)
    const [own, above] = [area.level, parent?.level ?? ''].map((level) => facts.levelPositions.get(level))
    // Rule: rules.md 2: a grid lies in one community and is never hung onto a lower or equal level.
    if (own === undefined || above === undefined || above >= own) fault('level-order', area.id, area.name)
  }
  const endedIds = new Set(after.ended.map(({ id }) => id))
  for (const child of before.values())
    if (endedIds.has(child.parentId ?? '') && !endedIds.has(child.id))
      fault('has-children', child.parentId ?? '', before.get(child.parentId ?? '')?.name)
  return [...found].map(([kind, areas]) => ({ kind, areas: distinct(areas) }))
}

const distinct = (areas: readonly { id: string; name: string }[]) => [
  ...new Map(areas.map((area) => [area.id, area])).values(),
]
