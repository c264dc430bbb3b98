import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import type { RatingOnCase } from './case-row.ts'
import { performAct } from './perform-act.ts'

/**
 * 评价: reached, solved, satisfied: three facts and no state. "Solved" closes an answered case by the system;
 * "not solved" leaves it open for the supervisor. A staff reporter's own rating is shown and never counts.
 */
export const rateCase = operation(contract.rateCase, (call) =>
  performAct(call, 'rate', ({ row }) => {
    const { reached, solved, satisfaction, words } = call.body
    const counts = call.actor.kind === 'resident'
    const rating: RatingOnCase = {
      reached,
      solved,
      satisfaction,
      words: words ?? null,
      at: call.at.toISOString(),
      counts,
    }
    // Whoever reported their own work as staff does not close it by saying that it is done.
    const closes = counts && solved && row.state === 'answered' && row.pending_approval === null
    return {
      set: {
        rating,
        ...(closes ? { outcome: 'solved' as const, closed_at: call.at } : {}),
      },
      words,
      detail: { reached, solved, satisfaction, counts },
      ...(closes
        ? {
            followedBy: {
              act: 'close' as const,
              to: 'closed' as const,
              detail: { outcome: 'solved', because: 'confirmed' },
            },
          }
        : {}),
    }
  }),
)
