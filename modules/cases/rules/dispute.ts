/** Disputes over duty: who decides, and who handles meanwhile. Rule: rules.md 4.1 (派单异议审核), 4.2 art. 12. */
import type { Role } from '../../../lib/contract.ts'
import { liesUnder } from './decide-act.ts'

export interface Candidate {
  readonly id: string
  readonly accountId: string
  readonly role: Role
  readonly areaPath: string | null
  readonly current: boolean
}

/** Supervisors first: they neither give out cases nor handle them. */
const adjudicatorRoles: readonly Role[] = ['supervisor', 'duty-head']

/**
 * Who may decide: supervisors of the place, then the head of the street centre, and never somebody who gave out the
 * case or objects. The widest post stands first, so that one street is decided alike; then the order of ids.
 */
export function adjudicatorsOf<C extends Candidate>(
  candidates: readonly C[],
  area: string,
  barred: readonly string[],
): C[] {
  return candidates
    .filter(
      ({ current, role, areaPath, accountId }) =>
        current &&
        adjudicatorRoles.includes(role) &&
        areaPath !== null &&
        liesUnder(area, areaPath) &&
        !barred.includes(accountId),
    )
    .sort(
      (a, b) =>
        adjudicatorRoles.indexOf(a.role) - adjudicatorRoles.indexOf(b.role) ||
        (a.areaPath?.length ?? 0) - (b.areaPath?.length ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )
}

export interface FallbackLine {
  readonly matterPrefix: string
  readonly organisationId: string | null
}

/** Who handles meanwhile: the line with the longest prefix of the matter's code; the objector itself is no fallback. */
export function fallbackFor(
  lines: readonly FallbackLine[],
  matterCode: string,
  objectorId: string,
): string | null {
  const [line] = lines
    .filter(({ matterPrefix }) => matterCode.startsWith(matterPrefix))
    .sort((a, b) => b.matterPrefix.length - a.matterPrefix.length)
  return line === undefined || line.organisationId === objectorId ? null : line.organisationId
}

export interface PrecedentFacts {
  readonly id: string
  readonly matterId: string
  readonly area: string
  readonly decidedAt: Date
}

/** The precedent in force for a matter at a place: of the narrowest area that covers it, the newest. */
export function precedentAt<P extends PrecedentFacts>(
  precedents: readonly P[],
  matterId: string,
  area: string,
): P[] {
  const newest = new Map<string, P>()
  for (const one of precedents) {
    if (one.matterId !== matterId || !liesUnder(area, one.area)) continue
    const known = newest.get(one.area)
    if (known === undefined || known.decidedAt < one.decidedAt) newest.set(one.area, one)
  }
  return [...newest.values()].sort((a, b) => b.area.length - a.area.length)
}
