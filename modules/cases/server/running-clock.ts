import type { Tx } from '../../../platform/db.ts'
import { moved, resumed } from '../rules/resume-clock.ts'
import { workingCalendar } from './calendar.ts'
import type { CaseRow } from './case-row.ts'
import type { CaseChange } from './case-store.ts'

type ClockChange = Pick<
  CaseChange,
  | 'suspended_at'
  | 'suspended_until'
  | 'suspended_for'
  | 'response_due_at'
  | 'due_at'
  | 'extended_from'
  | 'paused_minutes'
>

/**
 * A suspended clock goes on, with both deadlines moved by as long as it stood still, which is never longer than was
 * approved. Whoever takes a case out of its holder's hands calls this too: nobody else could start the clock again.
 * Nothing changes for a clock that runs.
 */
export async function runningClock(
  { tx, at }: { tx: Tx; at: Date },
  row: CaseRow,
): Promise<{ set: ClockChange; pausedMinutes: number }> {
  const until = row.suspended_until
  if (until === null) return { set: {}, pausedMinutes: 0 }
  const calendar = await workingCalendar(tx, row.street_id)
  const units = {
    response: row.clock_rule?.response.unit ?? 'clock-hours',
    finish: row.clock_rule?.finish.unit ?? 'clock-hours',
  }
  const clock = { suspendedAt: row.suspended_at, responseDueAt: row.response_due_at, dueAt: row.due_at }
  const after = resumed(clock, at < until ? at : until, units, calendar)
  return {
    set: {
      suspended_at: null,
      suspended_until: null,
      suspended_for: null,
      response_due_at: after.responseDueAt,
      due_at: after.dueAt,
      // What may still be put off is counted from the first deadline, which stood still too.
      extended_from:
        row.extended_from && moved(row.extended_from, after.pausedMinutes, units.finish, calendar),
      paused_minutes: row.paused_minutes + after.pausedMinutes,
    },
    pausedMinutes: after.pausedMinutes,
  }
}
