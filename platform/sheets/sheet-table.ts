/** From the lines of a sheet to a table: where its heading is, how it reads, where the list ends. Pure. */
import { headingScore, plainHeading } from './match-columns.ts'
import type { RawRow, RawSheet } from './raw-sheet.ts'
import type { SheetKind } from './sheet-kind.ts'

/** The heading's first line as the sheet counts, and whether it takes one line or two. 0 lines: there is none. */
export interface HeadingPlace {
  readonly row: number
  readonly lines: 1 | 2
}

/** Why a line is no row of the list. */
export const skipReasons = ['total', 'note', 'heading-again'] as const
export type SkipReason = (typeof skipReasons)[number]

export interface SheetTable {
  readonly headings: readonly string[]
  readonly rows: readonly RawRow[]
  readonly skipped: readonly { readonly row: number; readonly reason: SkipReason; readonly text: string }[]
}

const linesLookedAt = 30

/**
 * The line, or pair of lines, that names most columns of the kind; of equals the first. When none names any, the first
 * line with two different texts.
 */
export function findHeading(kind: SheetKind, sheet: RawSheet): HeadingPlace {
  const head = sheet.rows.slice(0, linesLookedAt)
  let best: { place: HeadingPlace; score: number } | undefined
  head.forEach((line, index) => {
    const single = headingScore(kind, line.cells)
    const next = head[index + 1]
    const twoLines =
      next !== undefined && next.row === line.row + 1 && mayContinue(line, next)
        ? headingScore(kind, joinHeadings(line.cells, next.cells))
        : 0
    // A second line must bring a column, or be merged with the first: otherwise it is the first row of the list. A
    // line of group names alone is left out, for the line below it has all the names.
    const isTwo =
      single > 0 && (twoLines > single || (twoLines === single && next !== undefined && isMerged(line, next)))
    const place: HeadingPlace = { row: line.row, lines: isTwo ? 2 : 1 }
    const score = isTwo ? twoLines : single
    if (score > (best?.score ?? 0)) best = { place, score }
  })
  if (best) return best.place
  const plain = head.find((line) => distinctTexts(line).size >= 2) ?? head[0]
  return { row: plain?.row ?? 1, lines: 1 }
}

/** A cell that reaches over both lines reads the same in both. */
const isMerged = (first: RawRow, second: RawRow): boolean =>
  first.cells.some((cell, column) => cell !== '' && cell === second.cells[column])

/** A second line of a heading has no numbers or dates. */
const mayContinue = (_first: RawRow, second: RawRow): boolean => !/[nd]/i.test(second.types)

/** '联系方式' above '手机' is '联系方式/手机'; a cell merged over both lines is said once. */
export function joinHeadings(first: readonly string[], second: readonly string[]): string[] {
  return Array.from({ length: Math.max(first.length, second.length) }, (_, column) => {
    const [above, below] = [first[column] ?? '', second[column] ?? '']
    return above === below || below === '' ? above : above === '' ? below : `${above}/${below}`
  }).map((heading) => heading.replace(/\s+/g, ' '))
}

export function headingsAt(sheet: RawSheet, place: HeadingPlace): string[] {
  const lineOf = (row: number) => sheet.rows.find((line) => line.row === row)?.cells ?? []
  const first = lineOf(place.row).map((cell) => cell.replace(/\s+/g, ' '))
  return place.lines === 2 ? joinHeadings(first, lineOf(place.row + 1)) : first
}

/** The rows below the heading, without totals, notes and headings that a printed page repeats. */
export function tableOf(sheet: RawSheet, place: HeadingPlace): SheetTable {
  const headings = headingsAt(sheet, place)
  const rows: RawRow[] = []
  const skipped: { row: number; reason: SkipReason; text: string }[] = []
  const own = sheet.rows.filter((line) => line.row >= place.row && line.row < place.row + place.lines)
  for (const line of sheet.rows) {
    if (line.row < place.row + place.lines) continue
    const reason = whyNoRow(line, own, headings.length)
    if (reason === undefined) rows.push(line)
    else skipped.push({ row: line.row, reason, text: firstText(line).slice(0, 80) })
  }
  return { headings, rows, skipped }
}

const totals = /^(合计|总计|小计|共计|累计|总数|总和)([:\uff1a\d(\uff08]|$)/
const notes =
  /^(备注|注\d?|说明|填表说明|填表人|填报人|制表人?|制表日期|审核人?|负责人签字|单位[(\uff08](盖章|负责人)[)\uff09]|联系人|填报(日期|时间|单位)|联系电话|注意)[:\uff1a]/

function whyNoRow(line: RawRow, heading: readonly RawRow[], width: number): SkipReason | undefined {
  const text = firstText(line)
  if (totals.test(text.replace(/\s/g, ''))) return 'total'
  const distinct = distinctTexts(line)
  if (distinct.size <= 2 && notes.test(text)) return 'note'
  // One text over the whole width, as merged titles of parts are.
  const filled = [...line.types].filter((type) => type !== '-').length
  if (distinct.size === 1 && filled >= 3 && filled >= width - 1) return 'note'
  if (heading.some((own) => sameTexts(own, line))) return 'heading-again'
  return undefined
}

const firstText = (line: RawRow): string => line.cells.find((cell) => cell !== '') ?? ''
const distinctTexts = (line: RawRow): Set<string> => new Set(line.cells.filter((cell) => cell !== ''))

const sameTexts = (a: RawRow, b: RawRow): boolean =>
  distinctTexts(a).size >= 2 &&
  a.cells.length === b.cells.length &&
  a.cells.every((cell, column) => plainHeading(cell) === plainHeading(b.cells[column] ?? ''))

/** The sheet that looks most like the kind: the best heading, and of equals the one that is not hidden. */
export function chooseSheet(kind: SheetKind, sheets: readonly RawSheet[]): number {
  const scores = sheets.map((sheet) => {
    if (sheet.rows.length === 0) return -1
    return headingScore(kind, headingsAt(sheet, findHeading(kind, sheet))) * 2 + (sheet.hidden ? 0 : 1)
  })
  return scores.indexOf(Math.max(...scores))
}
