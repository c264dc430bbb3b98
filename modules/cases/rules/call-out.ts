/** When an urgent case is called out, who may answer, and when calling is of no more use. */
import type { CaseState, Urgency } from '../words.ts'
import { type ActorFacts, type CaseFacts, type PostFacts, postAs } from './decide-act.ts'

export interface CallFacts {
  readonly urgency: Urgency
  readonly state: CaseState
  /** How often it was reopened: each round is called out anew. */
  readonly reopen_count: number
}

/** Nobody has it in hand yet. */
const waiting: readonly CaseState[] = ['pending', 'accepted', 'assigned']

export const stillWaiting = (state: CaseState): boolean => waiting.includes(state)

/** Rule: issue 3 item 2: a P0 goes down the call chain when it is filed, raised to P0, or said again. */
export function mustCallOut(before: CallFacts | null, after: CallFacts): boolean {
  if (after.urgency !== 'P0' || !stillWaiting(after.state)) return false
  return before === null || before.urgency !== 'P0' || before.reopen_count !== after.reopen_count
}

/** Under which post somebody answers: who was called, and whoever is at a desk of the place or supervises it. */
export function postToAnswer(facts: CaseFacts, actor: ActorFacts, wasCalled: boolean): PostFacts | undefined {
  for (const party of ['community-staff', 'street-staff', 'supervisor'] as const) {
    const post = postAs(party, facts, actor)
    if (post) return post
  }
  return wasCalled
    ? (postAs('verifier', facts, actor) ?? postAs('grid', facts, actor) ?? undefined)
    : undefined
}
