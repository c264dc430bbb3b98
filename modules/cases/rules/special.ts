/** What a mediation, a hazard and a violation leave of the loop, and what they ask for besides. */
import type { SpecialKind } from '../special-words.ts'
import type { Act } from '../words.ts'

/**
 * A mediation moves by the acts of its own page alone: its parties agree or do not, and nobody assigns, checks or rates
 * that. Hazards and violations run through the loop, but for the acts by which one would be given out without its day,
 * answered without a re-check, or become something else.
 */
const closed: ReadonlySet<Act> = new Set([
  'accept',
  'answer-now',
  'merge',
  'assign',
  'send-down',
  'register-petition',
  'find-unreasonable',
])

export const specialAllows = (act: Act, special: SpecialKind | null): boolean =>
  special === null || (special !== 'mediation' && !closed.has(act))

/** Rule: systems.md 000-13, 000-17: evidence before and after; the end of either shows what is there now. */
export const needsPhoto = (special: SpecialKind | null): boolean =>
  special === 'hazard' || special === 'violation'
