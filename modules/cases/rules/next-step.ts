/** What comes next for a case, and the stage that a public list names. */
import type { NextStep, PublicStage } from '../gathering-words.ts'
import type { CaseState } from '../words.ts'

export interface StepFacts {
  readonly state: CaseState
  readonly reviewOn: string | null
  readonly asksApproval: boolean
  readonly rated: boolean
}

const steps: Readonly<Record<CaseState, NextStep>> = {
  pending: 'accept',
  accepted: 'assign',
  assigned: 'take',
  'in-progress': 'submit-result',
  'result-submitted': 'check',
  answered: 'rate',
  closed: 'none',
  declined: 'none',
  merged: 'none',
}

/** A request that waits for its second person comes before all; an unsolved matter is looked at again on its day. */
export function nextStep({ state, reviewOn, asksApproval }: StepFacts): NextStep {
  if (asksApproval) return 'approve'
  return state === 'closed' && reviewOn !== null ? 'review' : steps[state]
}

const stages: Readonly<Record<CaseState, PublicStage>> = {
  pending: 'noted',
  accepted: 'accepted',
  assigned: 'accepted',
  'in-progress': 'under-way',
  'result-submitted': 'under-way',
  answered: 'answered',
  closed: 'settled',
  declined: 'settled',
  merged: 'noted',
}

/** Rule: product.md principle 3: an unsolved matter is never shown as settled. */
export const publicStage = ({ state, reviewOn }: Pick<StepFacts, 'state' | 'reviewOn'>): PublicStage =>
  state === 'closed' && reviewOn !== null ? 'long-term' : stages[state]

/** Settled in the sense of the lists: nothing is left to do. */
export const isSettled = (facts: Pick<StepFacts, 'state' | 'reviewOn'>): boolean =>
  publicStage(facts) === 'settled'
