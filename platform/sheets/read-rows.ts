/** From the rows of a table to the values of a kind, cell by cell, with what is wrong where. Pure. */
import type { Bilingual } from '../../lib/language.ts'
import type { Day } from '../../lib/time.ts'
import type { Matching } from './match-columns.ts'
import type { RawRow } from './raw-sheet.ts'
import type { SheetCell, SheetFinding, SheetKind, SheetRow, SheetValue, SheetValues } from './sheet-kind.ts'

export interface RowRead extends SheetRow<SheetValues> {
  readonly findings: readonly SheetFinding[]
  /** The matched cells as seen, by column key. */
  readonly seen: Readonly<Record<string, string>>
}

const emptyCell: Bilingual = { zh: '不能为空', en: 'Must not be empty' }
const errorCell: Bilingual = {
  zh: '单元格里是错误值，请改成内容',
  en: 'The cell holds an error value; put in its content',
}
export const formulaCell: Bilingual = {
  zh: '这里是公式，已按算好的值读入',
  en: 'A formula; its last value was taken',
}

/** Rows in which no matched cell holds anything are left out: ruled lines and row numbers below a list. */
export function readRows(
  kind: SheetKind,
  matching: Matching,
  rows: readonly RawRow[],
  today: Day,
): RowRead[] {
  const columns = Object.entries(kind.columns)
  return rows.flatMap((line) => {
    const findings: SheetFinding[] = []
    const seen: Record<string, string> = {}
    const values: Record<string, SheetValue> = {}
    let anything = false
    for (const [key, column] of columns) {
      const source = matching[key]
      const { cell, formula, fault } = cellAt(line, source)
      if (source !== undefined) seen[key] = cell.text
      if (source !== undefined && 'at' in source && cell.text !== '') anything = true
      const tell = (severity: SheetFinding['severity'], reason: Bilingual) =>
        findings.push({ row: line.row, column: key, severity, reason })
      values[key] = column.empty
      if (fault) tell('error', errorCell)
      else if (cell.text === '') {
        if (column.required) tell('error', emptyCell)
      } else {
        if (formula) tell('warning', formulaCell)
        const read = column.read(cell, today)
        if (!read.ok) tell('error', read.reason)
        else {
          values[key] = read.value
          if (read.note) tell('warning', read.note)
        }
      }
    }
    return anything ? [{ row: line.row, values, findings, seen }] : []
  })
}

function cellAt(line: RawRow, source: Matching[string] | undefined) {
  if (source === undefined)
    return { cell: { text: '', type: 'empty' } satisfies SheetCell, formula: false, fault: false }
  if ('fixed' in source)
    return { cell: { text: source.fixed, type: 'text' } satisfies SheetCell, formula: false, fault: false }
  const text = line.cells[source.at] ?? ''
  const letter = line.types[source.at] ?? '-'
  const plain = letter.toLowerCase()
  const type = plain === 'n' ? 'number' : plain === 'd' ? 'date' : text === '' ? 'empty' : 'text'
  const cell: SheetCell = { text, type, ...(type === 'number' ? { number: Number(text) } : {}) }
  return { cell, formula: letter !== plain, fault: plain === 'e' }
}
