/** A sheet as it was read: rows of texts with a letter for each cell's type. Small enough to be sent between threads. */

/**
 * One row that is not empty. `types` holds a letter a cell: `-` empty, `t` text, `n` number, `d` date, `e` an error
 * such as #REF!; in capitals when the cell was a formula and its last value was taken.
 */
export interface RawRow {
  /** As the sheet counts: the first line is 1. */
  readonly row: number
  readonly cells: readonly string[]
  readonly types: string
}

export interface RawSheet {
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly RawRow[]
  /** How many rows it has; more than stand in `rows` when only the first were asked for. */
  readonly rowCount: number
  /** The first and last column of ranges that were merged, by their first row: a title across the sheet is one. */
  readonly merged: readonly { readonly row: number; readonly from: number; readonly to: number }[]
}

/** 0 → 'A', 27 → 'AB'. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

/** 'AB12' → {column: 27, row: 12}; undefined for anything else. */
export function cellPlace(reference: string): { column: number; row: number } | undefined {
  const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (!found) return undefined
  const [, letters = '', digits = ''] = found
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return { column: column - 1, row: Number(digits) }
}
