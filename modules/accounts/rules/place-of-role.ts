import type { Role } from '../../../lib/contract.ts'
import { type PlaceOfRole, placesOfRoles } from '../contract.ts'

export type { PlaceOfRole } from '../contract.ts'

/** Undefined for `resident`, which is nobody's post. */
export function placeOfRole(role: Role): PlaceOfRole | undefined {
  return role === 'resident' ? undefined : placesOfRoles[role]
}

/** What is wrong with the place of a post, if anything. `areaIsStreet` says that the area is the root of the tree. */
export function decidePlace(
  role: Role,
  place: { hasArea: boolean; areaIsStreet: boolean; hasOrganisation: boolean },
): { ok: true } | { ok: false; needs: 'area' | 'organisation' | 'staff-role' } {
  const wanted = placeOfRole(role)
  if (wanted === undefined) return { ok: false, needs: 'staff-role' }
  if (wanted === 'organisation')
    return place.hasOrganisation && !place.hasArea ? { ok: true } : { ok: false, needs: 'organisation' }
  if (!place.hasArea || place.hasOrganisation) return { ok: false, needs: 'area' }
  return wanted === 'street' && !place.areaIsStreet ? { ok: false, needs: 'area' } : { ok: true }
}
