/** Reading CSV as RFC 4180 describes it, tolerant of a byte order mark and of bare line feeds. Pure text in, rows out. */

export interface CsvRecord {
  /** The line of the file on which the record begins, counted from 1; for messages about bad rows. */
  readonly line: number
  readonly values: Readonly<Record<string, string>>
}

interface Row {
  readonly line: number
  readonly cells: string[]
}

/**
 * Splits a whole CSV text into rows of cells. A quoted cell may hold separators, doubled quotes and line breaks.
 * Lines without any character are skipped. Throws when a quoted cell is never closed.
 */
export function parseCsvRows(text: string, separator = ','): Row[] {
  const input = text.startsWith('\uFEFF') ? text.slice(1) : text
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let wasQuoted = false
  let line = 1
  let startLine = 1
  const endRow = () => {
    if (cells.length > 0 || cell !== '' || wasQuoted) rows.push({ line: startLine, cells: [...cells, cell] })
    cells = []
    cell = ''
    wasQuoted = false
  }
  for (let i = 0; i < input.length; i++) {
    const char = input[i]
    if (char === '\n') line++
    if (quoted) {
      if (char !== '"') cell += char
      else if (input[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = false
    } else if (char === '"' && cell === '') {
      quoted = true
      wasQuoted = true
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && input[i + 1] === '\n') {
        i++
        line++
      }
      endRow()
      startLine = line
    } else cell += char
  }
  if (quoted)
    throw new Error(`CSV: a quoted cell that begins in the row of line ${startLine} is never closed`)
  endRow()
  return rows
}

/**
 * Reads a CSV text whose first row names the columns. Missing cells at the end of a row read as ''.
 * Throws when a row has more cells than the header.
 */
export function parseCsv(text: string): CsvRecord[] {
  const [header, ...rows] = parseCsvRows(text)
  if (header === undefined) return []
  return rows.map(({ line, cells }) => {
    if (cells.length > header.cells.length) {
      throw new Error(`CSV line ${line}: ${cells.length} cells under ${header.cells.length} columns`)
    }
    return {
      line,
      values: Object.fromEntries(header.cells.map((name, i) => [name.trim(), cells[i] ?? ''])),
    }
  })
}
