/** 催办 and 督办: words to the holder that everyone can read later; the lawful clock does not move. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

export const remindHolder = operation(contract.remindHolder, (call) =>
  performAct(call, 'remind', () => ({ words: call.body.words, internal: true })),
)

export const superviseCase = operation(contract.superviseCase, (call) =>
  performAct(call, 'supervise', () => {
    const { words, until } = call.body
    if (until !== undefined && new Date(until).getTime() <= call.at.getTime())
      throw new Refusal('cases/date-in-past')
    return { set: { supervised: true }, words, detail: { until: until ?? null }, internal: true }
  }),
)
