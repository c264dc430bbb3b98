/**
 * The one place where values become SQL text: the context of a transaction is set by `SET LOCAL` with literals
 * (a function call would not reach the nodes of a distributed database), and SET takes no parameters.
 */

/** A string literal. A NUL can not stand in SQL text and is refused. */
export function quoteLiteral(value: string): string {
  if (value.includes('\0')) throw new Error('a NUL character can not stand in a SQL literal')
  const escaped = value.replaceAll("'", "''")
  return value.includes('\\') ? `E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

/** An array literal of plain words (uuids, ltree paths); anything else is refused rather than escaped. */
export function quoteWordArray(values: readonly string[]): string {
  for (const value of values)
    if (!/^[A-Za-z0-9_.-]+$/.test(value))
      throw new Error(`not a plain word for an array literal: ${JSON.stringify(value)}`)
  return `'{${values.join(',')}}'`
}
