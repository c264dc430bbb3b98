import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { tableOf } from '../../../platform/sheets/sheet-table.ts'
import * as contract from '../contract.ts'
import type { SeenFinding } from './batch-row.ts'
import { rowsWithFaults } from './batch-row-store.ts'
import { findBatch } from './batch-store.ts'
import { openFindings } from './batch-view.ts'
import { readStoredFile } from './read-batch.ts'
import { kindOfBatch } from './sheet-kinds.ts'

const words = {
  sheet: { zh: '要改的行', en: 'Rows to correct' },
  row: { zh: '原来的行', en: 'Row' },
  problem: { zh: '问题', en: 'What is wrong' },
} as const
const red = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFBDCD8' } } as const

/** Under the sheet's own headings, so that the file can be corrected and brought in again as it is. */
export const batchReport = operation(contract.batchReport, async (call) => {
  const { tx, actor, params, query, services } = call
  const language = query.language ?? 'zh'
  const { batch, kind } = kindOfBatch(actor, await findBatch(tx, actor.streetId, params.id))
  const { reading } = batch
  const sheets = await readStoredFile(tx, services.keys, actor.streetId, batch.id, reading.sheet)
  const source = sheets[reading.sheet]
  if (source === undefined) throw new Refusal('sheets/gone')
  const table = tableOf(source, { row: reading.headingRow, lines: reading.headingLines })
  const faulty = await rowsWithFaults(tx, actor.streetId, batch.id)
  const findings = new Map(faulty.map((row) => [row.row, openFindings(services.keys, batch.id, row)]))
  const titleOf = (finding: SeenFinding) =>
    finding.column === undefined ? '' : `${kind.columns[finding.column]?.words[language] ?? ''}：`
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(words.sheet[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  const width = Math.max(table.headings.length, 1)
  sheet.columns = [
    ...Array.from({ length: width }, (_, at) => ({ header: plainCell(table.headings[at] ?? ''), width: 18 })),
    { header: words.problem[language], width: 60 },
    { header: words.row[language], width: 10 },
  ].map((column) => ({
    ...column,
    style: { numFmt: '@', alignment: { vertical: 'top' as const, wrapText: true } },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const line of table.rows) {
    const told = findings.get(line.row)?.filter(({ severity }) => severity === 'error')
    if (told === undefined || told.length === 0) continue
    const problem = told.map((finding) => `${titleOf(finding)}${finding.reason[language]}`).join('\n')
    const cells = Array.from({ length: width }, (_, at) => plainCell(line.cells[at] ?? ''))
    const row = sheet.addRow([...cells, plainCell(problem), String(line.row)])
    for (const { column } of told) {
      const from = column === undefined ? undefined : reading.matching[column]
      if (from && 'at' in from) row.getCell(from.at + 1).fill = red
    }
    row.getCell(width + 1).font = { color: { argb: 'FFB3261E' } }
  }
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id, detail: { rows: findings.size } })
  call.sendAs({
    name: `${batch.fileName.replace(/\.\w{1,5}$/, '')}-${words.sheet[language]}.xlsx`,
    mediaType: xlsxMediaType,
  })
  return Buffer.from(await book.xlsx.writeBuffer())
})
