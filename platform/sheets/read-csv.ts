/** A csv as people get it out of other systems: UTF-8 or GB18030, comma, semicolon or tab. */
import { parseCsvRows } from '../../lib/csv.ts'
import { foldText } from './cell-text.ts'
import type { RawRow, RawSheet } from './raw-sheet.ts'
import { SheetFault, sheetLimits } from './sheet-limits.ts'

/**
 * By its byte order mark, else UTF-8 when every byte fits, else GB18030, of which GBK and GB2312 are parts.
 * @throws SheetFault when it is no text in any of them
 */
export function decodeText(bytes: Buffer): string {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode(bytes.subarray(3), 'utf-8')
  if (bytes.subarray(0, 4096).includes(0)) throw new SheetFault('unreadable')
  try {
    return decode(bytes, 'utf-8')
  } catch {
    return decode(bytes, 'gb18030')
  }
}

function decode(bytes: Buffer, encoding: 'utf-8' | 'gb18030'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new SheetFault('unreadable')
  }
}

/** One sheet; every cell is a text, for a csv does not say more. @throws SheetFault */
export function readCsv(bytes: Buffer): RawSheet[] {
  const text = decodeText(bytes)
  const rows: RawRow[] = []
  for (const { line, cells } of parsed(text)) {
    const folded = cells.map(foldText)
    while (folded.at(-1) === '') folded.pop()
    if (folded.length === 0) continue
    if (folded.length > sheetLimits.columns || rows.length >= sheetLimits.rows)
      throw new SheetFault('too-large')
    if (folded.some((cell) => cell.length > sheetLimits.cellCharacters)) throw new SheetFault('too-large')
    rows.push({ row: line, cells: folded, types: folded.map((cell) => (cell === '' ? '-' : 't')).join('') })
  }
  return [{ name: 'csv', hidden: false, rows, rowCount: rows.length, merged: [] }]
}

function parsed(text: string) {
  try {
    return parseCsvRows(text, separatorOf(text))
  } catch {
    throw new SheetFault('unreadable')
  }
}

/** The one that stands most often in the first lines. */
function separatorOf(text: string): string {
  const head = text.slice(0, 4_000).split('\n').slice(0, 10).join('\n')
  const counts = [',', '\t', ';'].map((separator) => ({ separator, count: head.split(separator).length }))
  return counts.sort((a, b) => b.count - a.count)[0]?.separator ?? ','
}
