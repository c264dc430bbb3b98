/** The days of a mediation: until when the court may be asked, and who is reminded when. */
import { addDays, type Day, daysBetween } from '../../../lib/time.ts'
import type { DutyState } from '../mediation-words.ts'

const confirmDays = 30
/** Days before the last one on which both are reminded. */
const confirmReminders = [10, 3] as const

/**
 * Rule: 人民调解法 art. 33, 民事诉讼法 205: within thirty days of the day on which it took effect, that day not counted;
 * natural days, not moved on for a day off, so that nobody is told a later day than a court might hold to. Not for
 * agreements about personal status, adoption or marriage (法释〔2011〕5号 art. 4).
 */
export const confirmBy = (effectiveOn: Day, aboutStatus: boolean): Day | null =>
  aboutStatus ? null : addDays(effectiveOn, confirmDays)

export interface DaysFacts {
  readonly confirmBy: Day | null
  /** Both have applied: nobody is reminded any more. */
  readonly applied: boolean
  readonly duties: readonly { readonly id: string; readonly dueOn: Day; readonly state: DutyState }[]
}

export interface Reminder {
  readonly reminder: 'court-10' | 'court-3' | 'duty-soon' | 'duty-due'
  /** Of which duty; empty for the court. */
  readonly about: string
  readonly dueOn: Day
}

/** Days before its last one on which whoever has a duty is reminded. */
const dutyWarning = 3

/**
 * What is due to be said today, also where a day was missed: of two steps of one ladder only the later one, and
 * nothing once the day itself is over, but that a duty was to be done, which somebody calls about.
 */
export function remindersDue(facts: DaysFacts, today: Day): Reminder[] {
  const due: Reminder[] = []
  if (facts.confirmBy !== null && !facts.applied && today <= facts.confirmBy) {
    const left = daysBetween(today, facts.confirmBy)
    const [early, late] = confirmReminders
    if (left <= late) due.push({ reminder: 'court-3', about: '', dueOn: facts.confirmBy })
    else if (left <= early) due.push({ reminder: 'court-10', about: '', dueOn: facts.confirmBy })
  }
  for (const { id, dueOn, state } of facts.duties) {
    if (state !== 'open') continue
    const left = daysBetween(today, dueOn)
    if (left < 0) due.push({ reminder: 'duty-due', about: id, dueOn })
    else if (left <= dutyWarning) due.push({ reminder: 'duty-soon', about: id, dueOn })
  }
  return due
}
