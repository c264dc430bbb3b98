import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { answerMergedCases } from './merged-cases.ts'
import { performAct } from './perform-act.ts'

/** 不予受理: never without a reason of the list, where to turn, and words to the resident. */
export const declineCase = operation(contract.declineCase, (call) =>
  performAct(call, 'decline', async (acting) => {
    const { reason, whereToTurn, answer } = call.body
    const others = await answerMergedCases(call, acting, answer)
    return {
      final: others > 0,
      to: 'declined',
      set: { answer, answered_at: call.at, closed_at: call.at },
      words: answer,
      detail: { reason, whereToTurn },
    }
  }),
)
