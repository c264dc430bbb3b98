/** Suggests the matter of a case from its words. A suggestion only: a person at the desk decides. */

/** What the suggestion needs of a matter; any catalogue row with these fields will do. */
export interface SuggestableMatter {
  readonly key: string
  readonly nameZh: string
  readonly residentWords: string
  readonly keywords: readonly string[]
  /** False for national codes, which are ranked a little lower: most words come from inside compounds. */
  readonly shownToResidents: boolean
}

export interface MatterSuggestion {
  readonly key: string
  /** Greater is better; only comparable within one answer. */
  readonly score: number
  /** The words of the text that led here, for “为什么是它”. */
  readonly matchedWords: readonly string[]
}

/**
 * Ranks matters by the keywords found in `text`, best first, at most `limit`. A long keyword says more than a
 * short one, and a keyword that many matters share says less. Equal scores are ordered by key.
 */
export function suggestMatter(
  text: string,
  matters: readonly SuggestableMatter[],
  limit = 5,
): MatterSuggestion[] {
  const lower = text.toLowerCase()
  const sharing = new Map<string, number>()
  for (const matter of matters) {
    for (const word of matter.keywords) sharing.set(word, (sharing.get(word) ?? 0) + 1)
  }
  const suggestions: MatterSuggestion[] = []
  for (const matter of matters) {
    const found = matter.keywords.filter((word) => lower.includes(word.toLowerCase()))
    if (found.length === 0) continue
    // A word inside another found word (电梯 in 加装电梯) is not counted twice.
    const matchedWords = found.filter(
      (word) => !found.some((other) => other !== word && other.includes(word)),
    )
    const weights = matchedWords.map(
      (word) => (Math.min(word.length, 4) - 0.5) / Math.sqrt(sharing.get(word) ?? 1),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    suggestions.push({
      key: matter.key,
      score: Math.round((matter.shownToResidents ? sum : sum * 0.9) * 1000) / 1000,
      matchedWords,
    })
  }
  return suggestions.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, limit)
}
