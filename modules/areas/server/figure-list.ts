/** The figures given by the street on their way out: as a list for templates, and as a workbook that comes in again. */
import excel from 'exceljs'
import { Type } from 'typebox'
import { Day, xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import { plainCell } from '../../../platform/sheets/plain-cell.ts'
import * as contract from '../contract.ts'
import { areasInForce, figuresOn } from './area-store.ts'
import { inTreeOrder } from './area-view.ts'
import { figureSheet } from './figure-sheet.ts'
import { spelledOut } from './find-area-sheet.ts'

/** Headings of the list that comes in: what goes out can be corrected and brought back. */
const columns = ['area', 'name', 'scope', 'value', 'unit', 'onDay', 'source'] as const
const widths = { area: 34, name: 12, scope: 18, value: 12, unit: 8, onDay: 14, source: 30 }
const words = (key: (typeof columns)[number]) => figureSheet.columns[key]?.words ?? { zh: key, en: key }

type FigureLine = Readonly<Record<Exclude<(typeof columns)[number], 'value'>, string>> & {
  readonly value: number
}

/** The newest figure of each area, name and scope until a day, in the order of the tree. */
async function figureLinesOn(
  tx: Tx,
  streetId: number,
  onDay: string,
  areaId: string | undefined,
): Promise<FigureLine[]> {
  const areas = await areasInForce(tx, streetId, onDay)
  const byId = new Map(areas.map((area) => [area.id, area]))
  const under = areaId === undefined ? '' : byId.get(areaId)?.path
  if (under === undefined) return []
  const byArea = new Map<string, Awaited<ReturnType<typeof figuresOn>>>()
  for (const figure of await figuresOn(tx, streetId, onDay)) {
    const own = byArea.get(figure.areaId)
    if (own) own.push(figure)
    else byArea.set(figure.areaId, [figure])
  }
  return inTreeOrder(areas)
    .filter(({ path }) => under === '' || path === under || path.startsWith(`${under}.`))
    .flatMap((area) =>
      (byArea.get(area.id) ?? []).map(({ name, scope, value, unit, onDay: day, source }) => ({
        area: spelledOut(area, byId),
        name,
        scope,
        value,
        unit,
        onDay: day,
        source,
      })),
    )
}

export const figureList: ListKind = {
  list: 'area-figures',
  words: figureSheet.words,
  who: staffRoles,
  fields: columns.map((key) => ({ key, words: words(key) })),
  filters: Type.Object({ onDay: Type.Optional(Day) }, { additionalProperties: false }),
  async *rows({ tx, actor, at }, filters) {
    const { onDay } = filters as { onDay?: string }
    yield* await figureLinesOn(tx, actor.streetId, onDay ?? dayOf(at), undefined)
  },
}

export const exportAreaFigures = operation(contract.exportAreaFigures, async (call) => {
  const { tx, actor, at, query } = call
  const language = query.language ?? 'zh'
  const onDay = query.onDay ?? dayOf(at)
  const lines = await figureLinesOn(tx, actor.streetId, onDay, query.areaId)
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(figureSheet.words[language], { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((key) => ({ key, header: words(key)[language], width: widths[key] }))
  sheet.getRow(1).font = { bold: true }
  for (const line of lines)
    sheet.addRow({
      ...line,
      area: plainCell(line.area),
      name: plainCell(line.name),
      scope: plainCell(line.scope),
      unit: plainCell(line.unit),
      source: plainCell(line.source),
    })
  call.audit({ subjectType: 'area-figures', detail: { onDay, rows: lines.length } })
  call.sendAs({ name: `${figureSheet.words[language]}-${onDay}.xlsx`, mediaType: xlsxMediaType })
  return new Uint8Array(await book.xlsx.writeBuffer())
})
