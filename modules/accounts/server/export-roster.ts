import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import type { Language } from '../../../lib/language.ts'
import { operation } from '../../../platform/operation.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import * as contract from '../contract.ts'
import { rosterColumns } from '../roster-words.ts'
import { monthOf } from './get-roster.ts'
import { getDesk } from './roster-desk.ts'
import { shiftCells } from './roster-list-sheet.ts'
import { shiftKinds, shiftsOfDays } from './roster-store.ts'
import { shiftViews } from './roster-view.ts'

/** 导出值班表: a row for each shift, in the columns that the import reads again. */
export const exportRoster = operation(contract.exportRoster, async (call) => {
  const { tx, actor, at, params, query, services } = call
  const { language = 'zh', format = 'xlsx' } = query
  const desk = await getDesk(tx, actor.streetId, params.id)
  const { month, days } = monthOf(query.month, at)
  const kinds = await shiftKinds(tx, actor.streetId)
  const rows = await shiftsOfDays(tx, actor.streetId, desk.id, days[0] ?? '', days.at(-1) ?? '')
  const table = (await shiftViews(tx, services.keys, rows)).map((shift) =>
    Object.values(shiftCells(shift, kinds, language)).map(plainCell),
  )
  const header = rosterColumns.map((column) => column[language])
  const title = `${language === 'zh' ? '值班表' : 'roster'}-${desk.name}-${month}`
  call.sendAs(
    format === 'csv'
      ? { name: `${title}.csv`, mediaType: 'text/csv; charset=utf-8' }
      : { name: `${title}.xlsx`, mediaType: xlsxMediaType },
  )
  return format === 'csv'
    ? csvOf([header, ...table])
    : await bookOf(`${desk.name} ${month}`, header, table, language)
})

/** With a byte order mark, or Excel reads Chinese as something else. */
function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)
}

async function bookOf(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  language: Language,
): Promise<Uint8Array> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(language === 'zh' ? '值班表' : 'Roster', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddHeader: `&C${title}` },
  })
  sheet.columns = header.map((text, index) => ({
    header: text,
    width: [13, 8, 12, 14, 36][index] ?? 14,
    style: { numFmt: '@', alignment: { wrapText: index === 4, vertical: 'top' } },
  }))
  for (const row of rows) sheet.addRow([...row])
  sheet.getRow(1).font = { bold: true }
  return new Uint8Array(await book.xlsx.writeBuffer())
}
