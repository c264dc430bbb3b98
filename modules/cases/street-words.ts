/**
 * The words of a case that a street may say otherwise, by key. The pairs are the very ones that the screens say: an
 * own word is laid over the pair (ui/language.ts), so no screen has to know of it.
 */
import type { Bilingual } from '../../lib/language.ts'
import {
  kindNames,
  longTermName,
  type ResidentStep,
  residentLongTermName,
  residentStateNames,
  residentSteps,
  stateNames,
} from './messages.ts'

const keyed = (prefix: string, names: Readonly<Record<string, Bilingual>>): Record<string, Bilingual> =>
  Object.fromEntries(Object.entries(names).map(([code, words]) => [`${prefix}.${code}`, words]))

export const stateWords: Readonly<Record<string, Bilingual>> = {
  ...keyed('cases.state', stateNames),
  'cases.state.long-term': longTermName,
  ...keyed('cases.residentState', residentStateNames),
  'cases.residentState.long-term': residentLongTermName,
}

export const kindWords: Readonly<Record<string, Bilingual>> = keyed('cases.kind', kindNames)

/** The states after which the steps are called that a resident sees. */
const stepKeys: Partial<Record<ResidentStep, string>> = {
  submitted: 'cases.residentState.pending',
  accepted: 'cases.residentState.accepted',
  'in-progress': 'cases.residentState.in-progress',
  'to-rate': 'cases.residentState.answered',
  done: 'cases.residentState.closed',
}

/** The pairs that the screens say, each with the street's own word where it has one. */
export function ownPairs(own: Readonly<Record<string, Bilingual>>): ReadonlyMap<Bilingual, Bilingual> {
  const shipped = { ...stateWords, ...kindWords }
  const pairs = new Map<Bilingual, Bilingual>()
  for (const [key, words] of Object.entries(own)) {
    const pair = shipped[key]
    if (pair) pairs.set(pair, words)
    for (const step of residentSteps) if (stepKeys[step.step] === key) pairs.set(step, words)
  }
  return pairs
}
