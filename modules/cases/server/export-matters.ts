import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { levelNames, matterCell, matterColumnTitles } from '../matter-cells.ts'
import { kindNames, urgencyNames } from '../messages.ts'
import { plainCell } from './export-cases.ts'
import { matterView } from './list-matters.ts'
import { catalogueOf } from './matter-store.ts'
import { clockTable } from './street-clocks.ts'

type Language = 'zh' | 'en'

const sheetName = { zh: '事项目录', en: 'Matters' } as const
const widths: Partial<Record<contract.MatterColumn, number>> = {
  name: 30,
  nameEn: 30,
  residentWords: 30,
  keywords: 30,
  extraFields: 40,
  clock: 60,
}
/** So many rows below the last may be filled in with the choices at hand. */
const spareRows = 200

/** The catalogue as a table that Excel users change: choices stand in their cells, and the import reads it back. */
export const exportMatters = operation(contract.exportMatters, async (call) => {
  const { tx, actor, at, query } = call
  const table = await clockTable(tx, actor.streetId, at)
  const language: Language = query.language ?? 'zh'
  const { inOrder } = await catalogueOf(tx, actor.streetId)
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(sheetName[language], { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] })
  sheet.columns = contract.matterColumns.map((column) => ({
    header: matterColumnTitles[column][language],
    key: column,
    width: widths[column] ?? 14,
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: column === 'clock' } },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const matter of inOrder) {
    const told = { ...matterView(matter, table), keywords: matter.keywords }
    sheet.addRow(contract.matterColumns.map((column) => plainCell(matterCell(column, told, language))))
  }
  offerChoices(sheet, inOrder.length + 1 + spareRows, language)
  call.sendAs({ name: `${sheetName[language]}-${dayOf(at)}.xlsx`, mediaType: xlsxMediaType })
  return Buffer.from(await book.xlsx.writeBuffer())
})

function offerChoices(sheet: excel.Worksheet, lastRow: number, language: Language): void {
  const yesNo = language === 'zh' ? ['是', '否'] : ['yes', 'no']
  const lists: Partial<Record<contract.MatterColumn, string[]>> = {
    level: Object.values(levelNames).map((name) => name[language]),
    kind: Object.values(kindNames).map((name) => name[language]),
    urgency: Object.entries(urgencyNames).map(([code, name]) => `${code} ${name[language]}`),
    isPublic: yesNo,
    sensitive: yesNo,
    onSiteCheck: yesNo,
  }
  for (const [column, choices] of Object.entries(lists)) {
    const validation: excel.DataValidation = {
      type: 'list',
      allowBlank: false,
      formulae: [`"${choices.join(',')}"`],
    }
    const number = sheet.getColumn(column).number
    for (let row = 2; row <= lastRow; row++) sheet.getCell(row, number).dataValidation = validation
  }
}
