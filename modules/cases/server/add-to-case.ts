import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/**
 * 补充: words or photos to an open case, by the reporter or whoever works on it. A clock that waits for the resident goes
 * on by itself once they have spoken.
 */
export const addToCase = operation(contract.addToCase, (call) =>
  performAct(call, 'add', async ({ row }) => {
    const { words, fileIds = [] } = call.body
    if (!words?.trim() && fileIds.length === 0) throw new Refusal('cases/nothing-said')
    const waited = row.suspended_for === 'waiting-for-resident' && row.reporter_id === call.actor.accountId
    if (!waited) return { words, fileIds }
    const { set, pausedMinutes } = await runningClock(call, row)
    return { words, fileIds, set, followedBy: { act: 'resume', to: row.state, detail: { pausedMinutes } } }
  }),
)
