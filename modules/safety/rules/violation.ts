/** Where a violation stands, which case may become one, who may measure it, and how lines are counted. */
import type { CaseState, Outcome, SpecialKind } from '../../cases/contract.ts'
import type { SafetyRefusal } from '../refusals.ts'
import type { ViolationStage } from '../violation-words.ts'

const underWay: Readonly<Record<Exclude<CaseState, 'answered' | 'closed'>, ViolationStage>> = {
  pending: 'to-give',
  accepted: 'to-give',
  assigned: 'rectifying',
  'in-progress': 'rectifying',
  'result-submitted': 'to-check',
  declined: 'dropped',
  merged: 'dropped',
}

/**
 * Put right is only what somebody else has re-checked and found solved; what was handed to the law-enforcement body is
 * that and no more, and what is solved in part is left.
 */
// Rule: product.md principle 3: finished, solved and satisfied are three facts.
export function violationStage(
  state: CaseState,
  outcome: Outcome | null,
  handedOver: boolean,
): ViolationStage {
  if (state !== 'answered' && state !== 'closed') return underWay[state]
  if (outcome === 'solved') return 'put-right'
  return outcome === 'unsolved' && handedOver ? 'handed-over' : 'left'
}

export interface ViolationCandidate {
  readonly state: CaseState
  readonly isPetition: boolean
  readonly isTask: boolean
  readonly special: SpecialKind | null
  readonly isOrderFromAbove: boolean
  readonly photosBefore: number
  readonly photosAfter: number
}

export type ListingDecision =
  /** Given out with its day, or listed as it is: put right on the spot by whoever found it. */
  { readonly ok: true; readonly as: 'given' | 'listed' } | { readonly ok: false; readonly why: SafetyRefusal }

/** Rule: systems.md 000-17: no line without what it looked like before, none as put right without what is there now. */
export function decideListing(one: ViolationCandidate): ListingDecision {
  const refuse = (why: SafetyRefusal) => ({ ok: false, why }) as const
  if (one.isPetition) return refuse('safety/petition-is-no-violation')
  if (one.isTask || one.isOrderFromAbove || (one.special !== null && one.special !== 'violation'))
    return refuse('safety/case-elsewhere')
  const waits = one.state === 'pending' || one.state === 'accepted'
  const onSpot = one.special === null && (one.state === 'result-submitted' || one.state === 'answered')
  if (!waits && !onSpot) return refuse('safety/case-elsewhere')
  if (one.photosBefore === 0) return refuse('safety/photo-before-missing')
  if (onSpot && one.photosAfter === 0) return refuse('safety/photo-after-missing')
  return { ok: true, as: waits ? 'given' : 'listed' }
}

const measured: ReadonlySet<CaseState> = new Set(['assigned', 'in-progress', 'result-submitted'])
/** A size is written down until the re-check; whoever re-checks reads it, and after that it stands. */
export const isMeasurable = (state: CaseState): boolean => measured.has(state)

/** Who holds it hands it over or submits what came of it; nothing in between waits for a second person or stands still. */
export const mayHandOver = (one: {
  readonly state: CaseState
  readonly waits: boolean
  readonly suspended: boolean
}): boolean => (one.state === 'assigned' || one.state === 'in-progress') && !one.waits && !one.suspended

/** What is counted of a line. */
export interface CountedLine {
  readonly kind: string
  /** The community that it lies in, or the street itself. */
  readonly areaId: string
  /** YYYY-MM of the day on which it was listed. */
  readonly month: string
  readonly stage: ViolationStage
  readonly removedCm2: number | null
}

export interface Counted {
  readonly kind: string
  readonly areaId: string
  readonly month: string
  readonly stage: ViolationStage
  readonly count: number
  /** Of those that were put right, how many say how much was removed, and how much that is together. */
  readonly measured: number
  readonly removedCm2: number
}

/** Lines alike in kind, place, month and stage, counted. */
export function countLines(lines: readonly CountedLine[]): Counted[] {
  const cells = new Map<string, Counted>()
  for (const { kind, areaId, month, stage, removedCm2 } of lines) {
    const key = JSON.stringify([kind, areaId, month, stage])
    const cell = cells.get(key) ?? { kind, areaId, month, stage, count: 0, measured: 0, removedCm2: 0 }
    const removed = stage === 'put-right' ? removedCm2 : null
    cells.set(key, {
      ...cell,
      count: cell.count + 1,
      measured: cell.measured + (removed === null ? 0 : 1),
      removedCm2: cell.removedCm2 + (removed ?? 0),
    })
  }
  return [...cells.values()]
}
