import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { ruleOutside } from './outside-duty.ts'
import { performAct } from './perform-act.ts'

/**
 * 上报: what a community can not settle goes to the street desk. What its duty list does not hold it refuses with one
 * press: the rule itself is the reason.
 */
export const escalateCase = operation(contract.escalateCase, (call) =>
  performAct(call, 'escalate', ({ row, names }) => {
    if (row.desk === 'street') throw new Refusal('cases/already-at-this-desk')
    const { reason, outsideDuty = false } = call.body
    const rule = outsideDuty ? ruleOutside(row, names) : undefined
    if (outsideDuty && rule === undefined) throw new Refusal('cases/on-duty-list')
    const words = reason?.trim() || rule?.zh
    if (words === undefined || words === '') throw new Refusal('cases/nothing-said')
    return { set: { desk: 'street' }, words, detail: { desk: 'street', outsideDuty } }
  }),
)
