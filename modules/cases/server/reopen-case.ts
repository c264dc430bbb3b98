import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { startClocks } from '../rules/start-clocks.ts'
import { workingCalendar } from './calendar.ts'
import { performAct } from './perform-act.ts'
import { clockTable } from './street-clocks.ts'

/** 再次反映: back to the desk on a new clock with the same history. Staff bring evidence. */
export const reopenCase = operation(contract.reopenCase, (call) =>
  performAct(call, 'reopen', async ({ row, names }) => {
    const { words, fileIds = [] } = call.body
    const byReporter = row.reporter_id === call.actor.accountId
    if (!byReporter && fileIds.length === 0) throw new Refusal('cases/evidence-missing')
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    const kind = row.kind ?? matter?.kind ?? 'help'
    const clocks = startClocks(
      call.at,
      kind,
      row.urgency,
      matter?.clock ?? null,
      await workingCalendar(call.tx, row.street_id),
      await clockTable(call.tx, row.street_id, call.at),
    )
    return {
      to: 'accepted',
      set: {
        kind,
        accepted_at: call.at,
        clock_start_at: call.at,
        response_due_at: clocks.responseDueAt,
        due_at: clocks.dueAt,
        promised_at: null,
        clock_rule: clocks.rule,
        extended_from: null,
        suspended_at: null,
        suspended_until: null,
        suspended_for: null,
        paused_minutes: 0,
        responded_at: null,
        assigned_at: null,
        organisation_id: null,
        shared_organisations: [],
        holder_post_id: null,
        holder_account_id: null,
        outcome: null,
        draft_answer: null,
        answer: null,
        answered_at: null,
        closed_at: null,
        review_on: null,
        rating: null,
        pending_approval: null,
        dispute: null,
        hops: 0,
        reopen_count: row.reopen_count + 1,
      },
      words,
      detail: { dueAt: clocks.dueAt.toISOString() },
      fileIds,
    }
  }),
)
