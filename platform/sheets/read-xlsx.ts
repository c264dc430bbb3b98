/** The sheets of an xlsx workbook as texts. Only what a list needs is read: no drawings, no links, no macros. */
import { foldText, isDateFormat, numberText, serialText } from './cell-text.ts'
import { openZip, type Zip } from './open-zip.ts'
import { cellPlace, type RawSheet } from './raw-sheet.ts'
import { SheetFault, sheetLimits } from './sheet-limits.ts'
import { attribute, scanXml } from './xml-scan.ts'

interface Book {
  readonly strings: readonly string[]
  /** By style index. */
  readonly isDate: readonly boolean[]
  readonly from1904: boolean
}

/** Every sheet that is not hidden for good. @throws SheetFault */
export function readXlsx(bytes: Buffer): RawSheet[] {
  const zip = openZip(bytes)
  const text = (name: string) => zip.part(name)?.toString('utf8')
  const workbookPath = mainPart(text('_rels/.rels')) ?? 'xl/workbook.xml'
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const workbook = text(workbookPath)
  if (workbook === undefined) throw new SheetFault('unreadable')
  const targets = relations(text(`${folder}_rels/${workbookPath.slice(folder.length)}.rels`) ?? '', folder)
  const listed = listSheets(workbook)
  const book: Book = {
    strings: readStrings(text(pathOf(targets, 'sharedStrings', `${folder}sharedStrings.xml`)) ?? ''),
    isDate: readStyles(text(pathOf(targets, 'styles', `${folder}styles.xml`)) ?? ''),
    from1904: listed.from1904,
  }
  const sheets: RawSheet[] = []
  for (const { name, relation, state } of listed.sheets.slice(0, sheetLimits.sheets)) {
    const target = targets.find(({ id }) => id === relation)
    if (target === undefined || target.type !== 'worksheet' || state === 'veryHidden') continue
    sheets.push(readSheet(zip, target.path, { name: foldText(name), hidden: state === 'hidden' }, book))
  }
  if (sheets.length === 0) throw new SheetFault('unreadable')
  return sheets
}

function mainPart(rels: string | undefined): string | undefined {
  return relations(rels ?? '', '').find(({ type }) => type === 'officeDocument')?.path
}

interface Relation {
  readonly id: string
  readonly type: string
  readonly path: string
}

