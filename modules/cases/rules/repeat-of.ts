/**
 * Whether a case repeats what the same person reported before and was told the end of. It is shown to staff beside the
 * earlier one and does nothing else: no clock, no state and no right depends on it.
 * Rule: edge.md 3.5: people who come again are seen together, and nobody is kept from coming again.
 */
import { bigrams } from '../../../lib/text.ts'
import type { CaseState } from '../words.ts'
import { type AlikePlace, nearness } from './alike-cases.ts'

export interface ToldCase extends AlikePlace {
  readonly id: string
  readonly matterId: string | null
  readonly text: string
  readonly state: CaseState
  readonly createdAt: Date
}

/** A year: later than that it is a new thing, whoever says it. */
export const repeatWithinDays = 365
const settled: readonly CaseState[] = ['answered', 'closed', 'declined']
/** Of the pairs of characters of the shorter text, so many stand in the other too. */
const sameWords = 0.5
const dayMs = 86_400_000

function shared(one: string, other: string): number {
  const [fewer = new Set<string>(), more = new Set<string>()] = [one, other]
    .map((text) => new Set(bigrams(text)))
    .sort((a, b) => a.size - b.size)
  return fewer.size === 0 ? 0 : [...fewer].filter((pair) => more.has(pair)).length / fewer.size
}

/** Until a matter is settled the words have to say it; after that matter and place do, or the words. */
function sameThing(one: ToldCase, earlier: ToldCase): boolean {
  const sameMatter = one.matterId !== null && one.matterId === earlier.matterId
  if (one.matterId !== null && earlier.matterId !== null && !sameMatter) return false
  if (sameMatter && nearness(one, earlier) >= 0.5) return true
  return shared(one.text, earlier.text) >= sameWords
}

/** Of the same person's earlier cases those that this one repeats, newest first. */
export function repeatsOf<C extends ToldCase>(one: ToldCase, earlier: readonly C[]): C[] {
  return earlier
    .filter(
      (other) =>
        other.id !== one.id &&
        settled.includes(other.state) &&
        other.createdAt < one.createdAt &&
        one.createdAt.getTime() - other.createdAt.getTime() <= repeatWithinDays * dayMs &&
        sameThing(one, other),
    )
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
}
