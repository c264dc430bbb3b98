import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

/** 联系居民: every attempt is kept; the first that reached stops the response clock (rights.md, contact). */
export const contactResident = operation(contract.contactResident, (call) =>
  performAct(call, 'contact', ({ row }) => {
    const { mode, reached, words } = call.body
    const at = call.body.at === undefined ? call.at : new Date(call.body.at)
    if (at.getTime() > call.at.getTime()) throw new Refusal('cases/date-in-future')
    return {
      ...(reached && row.responded_at === null ? { set: { responded_at: at } } : {}),
      words,
      detail: { mode, reached, at: at.toISOString() },
    }
  }),
)
