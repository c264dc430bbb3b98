import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf, formatTime } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { columnsOf, columnTitle, listCell, listNames, listTitles } from '../three-lists-cells.ts'
import { plainCell } from './export-cases.ts'
import { readLists } from './three-lists.ts'

const threeLists = { zh: '三单', en: 'three-lists' } as const
const asOfWord = { zh: '截至', en: 'As of' } as const

/** One workbook with a sheet for each list; words that name nobody, so that it may lie on any desk. */
export const exportThreeLists = operation(contract.exportThreeLists, async (call) => {
  const { language = 'zh', ...query } = call.query
  const { lists, area } = await readLists(call, query)
  const book = new excel.Workbook()
  for (const name of listNames) {
    const sheet = book.addWorksheet(listTitles[name][language], {
      views: [{ state: 'frozen', ySplit: 2 }],
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
    })
    const title = `${area.name} ${listTitles[name][language]}（${asOfWord[language]} ${formatTime(call.at, language)}）`
    sheet.addRow([plainCell(title)]).font = { bold: true, size: 13 }
    sheet.addRow(columnsOf[name].map((column) => columnTitle(column)[language])).font = { bold: true }
    for (const need of lists.items)
      sheet.addRow(columnsOf[name].map((column) => plainCell(listCell(column, need, language))))
    for (const [index, column] of columnsOf[name].entries())
      Object.assign(sheet.getColumn(index + 1), {
        width: column === 'words' ? 40 : 18,
        alignment: { vertical: 'top', wrapText: true },
      })
  }
  call.audit({ subjectType: 'area', subjectId: area.id, detail: { rows: lists.items.length } })
  call.sendAs({
    name: `${threeLists[language]}-${area.name}-${dayOf(call.at)}.xlsx`,
    mediaType: xlsxMediaType,
  })
  return new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer)
})
