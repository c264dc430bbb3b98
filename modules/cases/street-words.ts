/**
 * The words of a case that a street may say otherwise, by key. The pairs are the very ones that the screens say: an
 * own word is laid over the pair (ui/language.ts), so no screen has to know of it.
 */
import type { Bilingual } from '../../lib/language.ts'
import { kindNames, longTermName, residentLongTermName, residentStateNames, stateNames } from './messages.ts'

const keyed = (prefix: string, names: Readonly<Record<string, Bilingual>>): Record<string, Bilingual> =>
  Object.fromEntries(Object.entries(names).map(([code, words]) => [`${prefix}.${code}`, words]))

export const stateWords: Readonly<Record<string, Bilingual>> = {
  ...keyed('cases.state', stateNames),
  'cases.state.long-term': longTermName,
  ...keyed('cases.residentState', residentStateNames),
  'cases.residentState.long-term': residentLongTermName,
}

export const kindWords: Readonly<Record<string, Bilingual>> = keyed('cases.kind', kindNames)
