import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import excel from 'exceljs'
import { xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import { chainOf } from '../../areas/server/index.ts'
import { cellText, columnTitles } from '../case-cells.ts'
import type { CaseSummary, ExportColumn } from '../contract.ts'
import * as contract from '../contract.ts'
import { listCases } from './list-cases.ts'
import { namesOf } from './names.ts'
import { ownWords } from './street-clocks.ts'

export { plainCell }

export type ExportCall = Call<typeof contract.exportCases>

const rowsAtOnce = 500
const sheetName = { zh: '诉求', en: 'Cases' } as const
const cappedNote = {
  zh: `只导出了前 ${contract.exportRowLimit} 条，请缩小筛选范围再导出其余的。`,
  en: `Only the first ${contract.exportRowLimit} are here; narrow the filters for the rest.`,
} as const

/** 导出所见: the rows of the list under the same filters and in the same order, and only the columns asked for. */
export const exportCases = operation(contract.exportCases, async (call) => {
  const { columns: asked, language = 'zh', ...filters } = call.query
  const columns = columnsOf(asked)
  const file = new PassThrough()
  const written = buffer(file)
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: file, useStyles: true })
  const sheet = book.addWorksheet(sheetName[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((column) => ({
    header: columnTitles[column][language],
    key: column,
    width: column === 'title' ? 48 : 20,
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: column === 'title' } },
  }))
  const { areas } = await namesOf(call.tx, call.actor.streetId)
  const chain = (areaId: string) => {
    const area = areas.byId.get(areaId)
    return area && chainOf(areas, area.path)
  }
  const own = await ownWords(call.tx, call.actor.streetId, call.at)
  let count = 0
  let capped = false
  for await (const row of caseRowsOf(call, filters)) {
    if (count === contract.exportRowLimit) {
      capped = true
      break
    }
    sheet.addRow(columns.map((column) => plainCell(cellText(column, row, language, chain, own)))).commit()
    count++
  }
  if (capped) sheet.addRow([cappedNote[language]]).commit()
  sheet.commit()
  await book.commit()
  // What was asked for, without the words of the search: they may name a person.
  const { q, ...codes } = filters
  call.audit({
    subjectType: 'case',
    detail: { rows: count, columns, filters: { ...codes, words: q !== undefined } },
  })
  call.sendAs({ name: `${sheetName[language]}-${dayOf(call.at)}.xlsx`, mediaType: xlsxMediaType })
  return await written
})

/** @throws Refusal platform/invalid-input for a column that there is not, or none */
function columnsOf(text: string): ExportColumn[] {
  const columns = [...new Set(text.split(','))]
  const known = columns.filter((column): column is ExportColumn =>
    contract.exportColumns.some((one) => one === column),
  )
  if (known.length < columns.length)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/columns', message: 'a column is unknown' }],
    })
  return known
}

/** Page by page through the list's own operation, so that the file and the screen cannot drift apart. */
export async function* caseRowsOf(
  call: ExportCall,
  filters: Omit<ExportCall['query'], 'columns' | 'language'>,
): AsyncGenerator<CaseSummary> {
  let cursor: string | undefined
  do {
    const query = { ...filters, limit: rowsAtOnce, ...(cursor === undefined ? {} : { cursor }) }
    const page = (await listCases.handle({ ...call, query })) as {
      items: CaseSummary[]
      nextCursor: string | null
    }
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
