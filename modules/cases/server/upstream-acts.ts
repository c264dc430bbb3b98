/** What is done with those above: asking them to take an order back, telling them the answer, keeping their rating. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { OrderReturnOnCase } from './case-row.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'
import { sourcesOf } from './upstream-source-store.ts'

/** 申请退单: their decision; until then the case goes on and its clock does not stop. */
export const returnUpstream = operation(contract.returnUpstream, (call) =>
  performAct(call, 'return-upstream', ({ post }) => ({
    set: {
      order_return: {
        reason: call.body.reason,
        askedBy: call.actor.accountId,
        askedByPost: post?.id ?? null,
        askedAt: call.at.toISOString(),
        outcome: null,
        confirmedBy: null,
        settledAt: null,
      },
    },
    words: call.body.reason,
    internal: true,
  })),
)

/** Taken back, the case ends here as declined, and the order's own card says that it was returned. */
export const settleUpstream = operation(contract.settleUpstream, (call) =>
  performAct(call, 'settle-upstream', async ({ row }) => {
    const { approved, confirmedBy, words } = call.body
    const asked = row.order_return
    if (asked === null) throw new Refusal('cases/nothing-asked-above')
    const settled: OrderReturnOnCase = {
      ...asked,
      outcome: approved ? 'approved' : 'refused',
      confirmedBy,
      settledAt: call.at.toISOString(),
    }
    return {
      ...(approved ? { to: 'declined' as const } : {}),
      set: {
        order_return: settled,
        ...(approved
          ? { ...(await runningClock(call, row)).set, closed_at: call.at, pending_approval: null }
          : {}),
      },
      words,
      detail: { approved, confirmedBy, outcome: approved ? 'returned-upstream' : null },
      internal: true,
    }
  }),
)

/** 回填: the words stay in the history each time, so that twice sent is seen as twice. */
export const replyUpstream = operation(contract.replyUpstream, (call) =>
  performAct(call, 'reply-upstream', ({ row }) => ({
    set: { order_replied_at: call.at },
    words: call.body.text,
    detail: { again: row.order_replied_at !== null },
    internal: true,
  })),
)

/** Their call-back is the call-back: a resident is not asked the same thing twice. */
export const rateUpstream = operation(contract.rateUpstream, (call) =>
  performAct(call, 'rate-upstream', async ({ row }) => {
    const { value, solved = null, words } = call.body
    const source = (await sourcesOf(call.tx, row.street_id)).get(row.outside_source ?? '')
    const scale = source?.ratingScale.join(' / ') ?? value
    return {
      set: {
        outside_rating: { scale, value, solved, words: words ?? null, at: call.at.toISOString() },
      },
      words,
      detail: { value, solved, scale },
      internal: true,
    }
  }),
)
