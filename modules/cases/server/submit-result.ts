import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { needsApproval } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { postAs } from '../rules/decide-act.ts'
import { needsPhoto } from '../rules/special.ts'
import { askFor } from './ask-approval.ts'
import type { CaseRow } from './case-row.ts'
import { factsOf } from './case-view.ts'
import { handled } from './handled.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/**
 * 反馈结果: by the holder; or by the desk on the holder's behalf 代录, with the letter, call or photo it rests on. Where
 * the organisation asks for 审签, a handler's result waits for its lead.
 */
export const submitResult = operation(contract.submitResult, (call) =>
  performAct(call, 'submit-result', async (acting) => {
    const { row } = acting
    const { outcome, words, answer, fileIds = [], onBehalf } = call.body
    if (needsPhoto(row.special) && fileIds.length === 0) throw new Refusal('cases/evidence-missing')
    const isHolder = postAs('holder', factsOf(row), call.actor) !== undefined
    if (!isHolder && onBehalf === undefined) throw new Refusal('cases/evidence-missing')
    if (onBehalf !== undefined && onBehalf !== 'call' && fileIds.length === 0)
      throw new Refusal('cases/evidence-missing')
    if (isHolder && onBehalf === undefined && (await waitsForLead(call, row)))
      return askFor(acting, {
        act: 'submit-result',
        reason: words,
        until: null,
        more: { outcome, answer: answer ?? null },
        fileIds,
      })
    return {
      to: 'result-submitted',
      set: {
        ...handled(row, call.actor.accountId),
        ...(await runningClock(call, row)).set,
        outcome,
        draft_answer: answer ?? row.draft_answer,
      },
      words,
      detail: { outcome, onBehalf: onBehalf ?? null },
      fileIds,
    }
  }),
)

/** What the lead submits needs nobody else; an answer recorded for the organisation rests on its own paper. */
async function waitsForLead(call: Call<typeof contract.submitResult>, row: CaseRow): Promise<boolean> {
  const isLead = postAs('organisation-lead', factsOf(row), call.actor) !== undefined
  if (isLead || row.organisation_id === null) return false
  return needsApproval(call.tx, row.street_id, row.organisation_id)
}
