/** Who ought to take a matter at a place: organisations by the duty list, posts by their area. */
import { chainOf } from '../../areas/server/index.ts'
import { kindsOnDuty } from '../rules/duty-list.ts'
import type { CaseRow } from './case-row.ts'
import type { MatterRow } from './matter-store.ts'
import type { Names } from './names.ts'

const mostShown = 8

export interface OnDuty {
  readonly organisation: { readonly id: string; readonly code: string; readonly name: string }
  readonly duty: string
  /** The line of the duty list. */
  readonly why: string
}

/** By the duty list, within the areas in which an organisation works; those that must come before those that may. */
export function organisationsOnDuty(row: Pick<CaseRow, 'area'>, matter: MatterRow, names: Names): OnDuty[] {
  const around = new Set(chainOf(names.areas, row.area).map((area) => area.id))
  const organisations = [...names.people.organisations.values()].filter((one) => one.active)
  return kindsOnDuty(names.matters.duties, matter.code).flatMap(({ kind, rule }) =>
    organisations
      .filter(
        (one) => one.kind === kind && (one.areaIds.length === 0 || one.areaIds.some((id) => around.has(id))),
      )
      .map(({ id, code, name }) => ({
        organisation: { id, code, name },
        duty: rule.duty,
        why: rule.basisZh,
      })),
  )
}

export interface Decided {
  readonly organisationId: string
  readonly caseId: string
  readonly reason: string
}

export interface SuggestedOrganisation {
  organisation: OnDuty['organisation']
  why: string
  handled: number
  precedent: { caseId: string; reason: string } | null
}

/** What an adjudicator decided comes first, then what must act, then who handled alike cases before. */
export function suggestedOrganisations(
  onDuty: readonly OnDuty[],
  handledBefore: ReadonlyMap<string, number>,
  decided: readonly Decided[],
  refOf: (organisationId: string) => OnDuty['organisation'] | null,
): SuggestedOrganisation[] {
  // The narrowest area decides; the others are history.
  const [first] = decided
  return [...onDuty, ...decidedBeyond(onDuty, first, refOf)]
    .map((one) => ({
      ...one,
      handled: handledBefore.get(one.organisation.id) ?? 0,
      precedent:
        first?.organisationId === one.organisation.id ? { caseId: first.caseId, reason: first.reason } : null,
    }))
    .sort(
      (a, b) =>
        Number(b.precedent !== null) - Number(a.precedent !== null) ||
        Number(b.duty === 'must') - Number(a.duty === 'must') ||
        b.handled - a.handled,
    )
    .slice(0, mostShown)
    .map(({ organisation, why, handled, precedent }) => ({ organisation, why, handled, precedent }))
}

/** What was decided holds although the duty list names somebody else: that is why it was decided. */
function decidedBeyond(
  onDuty: readonly OnDuty[],
  decided: Decided | undefined,
  refOf: (organisationId: string) => OnDuty['organisation'] | null,
): OnDuty[] {
  if (!decided || onDuty.some(({ organisation }) => organisation.id === decided.organisationId)) return []
  const organisation = refOf(decided.organisationId)
  return organisation === null ? [] : [{ organisation, duty: 'must', why: '' }]
}

/** Grid and community people whose area covers the place, the nearest first. */
export function suggestedPosts(row: Pick<CaseRow, 'area'>, names: Names) {
  const roles = ['grid-worker', 'grid-head', 'micro-grid-member', 'clerk']
  return [...names.people.posts.values()]
    .filter(
      (post) =>
        post.current &&
        roles.includes(post.role) &&
        post.areaPath !== null &&
        `${row.area}.`.startsWith(`${post.areaPath}.`),
    )
    .sort(
      (a, b) =>
        roles.indexOf(a.role) - roles.indexOf(b.role) ||
        (b.areaPath ?? '').length - (a.areaPath ?? '').length,
    )
    .slice(0, mostShown)
    .map((post) => ({
      postId: post.id,
      role: post.role,
      place: (post.areaId && names.areas.byId.get(post.areaId)?.name) || '',
    }))
}
