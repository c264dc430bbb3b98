/** Sends the rows of a gathering, says what became of them and keeps those that were refused. */

import { say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import type { NeedOutcome } from '../contract.ts'
import { words } from './gathering-screen-words.ts'

/** In one sentence; a danger note when something has to be corrected. */
export function tellOutcome(outcomes: readonly NeedOutcome[]): void {
  const count = (...wanted: readonly NeedOutcome['outcome'][]) =>
    outcomes.filter(({ outcome }) => wanted.includes(outcome)).length
  const bad = count('refused')
  const n = count('kept', 'asked', 'joined', 'there')
  if (outcomes.length === 0) return
  if (bad > 0) notify(say(words.sentSome, { n, bad }), { danger: true })
  else notify(say(words.sentAll, { n, joined: count('joined') }))
}

/** What a field of date and time holds, as an instant of the street, and back. */
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString()
export const localOf = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)
