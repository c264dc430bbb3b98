/** What an order from above does not let be done, and what only one lets be done. */
import type { CaseRefusal } from '../refusals.ts'
import type { Transition } from './transition.ts'

export interface OrderFacts {
  readonly returnAsked: boolean
  readonly rated: boolean
}

/** What was sent to us and rated there is settled there; our own resident is not asked a second time. */
export function upstreamRefusal(
  { act, onlyFromAbove }: Pick<Transition, 'act' | 'onlyFromAbove'>,
  fromAbove: OrderFacts | null,
): CaseRefusal | undefined {
  if (onlyFromAbove && fromAbove === null) return 'cases/not-from-above'
  if ((act === 'rate' || act === 'record-rating') && fromAbove?.rated) return 'cases/rated-above'
  if (act === 'return-upstream' && fromAbove?.returnAsked) return 'cases/return-asked-above'
  if (act === 'settle-upstream' && !fromAbove?.returnAsked) return 'cases/nothing-asked-above'
  return undefined
}
