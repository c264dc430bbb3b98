import type { BodyOf } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { closingQuestions } from '../closing-words.ts'
import * as contract from '../contract.ts'
import { askFor } from './ask-approval.ts'
import { performAct } from './perform-act.ts'

/** 结案: finished is not solved. An unsolved case needs a day of review and a second person before it is put on the long-term list. */
export const closeCase = operation(contract.closeCase, (call) =>
  performAct(call, 'close', (acting) => {
    const { outcome, reviewOn, words } = call.body
    const asked = closingAnswers(call.body)
    if (outcome !== 'unsolved')
      return { to: 'closed', set: { outcome, closed_at: call.at }, words, detail: { outcome, ...asked } }
    if (reviewOn === undefined) throw new Refusal('cases/review-date-missing')
    if (reviewOn <= dayOf(call.at)) throw new Refusal('cases/date-in-past')
    return askFor(acting, {
      act: 'close',
      reason: words ?? '',
      until: null,
      more: { outcome, reviewOn, ...asked },
    })
  }),
)

/** What was said to the three questions about the effect; unanswered ones are absent. */
function closingAnswers(body: BodyOf<typeof contract.closeCase>): Record<string, 'yes' | 'no'> {
  return Object.fromEntries(
    closingQuestions.flatMap((one) =>
      body[one] === undefined ? [] : [[one, body[one] ? ('yes' as const) : ('no' as const)]],
    ),
  )
}
