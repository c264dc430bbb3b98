/** Square metres as people write them and square centimetres as they are kept: whole numbers, so that sums are exact. */

/** 100,000 m², more than any one structure. */
const mostCm2 = 1_000_000_000
const written = /^(\d{1,6})(?:\.(\d{1,4}))?$/

/** '12.35' → 123500. Undefined for what is no size: nothing, a sign, more than four decimals, zero, or too much. */
export function cm2Of(squareMetres: string): number | undefined {
  const parts = written.exec(squareMetres.trim())
  if (!parts) return undefined
  const cm2 = Number(parts[1]) * 10_000 + Number((parts[2] ?? '').padEnd(4, '0'))
  return cm2 > 0 && cm2 <= mostCm2 ? cm2 : undefined
}

/** 123500 → '12.35', with as many decimals as it has and no more. */
export function squareMetresOf(cm2: number): string {
  const decimals = String(cm2 % 10_000)
    .padStart(4, '0')
    .replace(/(?<!0)0+$/, '')
  const whole = String(Math.floor(cm2 / 10_000))
  return decimals === '' ? whole : `${whole}.${decimals}`
}
