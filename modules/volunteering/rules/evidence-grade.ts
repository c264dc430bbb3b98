import type { Capacity, EvidenceKind, Grade, SessionSource } from '../hour-words.ts'

export interface EvidenceFact {
  readonly kind: EvidenceKind
  readonly capacity: Capacity
}

/** Came and left by the code on site, each with their own sign-in; whoever can show the board to themselves never did. */
export function isByOwnCode(source: SessionSource, evidence: readonly EvidenceFact[]): boolean {
  const byOwn = (kind: EvidenceKind) =>
    evidence.some((one) => one.kind === kind && one.capacity === 'volunteer')
  return source === 'on-site' && byOwn('arrived') && byOwn('left')
}

/**
 * How far the evidence carries. `proven`: came and left by the code on site, and a second person confirms; `witnessed`:
 * no codes, but whoever was served or the residents' supervision committee confirms beside the recorder; `honour`:
 * recorded, and no more.
 */
// Rule: issue point 3, edge.md 4.15: what is entered by hand stays honour-only until a second, independent person confirms.
export function gradeOf(source: SessionSource, evidence: readonly EvidenceFact[]): Grade {
  const confirmedBy = (...capacities: readonly Capacity[]) =>
    evidence.some(({ kind, capacity }) => kind === 'confirmed' && capacities.includes(capacity))
  if (isByOwnCode(source, evidence) && confirmedBy('lead', 'staff', 'served', 'committee')) return 'proven'
  return confirmedBy('served', 'committee') ? 'witnessed' : 'honour'
}

/** Only what somebody else saw earns points; the hours themselves are recorded either way. */
export const earns = (grade: Grade): boolean => grade !== 'honour'
