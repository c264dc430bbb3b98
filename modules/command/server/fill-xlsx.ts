/** Fills a workbook: {{field}} anywhere, and a row that names {{list.field}} is repeated for each row of the list. */
import excel from 'exceljs'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { plainZip } from '../../../platform/sheets/plain-zip.ts'
import type { Fields, PaperFields } from './paper-fields.ts'

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g

/** @throws Error for what is no workbook */
export async function fillXlsx(template: Uint8Array, fields: PaperFields): Promise<Uint8Array> {
  const book = await opened(template)
  for (const sheet of book.worksheets) fillSheet(sheet, fields)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** How many {{fields}} a workbook holds. @throws Error for what is no workbook */
export async function countXlsxFields(template: Uint8Array): Promise<number> {
  const book = await opened(template)
  let count = 0
  for (const sheet of book.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => (count += [...textOf(cell).matchAll(placeholder)].length)))
  return count
}

/** Unpacked under limits before the library sees it. */
async function opened(template: Uint8Array): Promise<excel.Workbook> {
  const { buffer, byteOffset, byteLength } = plainZip(Buffer.from(template))
  const book = new excel.Workbook()
  await book.xlsx.load(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
  return book
}

/** The text of a cell that may hold a placeholder; formulas and numbers hold none. */
function textOf(cell: excel.Cell): string {
  const { value } = cell
  if (typeof value === 'string') return value
  return value !== null && typeof value === 'object' && 'richText' in value
    ? value.richText.map(({ text }) => text).join('')
    : ''
}

function listOf(row: excel.Row, fields: PaperFields): string | undefined {
  let found: string | undefined
  row.eachCell((cell) => {
    for (const [, name = ''] of textOf(cell).matchAll(placeholder)) {
      const [list = '', field] = name.split('.')
      if (field !== undefined && list in fields.lists) found ??= list
    }
  })
  return found
}

function fillSheet(sheet: excel.Worksheet, fields: PaperFields): void {
  const merges = [...((sheet.model as { merges?: string[] }).merges ?? [])]
  for (const merge of merges) sheet.unMergeCells(merge)
  /** How many rows each row of the template became. */
  const became = new Map<number, number>()
  for (let number = sheet.rowCount; number >= 1; number--) {
    const row = sheet.getRow(number)
    const list = listOf(row, fields)
    if (list === undefined) {
      fillRow(row, (name) => fields.once[name])
      continue
    }
    const rows = fields.lists[list] ?? []
    const copies = Math.max(1, rows.length)
    if (copies > 1) sheet.duplicateRow(number, copies - 1, true)
    became.set(number, copies)
    for (let index = 0; index < copies; index++)
      fillListRow(sheet.getRow(number + index), list, rows[index], fields)
  }
  mergeAgain(sheet, merges, became)
}

function fillListRow(row: excel.Row, list: string, values: Fields | undefined, fields: PaperFields): void {
  fillRow(row, (name) => {
    const [head, field] = name.split('.')
    return head === list && field !== undefined ? (values?.[field] ?? '') : fields.once[name]
  })
}

/** A cell that is one placeholder takes the value as it is, a number as a number; unknown names become empty. */
function fillRow(row: excel.Row, lookUp: (name: string) => string | number | undefined): void {
  row.eachCell((cell) => {
    const text = textOf(cell)
    const names = [...text.matchAll(placeholder)]
    if (names.length === 0) return
    const whole =
      names.length === 1 && names[0]?.[0] === text.trim() ? lookUp(names[0]?.[1] ?? '') : undefined
    cell.value =
      typeof whole === 'number'
        ? whole
        : plainCell(text.replace(placeholder, (_, name: string) => String(lookUp(name) ?? '')))
  })
}

/** Rows were pushed down: what was merged is merged where it now stands, in each copy of a repeated row. */
function mergeAgain(
  sheet: excel.Worksheet,
  merges: readonly string[],
  became: ReadonlyMap<number, number>,
): void {
  const now = (row: number) =>
    [...became].reduce((sum, [at, copies]) => (at < row ? sum + copies - 1 : sum), row)
  for (const merge of merges) {
    const found = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(merge)
    if (!found) continue
    const [, left, top, right, bottom] = found
    const copies = top === bottom ? (became.get(Number(top)) ?? 1) : 1
    for (let index = 0; index < copies; index++)
      sheet.mergeCells(`${left}${now(Number(top)) + index}:${right}${now(Number(bottom)) + index}`)
  }
}
