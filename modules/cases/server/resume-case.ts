import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { resumed } from '../rules/resume-clock.ts'
import { performAct } from './perform-act.ts'

/** 恢复计时: a suspended clock goes on before its day; both deadlines move by as long as it stood still. */
export const resumeCase = operation(contract.resumeCase, (call) =>
  performAct(call, 'resume', ({ row }) => {
    const moved = resumed(
      { suspendedAt: row.suspended_at, responseDueAt: row.response_due_at, dueAt: row.due_at },
      call.at,
    )
    return {
      set: {
        suspended_at: null,
        suspended_until: null,
        response_due_at: moved.responseDueAt,
        due_at: moved.dueAt,
        paused_minutes: row.paused_minutes + moved.pausedMinutes,
      },
      words: call.body.words,
      detail: { pausedMinutes: moved.pausedMinutes },
      internal: true,
    }
  }),
)
