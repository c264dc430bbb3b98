/**
 * What an import does to a clock that runs. Only deadlines that the calendar set are counted again: one that somebody
 * set by approving an extension stays, and only loses the note that it was provisional.
 */
// Rule: docs/decisions/0005-provisional-deadlines.md.
import type { Bilingual } from '../../../lib/language.ts'
import type { ClockSpan } from './clock.ts'
import { moved } from './resume-clock.ts'
import { deadlineOf, withoutProvisionalNote, withProvisionalNote } from './start-clocks.ts'
import type { WorkingCalendar } from './working-days.ts'

export interface RunningClock {
  readonly startAt: Date
  readonly responseDueAt: Date | null
  readonly dueAt: Date
  readonly pausedMinutes: number
  readonly rule: {
    readonly response: ClockSpan
    readonly finish: ClockSpan
    readonly words: Bilingual
    readonly provisional: boolean
  }
}

type Recounted = Pick<RunningClock, 'responseDueAt' | 'dueAt' | 'rule'>

/** Undefined when the import changes nothing of this clock. */
export function recountClock(
  clock: RunningClock,
  before: WorkingCalendar,
  now: WorkingCalendar,
): Recounted | undefined {
  const { startAt, pausedMinutes, rule } = clock
  const counted = (span: ClockSpan, calendar: WorkingCalendar) => {
    const { at, missingYear } = deadlineOf(startAt, span, calendar)
    return { at: moved(at, pausedMinutes, span.unit, calendar), missingYear }
  }
  const recounted = (stored: Date, span: ClockSpan): Date =>
    stored.getTime() === counted(span, before).at.getTime() ? counted(span, now).at : stored
  const dueAt = recounted(clock.dueAt, rule.finish)
  const responseDueAt = clock.responseDueAt && recounted(clock.responseDueAt, rule.response)
  const missing = counted(rule.finish, now).missingYear ?? counted(rule.response, now).missingYear
  const provisional = missing !== undefined
  const same =
    dueAt.getTime() === clock.dueAt.getTime() &&
    responseDueAt?.getTime() === clock.responseDueAt?.getTime() &&
    provisional === rule.provisional
  if (same) return undefined
  const plain = withoutProvisionalNote(rule.words)
  const words = missing === undefined ? plain : withProvisionalNote(plain, missing)
  return { dueAt, responseDueAt, rule: { ...rule, words, provisional } }
}
