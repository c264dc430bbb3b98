import { type Urgency, urgencies } from '../words.ts'

/** The more urgent of two: a desk may raise a matter's urgency by naming one, never lower it by silence. */
export function higherUrgency(a: Urgency, b: Urgency): Urgency {
  return urgencies.indexOf(a) <= urgencies.indexOf(b) ? a : b
}
