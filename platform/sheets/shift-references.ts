/** References in formulas and ranges after one row became many. Pure texts. */

const reference = /(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?(?![\w(])/g

/** Applies to what stands outside quotes; a word such as LOG10( is a function and stays. */
function outsideQuotes(text: string, change: (part: string) => string): string {
  return text
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
}

/**
 * `row` became `count` rows. What lay below moves down; a range that ended at it now ends at the last of the rows. A
 * reference that begins inside a longer word is none.
 */
export function stretchReferences(text: string, row: number, count: number): string {
  const more = count - 1
  return outsideQuotes(text, (part) =>
    part.replace(reference, (whole, d1, c1, d2, r1, d3, c2, d4, r2, at: number) => {
      if (/[\w.]/.test(part[at - 1] ?? '')) return whole
      const from = Number(r1) > row ? Number(r1) + more : Number(r1)
      if (c2 === undefined) return `${d1}${c1}${d2}${from}`
      const to = Number(r2) >= row ? Number(r2) + more : Number(r2)
      return `${d1}${c1}${d2}${from}:${d3}${c2}${d4}${to}`
    }),
  )
}

/** The formula of the repeated row in its `offset`th copy: relative rows move with it, `$` rows stay. */
export function moveReferences(text: string, offset: number): string {
  const moved = (dollar: string, row: string) => (dollar === '$' ? row : String(Number(row) + offset))
  return outsideQuotes(text, (part) =>
    part.replace(reference, (whole, d1, c1, d2, r1, d3, c2, d4, r2, at: number) => {
      if (/[\w.]/.test(part[at - 1] ?? '')) return whole
      const from = `${d1}${c1}${d2}${moved(d2, r1)}`
      return c2 === undefined ? from : `${from}:${d3}${c2}${d4}${moved(d4, r2)}`
    }),
  )
}
