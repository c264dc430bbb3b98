/** May the system accept and assign a new case by itself? Only what a street switched on, and only when nothing is open. */
import { doorsOf, soundsUrgent } from '../emergency-words.ts'
import type { CaseState, Desk, Urgency } from '../words.ts'

export interface DispatchFacts {
  readonly state: CaseState
  readonly desk: Desk
  readonly text: string
  readonly confidential: boolean
  readonly fromAbove: boolean
  readonly placeKnown: boolean
  /** The urgency that it will have. */
  readonly urgency: Urgency
  readonly matter: {
    readonly code: string
    readonly sensitive: boolean
    /** It asks for values that only a person can fill in. */
    readonly asksMore: boolean
  }
  /** What the text model says of this matter; the likeliest of all. */
  readonly share: number
  /** Active organisations of the place whose duty list says that they must take it. */
  readonly mustTake: readonly string[]
  readonly switchedOn: readonly { readonly matterCode: string; readonly atLeastPercent: number }[]
}

export type WhyNot =
  | 'not-switched-on'
  | 'not-sure'
  | 'not-new'
  | 'urgent'
  | 'confidential'
  | 'no-place'
  | 'asks-more'
  | 'other-door'
  | 'no-single-organisation'

/** The organisation, or why a person has to look. */
// Rule: issue 5 item 2: never by itself unless a street switches it on per matter above a stated confidence.
export function decideDispatch(facts: DispatchFacts): { organisationId: string } | { why: WhyNot } {
  const { matter, switchedOn, share, mustTake } = facts
  const line = switchedOn.find(({ matterCode }) => matterCode === matter.code)
  if (line === undefined) return { why: 'not-switched-on' }
  if (share * 100 < line.atLeastPercent) return { why: 'not-sure' }
  if (facts.state !== 'pending' || facts.fromAbove) return { why: 'not-new' }
  if (facts.urgency === 'P0' || soundsUrgent(facts.text).length > 0) return { why: 'urgent' }
  if (facts.confidential || matter.sensitive) return { why: 'confidential' }
  if (!facts.placeKnown) return { why: 'no-place' }
  if (matter.asksMore) return { why: 'asks-more' }
  if (doorsOf(facts.text).length > 0) return { why: 'other-door' }
  const [only, another] = mustTake
  return only === undefined || another !== undefined
    ? { why: 'no-single-organisation' }
    : { organisationId: only }
}
