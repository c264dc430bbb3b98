import type { Capacity, SessionSource, SessionState } from '../hour-words.ts'

export type ConfirmRefusal =
  | 'volunteering/own-hours'
  | 'volunteering/recorded-by-you'
  | 'volunteering/not-a-witness'
  | 'volunteering/confirmed-already'
  | 'volunteering/hours-over'
  | 'volunteering/still-running'

export interface ConfirmFacts {
  readonly source: SessionSource
  readonly state: SessionState
  /** Came and left by the code on site, with their own sign-in. */
  readonly byOwnCode: boolean
  /** The human who asks is the human who served, whatever account they use. */
  readonly isOwn: boolean
  /** The human who asks put the record in. */
  readonly recordedIt: boolean
  /** The human who asks confirmed it before. */
  readonly confirmedIt: boolean
  /** In what capacities the human may speak about it. */
  readonly may: readonly Capacity[]
}

const witnesses: readonly Capacity[] = ['served', 'committee', 'lead', 'staff']

/** In which capacity somebody confirms, or why not. */
// Rule: rights.md, separation by person: entered hours are not confirmed by whoever entered them, and nobody confirms their own.
export function decideConfirm(
  facts: ConfirmFacts,
): { ok: true; capacity: Capacity } | { ok: false; why: ConfirmRefusal } {
  const no = (why: ConfirmRefusal) => ({ ok: false as const, why })
  if (facts.isOwn) return no('volunteering/own-hours')
  if (facts.state === 'running') return no('volunteering/still-running')
  if (facts.state === 'struck') return no('volunteering/hours-over')
  if (facts.source !== 'on-site' && facts.recordedIt) return no('volunteering/recorded-by-you')
  if (facts.confirmedIt) return no('volunteering/confirmed-already')
  // What no code proves is witnessed by whoever was served or by the committee; a colleague's word adds nothing.
  const speak = facts.byOwnCode ? witnesses : (['served', 'committee'] as const)
  const capacity = speak.find((one) => facts.may.includes(one))
  return capacity ? { ok: true, capacity } : no('volunteering/not-a-witness')
}
