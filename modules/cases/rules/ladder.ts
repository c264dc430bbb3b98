/**
 * The steps of a clock: due soon, overdue, then the supervisor, then the head of the street. Pure: facts and an
 * instant in, the steps that have been reached out. Whether a step was taken before is the caller's to know; the key
 * of `case_notices` (case, step, round, deadline) refuses a second.
 */
import { type CaseState, type LadderStep, type Rung, rungs, type Urgency } from '../words.ts'
import { assumingWeekdays } from './assumed-weekdays.ts'
import { type ClockSpan, clockState, type DueSoonRule, dueAt } from './clock.ts'
import type { WorkingCalendar } from './working-days.ts'

/** How long after the deadline a late case climbs to each; a rung that is absent is not climbed. */
export type Ladder = Readonly<Partial<Record<Rung, ClockSpan>>>
export type Ladders = Readonly<Record<Urgency, Ladder>>

const hours = (amount: number): ClockSpan => ({ amount, unit: 'clock-hours' })
const workingDays = (amount: number): ClockSpan => ({ amount, unit: 'working-days' })

/** What holds where the street has set nothing. Rule: rules.md 4.1, 通报 some working days after 催办; P0 and P1 by the clock. */
export const shippedLadders: Ladders = {
  P0: { supervisor: { amount: 15, unit: 'clock-minutes' }, 'street-head': hours(1) },
  P1: { supervisor: hours(2), 'street-head': hours(8) },
  P2: { supervisor: workingDays(1), 'street-head': workingDays(3) },
  P3: { supervisor: workingDays(2), 'street-head': workingDays(5) },
}

export interface LadderClock {
  readonly state: CaseState
  readonly urgency: Urgency
  readonly startAt: Date | null
  readonly responseDueAt: Date | null
  readonly respondedAt: Date | null
  readonly dueAt: Date | null
  /** The clock stands still. */
  readonly suspended: boolean
}

export interface LadderRules {
  readonly dueSoon: DueSoonRule
  readonly ladders: Ladders
  readonly calendar: WorkingCalendar
}

export interface ReachedStep {
  readonly step: LadderStep
  /** The deadline that the step is about: a new one begins the ladder anew. */
  readonly dueAt: Date
}

const underWay: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']

/** When a late case climbs to a rung; undefined where the ladder has none. */
export function rungAt(due: Date, span: ClockSpan | undefined, calendar: WorkingCalendar): Date | undefined {
  if (span === undefined) return undefined
  const answer = dueAt(due, span, assumingWeekdays(calendar))
  return answer.ok ? answer.dueAt : undefined
}

/**
 * The steps that a clock has reached at an instant, lowest first. None while it stands still or nobody works on the
 * case: a merged, answered or closed one climbs no further. "Due soon" is reached only until the deadline; what comes
 * after it stays reached, so that a job which slept takes every step that it slept through.
 */
export function reachedSteps(clock: LadderClock, at: Date, rules: LadderRules): ReachedStep[] {
  const { startAt, dueAt: due, responseDueAt } = clock
  if (clock.suspended || startAt === null || !underWay.includes(clock.state)) return []
  const steps: ReachedStep[] = []
  if (responseDueAt !== null && clock.respondedAt === null) {
    const state = clockState(at, responseDueAt, startAt, rules.dueSoon)
    if (state !== 'running') steps.push({ step: `response-${state}`, dueAt: responseDueAt })
  }
  if (due === null) return steps
  const state = clockState(at, due, startAt, rules.dueSoon)
  if (state !== 'running') steps.push({ step: state, dueAt: due })
  if (state !== 'overdue') return steps
  for (const rung of rungs) {
    const climbsAt = rungAt(due, rules.ladders[clock.urgency][rung], rules.calendar)
    if (climbsAt !== undefined && at.getTime() > climbsAt.getTime()) steps.push({ step: rung, dueAt: due })
  }
  return steps
}

/** The last step that the ladder of an urgency has: beyond it nothing is left to look for. */
export function lastStep(ladder: Ladder): LadderStep {
  return [...rungs].reverse().find((rung) => ladder[rung] !== undefined) ?? 'overdue'
}
