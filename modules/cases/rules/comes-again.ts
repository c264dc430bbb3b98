/** Premature closing: the same matter at the same place again soon after. Rule: edge.md 4.6; rules.md §1.6, ≤ 50 m. */
import { metres } from './alike-cases.ts'

export interface ClosedPlace {
  readonly matterId: string | null
  readonly areaId: string
  readonly buildingId: string | null
  readonly placeText: string | null
  readonly lng: number | null
  readonly lat: number | null
}

export const samePlaceMetres = 50
const dayMs = 86_400_000

/** The building says it where there is one, then the point, then the words of the place; the area alone is too wide. */
export function samePlace(one: ClosedPlace, other: ClosedPlace): boolean {
  if (one.areaId !== other.areaId) return false
  if (one.buildingId !== null && other.buildingId !== null) return one.buildingId === other.buildingId
  const apart = metres({ ...one, area: '' }, { ...other, area: '' })
  if (apart !== undefined) return apart <= samePlaceMetres
  return one.placeText !== null && one.placeText === other.placeText
}

/** Whether what was filed later says that the closing came too soon. */
export function comesAgain(
  closed: ClosedPlace & { readonly closedAt: Date },
  later: ClosedPlace & { readonly createdAt: Date },
  withinDays: number,
): boolean {
  const after = later.createdAt.getTime() - closed.closedAt.getTime()
  return (
    closed.matterId !== null &&
    closed.matterId === later.matterId &&
    after > 0 &&
    after <= withinDays * dayMs &&
    samePlace(closed, later)
  )
}
