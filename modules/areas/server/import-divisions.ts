/**
 * Official division codes from CSV. Three shapes are known by their header: districts (`cityCode`), streets
 * (`areaCode`) and communities or villages (`streetCode`). Rule: rules.md 3.1, 6 + 3 + 3 digits.
 */
import { sql } from 'kysely'
import { parseCsvRows } from '../../../lib/csv.ts'
import { inTransaction, type Pool, type Tx } from '../../../platform/db.ts'
import type { ImportReport, Progress } from './import-report.ts'

type DivisionKind = 'district' | 'street' | 'community'

interface Shape {
  readonly kind: DivisionKind
  readonly parentColumn: string
  readonly codeDigits: number
}

/** The most particular first: the files of lower levels repeat the columns of the higher ones. */
const shapes: readonly Shape[] = [
  { kind: 'community', parentColumn: 'streetCode', codeDigits: 12 },
  { kind: 'street', parentColumn: 'areaCode', codeDigits: 9 },
  { kind: 'district', parentColumn: 'cityCode', codeDigits: 6 },
]

interface Division {
  readonly code: string
  readonly name: string
  readonly kind: DivisionKind
  readonly parentCode: string
}

export interface DivisionsImport {
  readonly pool: Pool
  /** The whole text of one CSV file. */
  readonly text: string
  readonly onProgress?: (progress: Progress) => void
  /** Stops between two batches; what is in stays in, and the next run goes on. */
  readonly signal?: AbortSignal
}

const batchSize = 1_000

/**
 * Brings the table of divisions up to date with a file. Run again, it adds nothing; a name that has changed is
 * taken over. A bad row is reported with its line and the rest go on.
 * @throws Error when the header is none of the three shapes
 */
export async function importDivisions(options: DivisionsImport): Promise<ImportReport> {
  const [header, ...rows] = parseCsvRows(options.text)
  const columns = (header?.cells ?? []).map((cell) => cell.trim())
  const shape = shapes.find(({ parentColumn }) => columns.includes(parentColumn))
  if (!shape || !columns.includes('code') || !columns.includes('name'))
    throw new Error(
      'the header is none of: code,name,cityCode… · code,name,areaCode… · code,name,streetCode…',
    )
  const report: ImportReport = { added: 0, changed: 0, skipped: 0, failed: [], stopped: false }
  const seen = new Set<string>()
  for (let start = 0; start < rows.length; start += batchSize) {
    if (options.signal?.aborted) {
      report.stopped = true
      break
    }
    const batch: Division[] = []
    for (const row of rows.slice(start, start + batchSize)) {
      const read = readDivision(columns, row.cells, shape)
      const fault =
        typeof read === 'string' ? read : seen.has(read.code) ? 'the code stands twice in this file' : ''
      if (typeof read === 'string' || fault) report.failed.push({ line: row.line, reason: fault })
      else {
        seen.add(read.code)
        batch.push(read)
      }
    }
    const kept = await inTransaction(options.pool, { actor: undefined }, (tx) => keepDivisions(tx, batch))
    report.added += kept.added
    report.changed += kept.changed
    report.skipped += batch.length - kept.added - kept.changed
    options.onProgress?.({ done: Math.min(start + batchSize, rows.length), total: rows.length })
  }
  return report
}

/** The division, or what is wrong with the row. */
function readDivision(columns: readonly string[], cells: readonly string[], shape: Shape): Division | string {
  if (cells.length !== columns.length) return `${cells.length} cells under ${columns.length} columns`
  const cell = (name: string) => (cells[columns.indexOf(name)] ?? '').trim()
  const [code, name, parentCode] = [cell('code'), cell('name'), cell(shape.parentColumn)]
  if (!/^\d+$/.test(code) || code.length !== shape.codeDigits)
    return `code ${JSON.stringify(code.slice(0, 40))} has not ${shape.codeDigits} digits`
  if (name === '' || name.length > 100) return 'the name is missing or longer than 100 characters'
  if (!/^\d+$/.test(parentCode) || !code.startsWith(parentCode))
    return `code ${code} does not lie under ${shape.parentColumn} ${JSON.stringify(parentCode.slice(0, 40))}`
  return { code, name, kind: shape.kind, parentCode }
}

async function keepDivisions(
  tx: Tx,
  batch: readonly Division[],
): Promise<{ added: number; changed: number }> {
  const rows = await tx.many(
    sql<{ added: boolean }>`with given as (
        select * from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
          as r(code text, name text, kind text, "parentCode" text)
      ), known as (select d.code from divisions d join given g on g.code = d.code)
      insert into divisions as d (code, name, kind, parent_code)
      select g.code, g.name, g.kind, g."parentCode" from given g
      on conflict (code) do update set name = excluded.name, parent_code = excluded.parent_code
        where (d.name, d.parent_code) is distinct from (excluded.name, excluded.parent_code)
      returning d.code not in (select code from known) as added`,
  )
  const added = rows.filter((row) => row.added).length
  return { added, changed: rows.length - added }
}
