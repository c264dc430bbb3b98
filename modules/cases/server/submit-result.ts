import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { postAs } from '../rules/decide-act.ts'
import { factsOf } from './case-view.ts'
import { handled } from './handled.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/** 反馈结果: by the holder; or by the desk on the holder's behalf 代录, with the letter, call or photo it rests on. */
export const submitResult = operation(contract.submitResult, (call) =>
  performAct(call, 'submit-result', ({ row }) => {
    const { outcome, words, answer, fileIds = [], onBehalf } = call.body
    const isHolder = postAs('holder', factsOf(row), call.actor) !== undefined
    if (!isHolder && onBehalf === undefined) throw new Refusal('cases/evidence-missing')
    if (onBehalf !== undefined && onBehalf !== 'call' && fileIds.length === 0)
      throw new Refusal('cases/evidence-missing')
    return {
      to: 'result-submitted',
      set: {
        ...handled(row, call.actor.accountId),
        ...runningClock(row, call.at).set,
        outcome,
        draft_answer: answer ?? row.draft_answer,
      },
      words,
      detail: { outcome, onBehalf: onBehalf ?? null },
      fileIds,
    }
  }),
)
