import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { operation } from '../../../platform/operation.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import * as contract from '../contract.ts'
import { kindFor } from './sheet-kinds.ts'

const words = {
  must: { zh: '必填', en: 'required' },
  example: { zh: '（示例，导入前请删掉这一行）', en: '(an example; delete this row)' },
} as const
const spareRows = 500

/** Headings, notes on how to fill them in, choices in the cells, and one made-up row in grey. */
export const emptySheet = operation(contract.emptySheet, async (call) => {
  const { actor, params, query } = call
  const kind = kindFor(actor, params.kind)
  const language = query.language ?? 'zh'
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(kind.words[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  const columns = Object.values(kind.columns)
  sheet.columns = columns.map((column) => ({
    header: column.required ? `${column.words[language]}*` : column.words[language],
    width: Math.max(14, Math.min(40, column.example.length * 2 + 4)),
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
  }))
  const heading = sheet.getRow(1)
  heading.font = { bold: true }
  columns.forEach((column, index) => {
    const cell = heading.getCell(index + 1)
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8F1F8' } }
    const note = [column.required ? words.must[language] : '', column.help?.[language] ?? '']
    const text = note.filter(Boolean).join(language === 'zh' ? '。' : '. ')
    if (text !== '') cell.note = text
    if (column.choices && column.choices.join(',').length < 250)
      for (let row = 2; row <= spareRows; row++)
        sheet.getCell(row, index + 1).dataValidation = {
          type: 'list',
          allowBlank: true,
          formulae: [`"${column.choices.join(',')}"`],
        }
  })
  const example = sheet.addRow(columns.map((column) => plainCell(column.example)))
  example.font = { color: { argb: 'FF8A929A' }, italic: true }
  example.getCell(columns.length + 1).value = words.example[language]
  call.sendAs({ name: `${kind.words[language]}.xlsx`, mediaType: xlsxMediaType })
  return Buffer.from(await book.xlsx.writeBuffer())
})
