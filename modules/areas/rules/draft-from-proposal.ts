/** What a draft must change so that a proposal holds: micro-grids that go on are redrawn, others added or ended. */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { DraftArea } from '../draft-views.ts'

export interface ProposedGroup {
  readonly before: string | null
  readonly geometry: AreaGeometry | null
  readonly buildingIds: readonly string[]
}

export interface ProposedPart {
  readonly parent: { readonly id: string; readonly code: string }
  /** The areas of the level that lie below it today. */
  readonly today: readonly { readonly id: string; readonly geometry: AreaGeometry | null }[]
  readonly groups: readonly ProposedGroup[]
}

export interface DraftNames {
  readonly level: string
  /** What the level is called, for the names of new areas: 微网格01. */
  readonly levelName: string
  /** Codes that must not be used again. */
  readonly takenCodes: ReadonlySet<string>
  /** Where each building lies today. */
  readonly areaOf: ReadonlyMap<string, string>
  newId(): string
}

export function draftFromProposal(parts: readonly ProposedPart[], names: DraftNames): DraftArea[] {
  const taken = new Set(names.takenCodes)
  return parts.flatMap(({ parent, today, groups }) => {
    const known = new Map(today.map((area) => [area.id, area]))
    const kept = new Set(
      groups.flatMap(({ before }) => (before !== null && known.has(before) ? [before] : [])),
    )
    let number = 0
    const changes = groups.flatMap((group, position): DraftArea[] => {
      if (group.before !== null && known.has(group.before))
        return group.geometry
          ? [{ ...bare(group.before, position), act: 'redraw', geometry: group.geometry }]
          : []
      do number += 1
      while (taken.has(codeOf(parent.code, number)))
      const code = codeOf(parent.code, number)
      taken.add(code)
      const origins = new Set(group.buildingIds.flatMap((id) => names.areaOf.get(id) ?? []))
      return [
        {
          ...bare(names.newId(), position),
          act: 'add',
          code,
          level: names.level,
          name: `${names.levelName}${String(number).padStart(2, '0')}`,
          parentId: parent.id,
          geometry: group.geometry,
          origins: [...origins].filter((id) => known.has(id)),
        },
      ]
    })
    const ended = today
      .filter(({ id }) => !kept.has(id))
      .map(({ id }, position): DraftArea => ({ ...bare(id, position), act: 'end' }))
    return [...changes, ...ended]
  })
}

const codeOf = (parent: string, number: number): string =>
  `${parent.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 34)}w${String(number).padStart(2, '0')}`

const bare = (areaId: string, position: number) => ({
  areaId,
  position,
  code: null,
  level: null,
  name: null,
  kind: null,
  parentId: null,
  boundsText: null,
  geometry: null,
  origins: [],
})
