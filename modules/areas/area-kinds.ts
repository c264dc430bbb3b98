/** What kind of area a grid is. Rule: rules.md 2: a market, school, park or works may be a grid of its own 专属网格. */
export const areaKinds = ['ordinary', 'exclusive'] as const
export type AreaKind = (typeof areaKinds)[number]

/** As streets and surveyors write it in files; the first word of each is what goes out in a list. */
export const kindSpellings: Readonly<Record<AreaKind, readonly string[]>> = {
  ordinary: ['一般网格', '一般', '普通网格', '普通', 'ordinary'],
  exclusive: ['专属网格', '专属', '特殊网格', 'exclusive'],
}

/** Null for a word that names no kind. */
export function readAreaKind(text: string): AreaKind | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
  return areaKinds.find((kind) => kindSpellings[kind].includes(plain)) ?? null
}
