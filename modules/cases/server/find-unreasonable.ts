import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { askFor } from './ask-approval.ts'
import { performAct } from './perform-act.ts'

/** 不合理诉求: asked here, found only when a second person agrees (settle-approval.ts). The case goes on like any other. */
export const findUnreasonable = operation(contract.findUnreasonable, (call) =>
  performAct(call, 'find-unreasonable', (acting) => {
    if (acting.row.finding !== null) throw new Refusal('cases/finding-there')
    const { kind, reason } = call.body
    return askFor(acting, { act: 'find-unreasonable', reason, until: null, more: { kind } })
  }),
)
