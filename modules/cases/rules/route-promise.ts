/**
 * 马上办 / 协调办 / 跟踪办: how soon the route promises a matter. A promise never puts a lawful deadline off; one that is
 * nearer becomes the deadline. Rule: systems.md 002-06, 002-07.
 */
import type { Bilingual } from '../../../lib/language.ts'
import type { ClockSpan } from './clock.ts'
import { deadlineOf, type StartedClocks } from './start-clocks.ts'
import type { WorkingCalendar } from './working-days.ts'

export interface Promised {
  readonly at: Date
  readonly span: ClockSpan
}

/** So many calendar days after acceptance, to the end of a day that is worked. */
export function promiseOf(start: Date, days: number, calendar: WorkingCalendar): Promised {
  const span: ClockSpan = { amount: days, unit: 'natural-days' }
  return { at: deadlineOf(start, span, calendar).at, span }
}

/** The deadline and its rule under a promise; unchanged where the rule is stricter. */
export function withPromise(
  clock: { readonly dueAt: Date; readonly rule: StartedClocks['rule'] },
  promise: Promised,
  route: Bilingual,
): { dueAt: Date; rule: StartedClocks['rule'] } {
  if (promise.at >= clock.dueAt) return { ...clock }
  const { amount } = promise.span
  return {
    dueAt: promise.at,
    rule: {
      ...clock.rule,
      finish: promise.span,
      words: {
        zh: `${route.zh}承诺${amount}天内办好。${clock.rule.words.zh}`,
        en: `${route.en} promises it within ${amount} day${amount === 1 ? '' : 's'}. ${clock.rule.words.en}`,
      },
    },
  }
}
