import type { Role, StaffRole } from '../../../lib/contract.ts'

/** Where a post of a role stands: the street's own area, an area of any level, or an organisation. */
export type PlaceOfRole = 'street' | 'area' | 'organisation'

// Rule: rights.md, "Roles and what they see", column "Scope of the post".
const places: Readonly<Record<StaffRole, PlaceOfRole>> = {
  'micro-grid-member': 'area',
  'grid-worker': 'area',
  'grid-head': 'area',
  clerk: 'area',
  secretary: 'area',
  dispatcher: 'street',
  'duty-head': 'street',
  verifier: 'area',
  supervisor: 'area',
  handler: 'organisation',
  'organisation-lead': 'organisation',
  viewer: 'area',
  'system-admin': 'street',
  'security-admin': 'street',
  'audit-admin': 'street',
}

/** Undefined for `resident`, which is nobody's post. */
export function placeOfRole(role: Role): PlaceOfRole | undefined {
  return role === 'resident' ? undefined : places[role]
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
