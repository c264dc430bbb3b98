/** What kind of area a grid is. Rule: rules.md 2: a market, school, park or works may be a grid of its own 专属网格. */
export const areaKinds = ['ordinary', 'exclusive'] as const
export type AreaKind = (typeof areaKinds)[number]
