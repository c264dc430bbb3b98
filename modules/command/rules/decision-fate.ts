/** What came of a decision of the meeting, told by days as the meeting set it. */
import { type Day, endOfDay } from '../../../lib/time.ts'
import type { DecisionFate } from '../contract.ts'

/** `answeredAt` null: the case is still under way, or was reported again. */
export function decisionFate(dueOn: Day, answeredAt: Date | null, at: Date): DecisionFate {
  const end = endOfDay(dueOn)
  if (answeredAt !== null) return answeredAt <= end ? 'in-time' : 'late'
  return at <= end ? 'open' : 'past-date'
}
