import { type Day, isDay } from '../../../lib/time.ts'
import type { ConsentState } from '../contract.ts'

/** Youngest age at which the register holds somebody, and the age from which nobody else has to agree. */
export const youngest = 14
export const fullAge = 18
const oldest = 130

/** Whole years on a day; born on 29 February, a year is complete on 1 March of a common year. */
export function ageOn(birthOn: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return day.slice(5) >= birthOn.slice(5) ? years : years - 1
}

/** Undefined when somebody born then may stand in the register. */
// Rule: PIPL 28, 31: everything about a child under fourteen is sensitive and needs rules of its own; none stands here.
export function birthRefusal(
  birthOn: string,
  today: Day,
): 'people/birth-wrong' | 'people/too-young' | undefined {
  if (!isDay(birthOn) || birthOn > today || ageOn(birthOn, today) > oldest) return 'people/birth-wrong'
  return ageOn(birthOn, today) < youngest ? 'people/too-young' : undefined
}

/** Whether a guardian has to agree today, and did. `last` is the newest act of a guardian. */
// Rule: rules.md §8, minors volunteer with a guardian's consent.
export function consentState(birthOn: Day, today: Day, last: 'given' | 'withdrawn' | null): ConsentState {
  if (ageOn(birthOn, today) >= fullAge) return 'not-needed'
  return last ?? 'missing'
}
