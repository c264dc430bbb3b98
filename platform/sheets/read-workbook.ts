/** Reads a file that came from outside, by what it is and not by what it is called. */
import type { RawSheet } from './raw-sheet.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { SheetFault, sheetLimits } from './sheet-limits.ts'

/** The sheets of an xlsx or csv. @throws SheetFault */
export function readWorkbook(bytes: Buffer): RawSheet[] {
  if (bytes.length === 0) throw new SheetFault('empty')
  if (bytes.length > sheetLimits.fileBytes) throw new SheetFault('too-large')
  // OLE2: an xls of before 2007, or an xlsx under a password.
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0) throw new SheetFault('old-format')
  const sheets = bytes.length >= 4 && bytes.readUInt32BE(0) === 0x504b0304 ? readXlsx(bytes) : readCsv(bytes)
  if (sheets.every((sheet) => sheet.rows.length === 0)) throw new SheetFault('empty')
  return sheets
}

/** Lines in which a heading is looked for, and of which a screen shows some. */
const firstRows = 200

/** Every sheet cut to its first rows, but the one that is wanted whole: what is sent between threads stays small. */
export const cutSheets = (sheets: readonly RawSheet[], whole: number | undefined): RawSheet[] =>
  sheets.map((sheet, index) => (index === whole ? sheet : { ...sheet, rows: sheet.rows.slice(0, firstRows) }))
