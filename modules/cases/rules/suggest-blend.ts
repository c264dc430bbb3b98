/** Puts together what the catalogue's words and the text model say of a matter. A suggestion only: a person decides. */

export interface ByWords {
  readonly key: string
  readonly score: number
  readonly matchedWords: readonly string[]
}

export interface ByModel {
  readonly key: string
  /** 0 to 1. */
  readonly share: number
}

export interface Blended {
  readonly key: string
  readonly score: number
  readonly share: number | null
  readonly matchedWords: readonly string[]
}

/** A guess below this is no better than none. */
const leastShare = 0.08
/** The score of words at which they speak as loudly as a guess of a half. */
const halfwayScore = 3

/**
 * Best first, at most `limit`. Either may speak alone; a matter that both name comes before one that only one does.
 * Equal scores are ordered by key.
 */
export function blendMatters(
  words: readonly ByWords[],
  guesses: readonly ByModel[],
  limit: number,
): Blended[] {
  const byKey = new Map<string, Blended>()
  for (const { key, score, matchedWords } of words)
    byKey.set(key, { key, score: (0.8 * score) / (score + halfwayScore), share: null, matchedWords })
  for (const { key, share } of guesses) {
    if (share < leastShare) continue
    const before = byKey.get(key)
    byKey.set(key, {
      key,
      // Both being wrong is as unlikely as each being wrong.
      score: 1 - (1 - (before?.score ?? 0)) * (1 - 0.9 * share),
      share,
      matchedWords: before?.matchedWords ?? [],
    })
  }
  return [...byKey.values()].sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, limit)
}
