import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { performAct } from './perform-act.ts'

/** 联系居民: every attempt is kept; the first that reached stops the response clock (rights.md, contact). */
export const contactResident = operation(contract.contactResident, (call) =>
  performAct(call, 'contact', ({ row }) => {
    const { mode, reached, words } = call.body
    const at = call.body.at === undefined ? call.at : new Date(call.body.at)
    if (at.getTime() > call.at.getTime()) throw new Refusal('cases/date-in-future')
    return {
      ...(reached && row.responded_at === null && at.getTime() >= spokenSince(row).getTime()
        ? { set: { responded_at: at } }
        : {}),
      words,
      detail: { mode, reached, at: at.toISOString() },
    }
  }),
)

/** A call about the matter before it was filed, or before it was reported again, answers nothing of this round. */
function spokenSince(row: CaseRow): Date {
  return row.reopen_count > 0 && row.clock_start_at !== null ? row.clock_start_at : row.created_at
}
