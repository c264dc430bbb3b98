/** Which matter a case is accepted with when many are accepted at once. Pure. */

export interface AdoptFacts {
  /** The one the form names for all of them. */
  readonly named: string | undefined
  /** The one the case has already. */
  readonly own: string | null
  /** The likeliest suggestion; `share` is null where only words of the catalogue matched. */
  readonly suggested: { readonly code: string; readonly share: number | null } | undefined
  readonly atLeastPercent: number
}

/**
 * The code of the matter, or undefined where nobody and nothing is sure enough: then a person looks at it.
 * // Rule: issue 5 item 2: suggestions never decide by themselves below a stated confidence.
 */
export function adoptMatter({ named, own, suggested, atLeastPercent }: AdoptFacts): string | undefined {
  if (named !== undefined) return named
  if (own !== null) return own
  if (suggested === undefined || suggested.share === null) return undefined
  return suggested.share * 100 >= atLeastPercent ? suggested.code : undefined
}
