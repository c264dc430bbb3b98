import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { handled } from './handled.ts'
import { performAct } from './perform-act.ts'

/** 签收: the holder takes the order and is from now on a handler of it. */
export const takeCase = operation(contract.takeCase, (call) =>
  performAct(call, 'take', ({ row }) => ({ to: 'in-progress', set: handled(row, call.actor.accountId) })),
)
