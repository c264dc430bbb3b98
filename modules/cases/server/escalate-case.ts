import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 上报: what a community can not settle goes to the street desk. */
export const escalateCase = operation(contract.escalateCase, (call) =>
  performAct(call, 'escalate', ({ row }) => {
    if (row.desk === 'street') throw new Refusal('cases/already-at-this-desk')
    return { set: { desk: 'street' }, words: call.body.reason, detail: { desk: 'street' } }
  }),
)
