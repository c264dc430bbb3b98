/** Swaps of shifts: one asks, the other agrees, a third person approves. */
// Rule: rights.md, separation by person: asked ≠ approved; whoever agreed is a party too.
import type { Shift } from './roster-shifts.ts'

export const swapStates = [
  'asked',
  'agreed',
  'approved',
  'declined',
  'refused',
  'withdrawn',
  'lapsed',
] as const
export type SwapState = (typeof swapStates)[number]

export interface SwapFacts {
  readonly state: SwapState
  readonly askedBy: string
  readonly withAccount: string
  /** Undefined once the shift was taken off the roster. */
  readonly shift: Shift | undefined
  readonly returnShift: Shift | undefined
  /** Whether a shift in return belongs to the swap at all. */
  readonly hasReturn: boolean
}

export type SwapRefusal =
  | 'accounts/swap-settled'
  | 'accounts/swap-not-yours'
  | 'accounts/swap-own'
  | 'accounts/shift-past'
  | 'accounts/not-on-shift'
  | 'accounts/already-on-shift'
export type SwapDecision = { readonly ok: true } | { readonly ok: false; readonly why: SwapRefusal }

export const standsIn = (shift: Shift, accountId: string): boolean =>
  shift.headId === accountId || shift.memberIds.includes(accountId)

/** Puts one person in another's place of a shift. */
export function exchanged(shift: Shift, from: string, to: string): Pick<Shift, 'headId' | 'memberIds'> {
  const swap = (id: string) => (id === from ? to : id)
  return { headId: swap(shift.headId), memberIds: shift.memberIds.map(swap) }
}

/** May the swap be as it stands: both in their shifts, neither twice in one, nothing begun. */
export function decideSwap(facts: Omit<SwapFacts, 'state'>, at: Date): SwapDecision {
  const { shift, returnShift, askedBy, withAccount } = facts
  if (shift === undefined || (facts.hasReturn && returnShift === undefined))
    return { ok: false, why: 'accounts/shift-past' }
  if (shift.startsAt <= at || (returnShift !== undefined && returnShift.startsAt <= at))
    return { ok: false, why: 'accounts/shift-past' }
  if (!standsIn(shift, askedBy)) return { ok: false, why: 'accounts/not-on-shift' }
  if (standsIn(shift, withAccount)) return { ok: false, why: 'accounts/already-on-shift' }
  if (returnShift !== undefined) {
    if (!standsIn(returnShift, withAccount)) return { ok: false, why: 'accounts/not-on-shift' }
    if (standsIn(returnShift, askedBy)) return { ok: false, why: 'accounts/already-on-shift' }
  }
  return { ok: true }
}

/** The other says yes or no; the asker may only take it back. */
export function decideAnswer(facts: SwapFacts, actorId: string, agree: boolean, at: Date): SwapDecision {
  if (actorId !== facts.withAccount && !(actorId === facts.askedBy && !agree))
    return { ok: false, why: 'accounts/swap-not-yours' }
  const open = facts.state === 'asked' || (facts.state === 'agreed' && !agree)
  if (!open) return { ok: false, why: 'accounts/swap-settled' }
  return agree ? decideSwap(facts, at) : { ok: true }
}

export function decideSettle(facts: SwapFacts, actorId: string, approve: boolean, at: Date): SwapDecision {
  if (actorId === facts.askedBy || actorId === facts.withAccount)
    return { ok: false, why: 'accounts/swap-own' }
  if (facts.state !== 'agreed') return { ok: false, why: 'accounts/swap-settled' }
  return approve ? decideSwap(facts, at) : { ok: true }
}
