/** Where a hazard stands, which case may become one, and when a campaign runs. */
import type { Day } from '../../../lib/time.ts'
import type { CaseState, Outcome, SpecialKind } from '../../cases/contract.ts'
import type { HazardStage } from '../campaign-words.ts'
import type { SafetyRefusal } from '../refusals.ts'

const stages: Readonly<Record<Exclude<CaseState, 'closed'>, HazardStage>> = {
  pending: 'to-give',
  accepted: 'to-give',
  assigned: 'rectifying',
  'in-progress': 'rectifying',
  'result-submitted': 'to-check',
  // Re-checked by somebody else and found right.
  answered: 'done',
  declined: 'dropped',
  merged: 'dropped',
}

/** Rule: product.md principle 3: what is not solved is never closed in silence. */
export const hazardStage = (state: CaseState, outcome: Outcome | null): HazardStage =>
  state === 'closed' ? (outcome === 'unsolved' ? 'long-term' : 'done') : stages[state]

export interface CandidateCase {
  readonly state: CaseState
  readonly isPetition: boolean
  readonly isTask: boolean
  readonly special: SpecialKind | null
  readonly isOrderFromAbove: boolean
}

/** Rule: systems.md 000-13 and issue 5.8: petitions are not hazards; what somebody already works on stays with them. */
export function candidateRefusal(one: CandidateCase): SafetyRefusal | undefined {
  if (one.isPetition) return 'safety/petition-is-no-hazard'
  if (one.isTask || one.isOrderFromAbove || (one.special !== null && one.special !== 'hazard'))
    return 'safety/case-elsewhere'
  return one.state === 'pending' || one.state === 'accepted' ? undefined : 'safety/case-elsewhere'
}

export const campaignRuns = (
  { from, until, ended }: { readonly from: Day; readonly until: Day; readonly ended: boolean },
  today: Day,
): boolean => !ended && from <= today && today <= until
