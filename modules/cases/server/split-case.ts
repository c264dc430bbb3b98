import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 拆单: back to where it stood before the merge. */
export const splitCase = operation(contract.splitCase, (call) =>
  performAct(call, 'split', ({ row }) => ({
    to: row.accepted_at === null ? 'pending' : 'accepted',
    set: { parent_case_id: null, answer: null, answered_at: null, closed_at: null, rating: null },
    words: call.body.words,
    internal: true,
  })),
)
