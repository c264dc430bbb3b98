import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { needsPhoto } from '../rules/special.ts'
import { startClocks } from '../rules/start-clocks.ts'
import { workingCalendar } from './calendar.ts'
import { handled } from './handled.ts'
import { performAct } from './perform-act.ts'
import { clockTable } from './street-clocks.ts'

/**
 * 自行处置: settled where it was found. It goes to the check like any other; should the check fail, the one who
 * solved it holds it, on a clock that began now unless acceptance had begun one.
 */
export const solveOnSpot = operation(contract.solveOnSpot, (call) =>
  performAct(call, 'solve-on-spot', async ({ row, post, names }) => {
    const { words, answer, fileIds = [], photosBefore } = call.body
    if ((needsPhoto(row.special) || !words?.trim()) && fileIds.length === 0)
      throw new Refusal('cases/evidence-missing')
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    const kind = row.kind ?? matter?.kind ?? 'help'
    const clocks =
      row.clock_rule === null
        ? startClocks(
            call.at,
            kind,
            row.urgency,
            matter?.clock ?? null,
            await workingCalendar(call.tx, row.street_id),
            await clockTable(call.tx, row.street_id, call.at),
          )
        : undefined
    return {
      to: 'result-submitted',
      set: {
        ...handled(row, call.actor.accountId),
        kind,
        holder_post_id: post?.id ?? null,
        holder_account_id: call.actor.accountId,
        assigned_at: call.at,
        responded_at: row.responded_at ?? call.at,
        outcome: 'solved',
        draft_answer: answer ?? row.draft_answer,
        ...(clocks
          ? {
              clock_start_at: call.at,
              response_due_at: clocks.responseDueAt,
              due_at: clocks.dueAt,
              clock_rule: clocks.rule,
            }
          : {}),
      },
      words,
      ...(photosBefore === undefined ? {} : { detail: { photosBefore } }),
      fileIds,
    }
  }),
)
