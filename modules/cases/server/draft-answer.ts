import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 拟写答复: kept as a draft and sent when the check passes. */
export const draftAnswer = operation(contract.draftAnswer, (call) =>
  performAct(call, 'answer', () => ({
    set: { draft_answer: call.body.answer },
    words: call.body.answer,
    internal: true,
  })),
)