function relations(xml: string, folder: string): Relation[] {
  const found: Relation[] = []
  scanXml(xml, {
    open({ name, attributes }) {
      if (name !== 'Relationship') return
      const target = attribute(attributes, 'Target') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`
      const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
      found.push({
        id: attribute(attributes, 'Id') ?? '',
        type,
        path: path.replace(/(?<![^/])[^/]+\/\.\.\//g, ''),
      })
    },
    close() {},
    text() {},
  })
  return found
}

const pathOf = (targets: readonly Relation[], type: string, otherwise: string): string =>
  targets.find((target) => target.type === type)?.path ?? otherwise

function listSheets(xml: string) {
  const sheets: { name: string; relation: string; state: string }[] = []
  let from1904 = false
  scanXml(xml, {
    open({ name, attributes }) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name === 'sheet')
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          relation: attribute(attributes, '(?:\\w+:)?id') ?? '',
          state: attribute(attributes, 'state') ?? 'visible',
        })
    },
    close() {},
    text() {},
  })
  return { sheets, from1904 }
}

/** Phonetic readings (rPh) are no part of a text. */
function readStrings(xml: string): string[] {
  const strings: string[] = []
  let parts = ''
  let inText = false
  let phonetic = 0
  scanXml(xml, {
    open({ name, closed }) {
      if (name === 'si') parts = ''
      if (name === 'rPh' && !closed) phonetic++
      inText = name === 't' && phonetic === 0
    },
    close(name) {
      if (name === 'si') strings.push(parts)
      if (name === 'rPh') phonetic = Math.max(0, phonetic - 1)
      inText = false
    },
    text(text) {
      if (inText) parts += text
    },
  })
  return strings
}

function readStyles(xml: string): boolean[] {
  const codes = new Map<number, string>()
  const isDate: boolean[] = []
  let inCells = false
  scanXml(xml, {
    open({ name, attributes }) {
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        isDate.push(isDateFormat(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text() {},
  })
  return isDate
}

interface Reading {
  rows: { row: number; cells: string[]; types: string[] }[]
  ranges: string[]
}

function readSheet(zip: Zip, path: string, of: { name: string; hidden: boolean }, book: Book): RawSheet {
  const xml = zip.part(path)?.toString('utf8')
  if (xml === undefined) throw new SheetFault('unreadable')
  const reading: Reading = { rows: [], ranges: [] }
  const cell = { column: -1, type: '', style: 0, value: '', formula: false }
  let row: Reading['rows'][number] | undefined
  let inside: '' | 'value' | 'formula' = ''
  scanXml(xml, {
    open({ name, attributes, closed }) {
      if (name === 'row') {
        const before = row?.row ?? 0
        row = { row: Number(attribute(attributes, 'r') ?? before + 1), cells: [], types: [] }
        cell.column = -1
      } else if (name === 'c' && row) {
        const place = cellPlace(attribute(attributes, 'r') ?? '')
        Object.assign(cell, {
          column: place?.column ?? cell.column + 1,
          type: attribute(attributes, 't') ?? 'n',
          style: Number(attribute(attributes, 's') ?? 0),
          value: '',
          formula: false,
        })
      } else if (name === 'f') cell.formula = true
      else if (name === 'mergeCell') reading.ranges.push(attribute(attributes, 'ref') ?? '')
      inside = closed ? '' : name === 'v' || name === 't' ? 'value' : name === 'f' ? 'formula' : ''
    },
    close(name) {
      inside = ''
      if (name === 'c' && row) keepCell(row, cell, book)
      if (name === 'row' && row) keepRow(reading, row)
    },
    text(text) {
      if (inside === 'value') cell.value += text
    },
  })
  return { ...of, ...finish(reading) }
}

function keepCell(
  row: Reading['rows'][number],
  cell: { column: number; type: string; style: number; value: string; formula: boolean },
  book: Book,
): void {
  const [text, type] = cellOf(cell, book)
  if (text === '') return
  if (cell.column >= sheetLimits.columns || text.length > sheetLimits.cellCharacters)
    throw new SheetFault('too-large')
  while (row.cells.length < cell.column) {
    row.cells.push('')
    row.types.push('-')
  }
  row.cells[cell.column] = text
  row.types[cell.column] = cell.formula ? type.toUpperCase() : type
}

function cellOf(
  { type, style, value }: { type: string; style: number; value: string },
  book: Book,
): [text: string, type: 't' | 'n' | 'd' | 'e'] {
  if (type === 's') return [foldText(book.strings[Number(value)] ?? ''), 't']
  if (type === 'str' || type === 'inlineStr') return [foldText(value), 't']
  if (type === 'b') return [value === '1' ? '是' : '否', 't']
  if (type === 'e') return [value, 'e']
  // ISO 8601, of workbooks in the strict form.
  if (type === 'd') return [value.replace('T', ' ').replace(/\.\d+|Z$/g, ''), 'd']
  if (value === '') return ['', 't']
  const date = book.isDate[style] ? serialText(Number(value), book.from1904) : undefined
  return date === undefined ? [numberText(value), 'n'] : [date, 'd']
}

function keepRow(reading: Reading, row: Reading['rows'][number]): void {
  if (row.cells.length === 0) return
  if (reading.rows.length >= sheetLimits.rows) throw new SheetFault('too-large')
  reading.rows.push(row)
}

/** A merged range has the value of its first cell in every cell. */
function finish({ rows, ranges }: Reading): Pick<RawSheet, 'rows' | 'rowCount' | 'merged'> {
  const byRow = new Map(rows.map((row) => [row.row, row]))
  const merged: { row: number; from: number; to: number }[] = []
  let filled = 0
  for (const range of ranges) {
    const [first = '', last = ''] = range.split(':')
    const [from, to] = [cellPlace(first), cellPlace(last)]
    if (!from || !to) continue
    merged.push({ row: from.row, from: from.column, to: to.column })
    const source = byRow.get(from.row)
    const text = source?.cells[from.column] ?? ''
    if (text === '' || to.column >= sheetLimits.columns) continue
    const type = source?.types[from.column] ?? 't'
    for (let number = from.row; number <= to.row; number++) {
      const row = byRow.get(number)
      if (!row) continue
      for (let column = from.column; column <= to.column; column++) {
        if (++filled > sheetLimits.mergedCells) throw new SheetFault('too-large')
        while (row.cells.length < column) {
          row.cells.push('')
          row.types.push('-')
        }
        row.cells[column] = text
        row.types[column] = type
      }
    }
  }
  return {
    rowCount: rows.length,
    rows: rows
      .sort((a, b) => a.row - b.row)
      .map(({ row, cells, types }) => ({
        row,
        cells: Array.from(cells, (cell) => cell ?? ''),
        types: Array.from(types, (type) => type ?? '-').join(''),
      })),
    merged,
  }
}
