/** The workbook that the program ships for the meeting's paper, made with {{fields}} like any other template. */
import excel from 'exceljs'
import type { Language } from '../../../lib/language.ts'
import { figureNames } from '../../cases/contract.ts'
import { paperWords, sectionNames } from '../paper-words.ts'
import { lineFigures, paperFigures } from './meeting-figures.ts'

interface Table {
  readonly heading: string
  readonly list: string
  readonly columns: readonly (readonly [title: string, field: string])[]
}

const camel = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The tables of the paper, in order: for the workbook and the Word file alike. */
export function paperTables(language: Language): Table[] {
  const w = (key: keyof typeof paperWords) => paperWords[key][language]
  const cases = [
    [w('number'), 'number'],
    [w('subject'), 'title'],
    [w('area'), 'area'],
    [w('organisation'), 'organisation'],
  ] as const
  const due = [...cases, [w('state'), 'state'], [w('due'), 'due']] as const
  const decided = [
    [w('number'), 'number'],
    [w('subject'), 'title'],
    [w('organisation'), 'organisation'],
    [w('newDate'), 'due'],
    [w('asked'), 'words'],
    [w('fate'), 'fate'],
  ] as const
  const line = [
    [w('name'), 'name'],
    ...lineFigures.map(({ figure }) => [figureNames[figure][language], camel(figure)] as const),
  ] as const
  return [
    { heading: w('before'), list: 'before', columns: decided },
    { heading: sectionNames.overdue[language], list: 'overdueList', columns: due },
    { heading: sectionNames.coming[language], list: 'comingList', columns: due },
    {
      heading: sectionNames['long-term'][language],
      list: 'longTermList',
      columns: [...cases, [w('state'), 'state'], [w('review'), 'review']],
    },
    { heading: sectionNames.returned[language], list: 'returnedList', columns: due },
    { heading: sectionNames['whistle-late'][language], list: 'whistleLateList', columns: due },
    { heading: w('byOrganisation'), list: 'organisations', columns: line },
    { heading: w('byCommunity'), list: 'communities', columns: line },
    { heading: w('decisions'), list: 'decisions', columns: decided },
  ]
}

/** Each figure's name and its field, in the order of the paper. */
export const paperFigureFields = (language: Language): (readonly [string, string])[] =>
  paperFigures.map(({ figure }) => [figureNames[figure][language], camel(figure)])

const grey = { argb: 'FFC9C6BE' }
const border = {
  top: { style: 'thin' as const, color: grey },
  bottom: { style: 'thin' as const, color: grey },
}
const widths = [20, 40, 22, 22, 22, 24, 14]

export async function defaultXlsx(language: Language): Promise<Uint8Array> {
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(paperWords.title[language], {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  sheet.columns = widths.map((width) => ({ width }))
  sheet.addRow(['{{title}}']).font = { bold: true, size: 16 }
  sheet.addRow(['{{period}}'])
  sheet.addRow([`${paperWords.asOf[language]} {{asOf}}`])
  sheet.addRow([])
  heading(sheet, paperWords.figures[language])
  for (const [name, field] of paperFigureFields(language)) tableRow(sheet, [name, `{{${field}}}`])
  for (const { heading: title, list, columns } of paperTables(language)) {
    sheet.addRow([])
    heading(sheet, title)
    tableRow(
      sheet,
      columns.map(([name]) => name),
    ).font = { bold: true }
    tableRow(
      sheet,
      columns.map(([, field]) => `{{${list}.${field}}}`),
    )
  }
  sheet.addRow([])
  heading(sheet, paperWords.minutes[language])
  const minutes = sheet.addRow(['{{minutes}}'])
  sheet.mergeCells(minutes.number, 1, minutes.number, widths.length)
  minutes.alignment = { wrapText: true, vertical: 'top' }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function heading(sheet: excel.Worksheet, text: string): void {
  sheet.addRow([text]).font = { bold: true, size: 12 }
}

function tableRow(sheet: excel.Worksheet, cells: readonly string[]): excel.Row {
  const row = sheet.addRow([...cells])
  row.eachCell((cell) => {
    cell.border = border
    cell.numFmt = '@'
    cell.alignment = { wrapText: true, vertical: 'top' }
  })
  return row
}
