import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { answerMergedCases } from './merged-cases.ts'
import { performAct } from './perform-act.ts'

/** 直接答复: an inquiry, or what can be settled at once, is answered and closed by the desk. */
export const answerNow = operation(contract.answerNow, (call) =>
  performAct(call, 'answer-now', async ({ row, names }) => {
    const { answer, kind, matterCode } = call.body
    const matter = matterCode === undefined ? undefined : names.matters.byCode.get(matterCode)
    if (matterCode !== undefined && !matter) throw new Refusal('cases/matter-unknown')
    const others = await answerMergedCases(call, { row, names }, answer)
    return {
      final: others > 0,
      to: 'closed',
      set: {
        kind: kind ?? row.kind ?? 'inquiry',
        ...(matter ? { matter_id: matter.id } : {}),
        outcome: 'solved',
        answer,
        answered_at: call.at,
        responded_at: row.responded_at ?? call.at,
        closed_at: call.at,
      },
      words: answer,
    }
  }),
)
