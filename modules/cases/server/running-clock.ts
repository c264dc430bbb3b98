import { resumed } from '../rules/resume-clock.ts'
import type { CaseRow } from './case-row.ts'
import type { CaseChange } from './case-store.ts'

type ClockChange = Pick<
  CaseChange,
  'suspended_at' | 'suspended_until' | 'response_due_at' | 'due_at' | 'extended_from' | 'paused_minutes'
>

/**
 * A suspended clock goes on, with both deadlines moved by as long as it stood still. Whoever takes a case out of its
 * holder's hands calls this too: nobody else could start the clock again. Nothing changes for a clock that runs.
 */
export function runningClock(row: CaseRow, at: Date): { set: ClockChange; pausedMinutes: number } {
  if (row.suspended_until === null) return { set: {}, pausedMinutes: 0 }
  const moved = resumed(
    { suspendedAt: row.suspended_at, responseDueAt: row.response_due_at, dueAt: row.due_at },
    at,
  )
  return {
    set: {
      suspended_at: null,
      suspended_until: null,
      response_due_at: moved.responseDueAt,
      due_at: moved.dueAt,
      // What may still be put off is counted from the first deadline, which stood still too.
      extended_from:
        row.extended_from && new Date(row.extended_from.getTime() + moved.pausedMinutes * 60_000),
      paused_minutes: row.paused_minutes + moved.pausedMinutes,
    },
    pausedMinutes: moved.pausedMinutes,
  }
}
