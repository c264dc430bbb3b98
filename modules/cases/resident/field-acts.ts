/** Which acts a grid worker meets on the phone, in the order of likelihood, and what the server says of them. */

import { say } from '../../../ui/language.ts'
import type { CaseView } from '../contract.ts'
import { actNames, words as refusalWords } from '../messages.ts'
import { fieldWords } from './field-words.ts'

export const fieldActs = [
  'finish-task',
  'take',
  'solve-on-spot',
  'submit-result',
  'contact',
  'add',
  'escalate',
  'return',
] as const
export type FieldAct = (typeof fieldActs)[number]

export interface OfferedFieldAct {
  readonly key: FieldAct
  readonly label: string
  readonly why?: string
}

/** Those that concern this person at all; `why` stands where the server does not allow it now. */
export function offeredActs(view: CaseView): OfferedFieldAct[] {
  return fieldActs.flatMap((key) => {
    const may = view.can[key]
    if (may === undefined) return []
    // The tab beside it is called 上报 too: what is found on the way goes in there.
    const label = say(key === 'escalate' ? fieldWords.escalateSend : actNames[key])
    return may.ok ? [{ key, label }] : [{ key, label, why: say(refusalWords[may.why]) }]
  })
}
