/** How much of a stranger's file is read at all. */

// Rule: OWASP ASVS 5.2 on archives; the figures are those of the project's upload-bomb gate.
export const sheetLimits = {
  /** Of the file as sent. */
  fileBytes: 20 * 1024 * 1024,
  parts: 2_000,
  unpackedBytes: 100 * 1024 * 1024,
  /** Unpacked to packed, of the whole file. Real workbooks stay under 30. */
  ratio: 100,
  /** Below this much unpacked, the ratio says nothing: an empty sheet packs very well. */
  ratioFromBytes: 8 * 1024 * 1024,
  rows: 60_000,
  columns: 120,
  cellCharacters: 32_767,
  sheets: 40,
  /** Cells that merged ranges may fill beyond their first one. */
  mergedCells: 500_000,
  seconds: 30,
  heapMb: 384,
} as const

export const sheetFaults = [
  /** No xlsx and no text that could be a csv. */
  'unreadable',
  /** An old .xls or a workbook under a password. */
  'old-format',
  /** More rows, columns, sheets or bytes than the limits. */
  'too-large',
  /** Nothing in it. */
  'empty',
] as const
export type SheetFaultCode = (typeof sheetFaults)[number]

/** A file that is not read, with the reason as a code; who reads it turns that into a refusal of its own. */
export class SheetFault extends Error {
  readonly code: SheetFaultCode
  constructor(code: SheetFaultCode) {
    super(`the sheet is not read: ${code}`)
    this.code = code
  }
}
