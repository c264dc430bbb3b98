/** The file of a batch, read again the same way, and what screens see of it. */

import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { headingPrint, type Matching, matchColumns } from '../../../platform/sheets/match-columns.ts'
import type { RawSheet } from '../../../platform/sheets/raw-sheet.ts'
import { readInThread } from '../../../platform/sheets/read-in-thread.ts'
import type { SheetKind } from '../../../platform/sheets/sheet-kind.ts'
import { SheetFault } from '../../../platform/sheets/sheet-limits.ts'
import {
  chooseSheet,
  findHeading,
  type HeadingPlace,
  headingsAt,
  tableOf,
} from '../../../platform/sheets/sheet-table.ts'
import type { BatchRow, Preview, Reading } from './batch-row.ts'
import { findContent, findMatching } from './batch-store.ts'

/** The AAD of what a batch keeps encrypted. */
export const sealedAt = {
  content: (batchId: string) => `sheet_batch_files.content.${batchId}`,
  preview: (batchId: string) => `sheet_batch_files.preview.${batchId}`,
  values: (batchId: string, row: number) => `sheet_batch_rows.values.${batchId}:${row}`,
  findings: (batchId: string, row: number) => `sheet_batch_rows.findings.${batchId}:${row}`,
  made: (batchId: string, row: number) => `sheet_batch_rows.made.${batchId}:${row}`,
  secret: (batchId: string, row: number) => `sheet_batch_rows.secret.${batchId}:${row}`,
}

/** @throws Refusal sheets/unreadable, old-format, too-large, empty */
export async function readBytes(bytes: Buffer, whole?: number): Promise<RawSheet[]> {
  try {
    return await readInThread(bytes, whole)
  } catch (error) {
    if (error instanceof SheetFault) throw new Refusal(`sheets/${error.code}`)
    throw error
  }
}

/** @throws Refusal sheets/gone when the file was deleted */
export async function readStoredFile(
  tx: Tx,
  keys: Keys,
  streetId: number,
  batchId: string,
  whole?: number,
): Promise<RawSheet[]> {
  const sealed = await findContent(tx, streetId, batchId)
  if (sealed === undefined) throw new Refusal('sheets/gone')
  return readBytes(Buffer.from(keys.open(sealedAt.content(batchId), sealed), 'base64'), whole)
}

export interface Asked {
  readonly sheet?: number
  readonly headingRow?: number | undefined
  readonly headingLines?: number | undefined
  readonly matching?: Matching | undefined
}

/**
 * Decides what was not asked for: the sheet and heading by their looks, the columns as they were matched last time
 * under the same heading, else by their names.
 */
export async function decideReading(
  tx: Tx,
  streetId: number,
  kind: SheetKind,
  source: string | null,
  sheets: readonly RawSheet[],
  asked: Asked,
): Promise<Reading> {
  const number = asked.sheet ?? chooseSheet(kind, sheets)
  const sheet = sheets[number]
  if (sheet === undefined)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/sheet', message: 'there is no such sheet' }],
    })
  const place = placeOf(kind, sheet, asked)
  const headings = headingsAt(sheet, place)
  const shared = { sheet: number, headingRow: place.row, headingLines: place.lines }
  if (asked.matching) return { ...shared, matching: fitting(kind, asked.matching), remembered: false }
  const known = await findMatching(tx, streetId, {
    kind: kind.kind,
    source,
    headingPrint: headingPrint(headings),
  })
  if (known) return { ...shared, matching: fitting(kind, known), remembered: true }
  return { ...shared, matching: matchColumns(kind, headings), remembered: false }
}

function placeOf(kind: SheetKind, sheet: RawSheet, asked: Asked): HeadingPlace {
  if (asked.headingRow === undefined) return findHeading(kind, sheet)
  if (!sheet.rows.some((line) => line.row === asked.headingRow))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/headingRow', message: 'that line is empty' }],
    })
  return { row: asked.headingRow, lines: asked.headingLines === 2 ? 2 : 1 }
}

/** Without keys that the kind does not have; a column of the sheet is taken once. */
function fitting(kind: SheetKind, matching: Matching): Matching {
  const used = new Set<number>()
  return Object.fromEntries(
    Object.entries(matching).filter(([key, source]) => {
      if (!Object.hasOwn(kind.columns, key)) return false
      if ('fixed' in source) return true
      if (used.has(source.at)) return false
      used.add(source.at)
      return true
    }),
  )
}

const linesBefore = 6
const linesAfter = 10

/** The lines around the heading as they stand, and what else a screen says of the sheet. */
export function previewOf(sheets: readonly RawSheet[], reading: Reading): Preview {
  const sheet = sheets[reading.sheet]
  if (sheet === undefined) throw new Refusal('sheets/gone')
  const place = { row: reading.headingRow, lines: reading.headingLines }
  const { headings, skipped } = tableOf(sheet, place)
  const isSkipped = new Set(skipped.map(({ row }) => row))
  const last = place.row + place.lines - 1
  const before = sheet.rows.filter(({ row }) => row < place.row).slice(-linesBefore)
  const heading = sheet.rows.filter(({ row }) => row >= place.row && row <= last)
  const after = sheet.rows.filter(({ row }) => row > last).slice(0, linesAfter)
  const line = (part: Preview['lines'][number]['part']) => (raw: RawSheet['rows'][number]) => ({
    row: raw.row,
    cells: raw.cells.map((cell) => cell.slice(0, 120)),
    part: part === 'data' && isSkipped.has(raw.row) ? ('skipped' as const) : part,
  })
  return {
    sheets: sheets.map(({ name, hidden, rowCount }) => ({ name, hidden, rows: rowCount })),
    headings,
    lines: [...before.map(line('before')), ...heading.map(line('heading')), ...after.map(line('data'))],
    skipped: skipped.slice(0, 50),
  }
}

/** Required columns that nothing was found for. */
export const missingColumns = (kind: SheetKind, { reading }: Pick<BatchRow, 'reading'>): string[] =>
  Object.entries(kind.columns)
    .filter(([key, { required, requiredWith }]) => {
      const isNeeded =
        required || (requiredWith !== undefined && reading.matching[requiredWith] !== undefined)
      return isNeeded && reading.matching[key] === undefined
    })
    .map(([key]) => key)
