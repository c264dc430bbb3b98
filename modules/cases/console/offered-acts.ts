/** The acts of a case for the act bar, from the server's `can`: likely ones first, forbidden ones with their reason. */

import type { Bilingual } from '../../../lib/language.ts'
import type { OfferedAct } from '../../../ui/act-bar.vue'
import { say } from '../../../ui/language.ts'
import type { Act, CaseView } from '../contract.ts'
import { actNames, words as refusalWords } from '../messages.ts'
import { holdsOrder } from './act-forms.ts'
import { words } from './form-words.ts'

/** `accept-assign` is accept and assign in one form. */
export type ScreenAct = Act | 'accept-assign'

const likely: readonly ScreenAct[] = [
  'approve',
  'refuse',
  'finish-task',
  'call-off-task',
  'pass-petition',
  'notice-petition',
  'settle-petition',
  'extend-petition',
  'adjudicate',
  'accept-assign',
  'assign',
  'take',
  'check',
  'close',
  'submit-result',
  'solve-on-spot',
  'contact',
  'answer-now',
  'remind',
  'supervise',
  'accept',
  'answer',
  'merge',
  'split',
  'escalate',
  'send-down',
  'hand-on',
  'settle-upstream',
  'return-upstream',
  'recall',
  'extend',
  'defer',
  'suspend',
  'resume',
  'return',
  'dispute',
  'reopen',
  'rate',
  'add',
  'rate-upstream',
  'record-rating',
  'find-unreasonable',
  'register-petition',
  'decline',
]
/** The desk may record a result for the holder, but reminding is what it mostly comes for. */
const afterRemind: readonly ScreenAct[] = likely.flatMap((act): ScreenAct[] => {
  if (act === 'submit-result') return []
  return act === 'remind' ? ['remind', 'submit-result'] : [act]
})

/** What the desk does for a holder says so: 代录结果. */
export function labelOf(act: ScreenAct, view: CaseView): Bilingual {
  if (act === 'accept') return words.acceptOnly
  if (act === 'accept-assign') return words.acceptAssign
  return act === 'submit-result' && !holdsOrder(view) ? words.recordForOthers : actNames[act]
}

export function offeredActs(view: CaseView): OfferedAct[] {
  const order = holdsOrder(view) ? likely : afterRemind
  const offered: OfferedAct[] = []
  const later: string[] = []
  for (const act of order) {
    const decision = view.can[act === 'accept-assign' ? 'accept' : act]
    if (!decision) continue
    if (act === 'accept-assign' && !decision.ok) continue
    const label = labelOf(act, view)
    if (decision.ok) offered.push({ key: act, label: say(label), danger: act === 'decline' })
    else if (decision.why === 'cases/nothing-to-approve') continue
    else if (decision.why === 'cases/nothing-asked-above') continue
    else if (decision.why === 'cases/nothing-disputed') continue
    else if (decision.why === 'cases/wrong-state') later.push(say(actNames[act as Act]))
    else offered.push({ key: act, label: say(actNames[act as Act]), why: say(refusalWords[decision.why]) })
  }
  // What belongs to other states is told in one line: a dozen lines with one and the same reason would say less.
  if (later.length > 0)
    offered.push({
      key: 'later',
      label: later.join(say({ zh: '、', en: ', ' })),
      why: say(refusalWords['cases/wrong-state']),
    })
  return offered
}
