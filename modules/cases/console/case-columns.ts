/** The columns of a list of cases. Their keys are also the columns that an export may name. */
import { language, wordsNow } from '../../../ui/language.ts'
import type { Column } from '../../../ui/table-columns.ts'
import { shortTime } from '../../../ui/time-words.ts'
import { type ChainOf, cellText, columnTitles } from '../case-cells.ts'
import { type CaseSummary, type ExportColumn, exportColumns } from '../contract.ts'

type CaseColumn = Column<CaseSummary> & { readonly key: ExportColumn }

/** Only the title shares what is left, and always shows. */
const widths: Partial<Record<ExportColumn, number>> = {
  number: 150,
  state: 104,
  clock: 146,
  matter: 140,
  area: 232,
  holder: 136,
  createdAt: 136,
  place: 200,
  dueAt: 136,
  reviewOn: 124,
  closedAt: 136,
}
const shownAtFirst = new Set<ExportColumn>([
  'number',
  'title',
  'state',
  'clock',
  'area',
  'holder',
  'createdAt',
])

/** In a table the year is left out where it is this one; the export keeps it. */
const shortTimes: Partial<Record<ExportColumn, (row: CaseSummary) => string | null>> = {
  createdAt: (row) => row.createdAt,
  dueAt: (row) => row.dueAt,
  closedAt: (row) => row.closedAt,
}

function textOf(key: ExportColumn, row: CaseSummary, chainOf: ChainOf): string {
  const time = shortTimes[key]
  if (!time) return cellText(key, row, language.value, chainOf, wordsNow)
  const at = time(row)
  return at === null ? '' : shortTime(at)
}

/** Reactive in the language of now: read it inside a computed value. */
export const caseColumns = (
  chainOf: ChainOf,
  keys: readonly ExportColumn[] = exportColumns,
): readonly CaseColumn[] =>
  keys.map((key) => ({
    key,
    title: columnTitles[key][language.value],
    text: (row) => textOf(key, row, chainOf),
    ...(key === 'title' ? { fixed: true } : { width: `${widths[key] ?? 96}px` }),
    ...(shownAtFirst.has(key) ? {} : { optional: true }),
  }))
