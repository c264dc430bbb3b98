import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/**
 * 收回重派: the desk takes an order back from a holder who does not act or whose post has ended. The clock goes on, for
 * the resident has waited all the time; a clock that was suspended for the holder runs again.
 */
export const recallCase = operation(contract.recallCase, (call) =>
  performAct(call, 'recall', async ({ row }) => ({
    to: 'accepted',
    set: {
      ...(await runningClock(call, row)).set,
      organisation_id: null,
      shared_organisations: [],
      holder_post_id: null,
      holder_account_id: null,
      assigned_at: null,
    },
    words: call.body.reason,
    detail: { organisation: row.organisation_id, post: row.holder_post_id },
    internal: true,
  })),
)
