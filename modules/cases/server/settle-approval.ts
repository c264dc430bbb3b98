/** 批准 / 不批准: a second person settles what was asked; only then does it happen. */

import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { FindingKind } from '../trust-words.ts'
import type { Outcome, SuspendReason } from '../words.ts'
import { toldOf } from './ask-approval.ts'
import type { CaseRow, PendingApprovalOnCase } from './case-row.ts'
import { handled } from './handled.ts'
import { type Plan, performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

function requestOn(row: CaseRow): PendingApprovalOnCase {
  if (row.pending_approval === null) throw new Refusal('cases/nothing-to-approve')
  return row.pending_approval
}

/** What each approved request does to the case. */
async function granted(
  call: { tx: Tx; at: Date; actor: Pick<Actor, 'accountId'> },
  row: CaseRow,
  request: PendingApprovalOnCase,
): Promise<Pick<Plan, 'to' | 'set'>> {
  const { at } = call
  const until = request.until === null ? null : new Date(request.until)
  switch (request.act) {
    case 'return':
      return {
        to: 'accepted',
        set: {
          ...(await runningClock(call, row)).set,
          organisation_id: null,
          shared_organisations: [],
          holder_post_id: null,
          holder_account_id: null,
          assigned_at: null,
        },
      }
    case 'extend':
    case 'defer':
      return { set: { due_at: until ?? row.due_at, extended_from: row.extended_from ?? row.due_at } }
    case 'suspend':
      return {
        set: {
          suspended_until: until,
          suspended_at: at,
          suspended_for: request.more.kind as SuspendReason,
        },
      }
    case 'submit-result':
      return {
        to: 'result-submitted',
        set: {
          ...handled(row, request.byAccount),
          ...(await runningClock(call, row)).set,
          outcome: request.more.outcome as Outcome,
          draft_answer: request.more.answer ?? row.draft_answer,
        },
      }
    case 'find-unreasonable':
      return {
        set: {
          finding: {
            kind: request.more.kind as FindingKind,
            reason: request.reason,
            byAccount: request.byAccount,
            approvedBy: call.actor.accountId,
            at: at.toISOString(),
          },
        },
      }
    case 'close':
      return {
        to: 'closed',
        set: {
          outcome: request.more.outcome as Outcome,
          review_on: request.more.reviewOn ?? null,
          closed_at: at,
        },
      }
  }
}

export const approveRequest = operation(contract.approveRequest, (call) =>
  performAct(call, 'approve', async ({ row }) => {
    const request = requestOn(row)
    const { to, set } = await granted(call, row, request)
    return {
      ...(to ? { to } : {}),
      set: { ...set, pending_approval: null },
      words: call.body.words,
      detail: { of: request.act, until: request.until, ...toldOf(request) },
      // A long-term list is the resident's business; the rest is between desk and holder.
      internal: request.act !== 'close',
    }
  }),
)

export const refuseRequest = operation(contract.refuseRequest, (call) =>
  performAct(call, 'refuse', ({ row }) => ({
    set: { pending_approval: null },
    words: call.body.words,
    detail: { of: requestOn(row).act },
    internal: true,
  })),
)
