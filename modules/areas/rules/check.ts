/**
 * What the checks of areas are given and what they find. They know no database and no clock: the editor asks them while
 * somebody draws, the server for the report.
 */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { AreaKind } from '../area-kinds.ts'
import type { FindingKind } from '../ground-views.ts'

export interface CheckedArea {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
  readonly kind: AreaKind
  readonly parentId: string | null
  /** ltree path of codes from the street down. */
  readonly path: string
  /** WGS-84; null where nothing is drawn. */
  readonly geometry: AreaGeometry | null
}

export interface CheckedBuilding {
  readonly id: string
  readonly name: string
  readonly areaId: string
  readonly lng: number | null
  readonly lat: number | null
  readonly households: number | null
}

/** A post in force: who holds which role in an area. */
export interface CheckedPost {
  readonly areaId: string
  readonly role: string
  readonly lead: boolean
  readonly accountId: string
  /** Taken over for a while from somebody who is away: it adds nothing to what a person carries. */
  readonly standIn: boolean
}

/** `figure` counts square metres of shapes, households of grids, posts of a person. */
export interface Finding {
  readonly kind: FindingKind
  /** The areas it is about, the one to be mended first. */
  readonly areaIds: readonly string[]
  readonly buildingId?: string
  readonly accountId?: string
  /** The role that nobody holds. */
  readonly role?: string
  readonly figure?: number
  /** WGS-84, inside what was found. */
  readonly at?: readonly [number, number]
  readonly shape?: AreaGeometry
}

/** Every finding once, by what it is about: for keys of lists and for comparing two reports. */
export const findingKey = ({ kind, areaIds, buildingId, accountId, role, at }: Finding): string =>
  [
    kind,
    [...areaIds].sort().join(','),
    buildingId,
    accountId,
    role,
    at?.map((one) => one.toFixed(7)).join(' '),
  ].join('|')

/** What lies directly below each area, and what has nothing below it. */
export interface CheckedTree {
  readonly areas: readonly CheckedArea[]
  readonly byId: ReadonlyMap<string, CheckedArea>
  readonly children: ReadonlyMap<string, readonly CheckedArea[]>
  readonly leaves: readonly CheckedArea[]
}

export function checkedTree(areas: readonly CheckedArea[]): CheckedTree {
  const ordered = [...areas].sort((a, b) => (a.path < b.path ? -1 : 1))
  const children = new Map<string, CheckedArea[]>()
  for (const area of ordered) {
    if (area.parentId === null) continue
    const siblings = children.get(area.parentId)
    if (siblings) siblings.push(area)
    else children.set(area.parentId, [area])
  }
  return {
    areas: ordered,
    byId: new Map(ordered.map((area) => [area.id, area])),
    children,
    // The street's own outline is no leaf, even before anything is drawn in it.
    leaves: ordered.filter(({ id, parentId }) => parentId !== null && !children.has(id)),
  }
}
