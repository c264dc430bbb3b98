import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 补充: words or photos to an open case, by the reporter or whoever works on it. */
export const addToCase = operation(contract.addToCase, (call) =>
  performAct(call, 'add', () => {
    const { words, fileIds = [] } = call.body
    if (!words?.trim() && fileIds.length === 0) throw new Refusal('cases/nothing-said')
    return { words, fileIds }
  }),
)
