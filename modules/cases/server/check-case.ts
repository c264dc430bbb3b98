import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { checkModeFor } from '../rules/check-mode.ts'
import { answerMergedCases } from './merged-cases.ts'
import { performAct } from './perform-act.ts'

/**
 * 核查: passed, the answer goes to the resident, and to everyone whose case was merged into this one; failed, it goes
 * back for rework on the original clock.
 */
export const checkCase = operation(contract.checkCase, (call) =>
  performAct(call, 'check', async ({ row, names }) => {
    const { pass, mode, words, fileIds = [] } = call.body
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    const wanted = matter && checkModeFor(matter.on_site_check)
    if (wanted && wanted !== mode) throw new Refusal('cases/check-mode-wrong')
    const detail = { pass, mode }
    if (!pass)
      return {
        to: 'in-progress',
        // What the holder said came of it has not stood the check.
        set: { rework_count: row.rework_count + 1, outcome: null },
        words,
        detail,
        fileIds,
      }
    // Rule: rights.md, check: on site a photo, by call-back the answers given.
    if (mode === 'on-site' && fileIds.length === 0) throw new Refusal('cases/evidence-missing')
    const answer = call.body.answer?.trim() || row.draft_answer
    if (!answer) throw new Refusal('cases/answer-missing')
    await answerMergedCases(call, { row, names }, answer)
    return {
      to: 'answered',
      set: { answer, answered_at: call.at, responded_at: row.responded_at ?? call.at },
      words,
      detail,
      fileIds,
    }
  }),
)
