import excel from 'exceljs'
import { Check } from 'typebox/value'
import { type OperationContract, xlsxMediaType } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { fillTemplate } from '../../../platform/sheets/fill-template.ts'
import type { ListKind } from '../../../platform/sheets/list-kind.ts'
import { displayNames } from '../../accounts/server/index.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { factFields, factNamer, fieldNamer, listKindFor, listKinds } from './list-kinds.ts'
import { findTemplate } from './template-store.ts'

/** More rows than this leave the street only as several files. */
const rowLimit = 20_000

export const exportList = operation(contract.exportList, async (call) => {
  const { tx, actor, at, params, query, services } = call
  const template = await findTemplate(tx, actor.streetId, params.id)
  if (template === undefined) throw new Refusal('sheets/not-found')
  const kind = listKindFor(actor, template.list)
  const filters = filtersOf(kind, query.filters)
  const language = query.language ?? 'zh'
  const root = await streetRoot(tx, actor.streetId)
  const names = await displayNames(tx, services.keys, [actor.accountId])
  const facts: Record<keyof typeof factFields, string> = {
    street: root.name,
    date: dayOf(at),
    by: names.get(actor.accountId) ?? '',
    index: '',
  }
  const keyOf = fieldNamer(kind)
  const filled = await fillTemplate(template.content, (name) => keyOf(name) !== undefined, {
    fact: (name) => {
      const fact = factNamer(name)
      return fact === undefined || keyOf(name) !== undefined ? undefined : facts[fact]
    },
    rows: rowsOf(call as unknown as Call<OperationContract>, kind, filters, language),
  })
  call.audit({
    subjectType: 'list-template',
    subjectId: template.id,
    detail: { list: kind.list, rows: filled.rows },
  })
  call.sendAs({ name: `${template.name}-${dayOf(at)}.xlsx`, mediaType: xlsxMediaType })
  return filled.bytes
})

async function* rowsOf(
  call: Call<OperationContract>,
  kind: ListKind,
  filters: unknown,
  language: 'zh' | 'en',
): AsyncGenerator<(name: string) => string | number | undefined> {
  const keyOf = fieldNamer(kind)
  let index = 0
  for await (const row of kind.rows(call, filters, language)) {
    if (index++ === rowLimit) return
    const number = index
    yield (name) => {
      const key = keyOf(name)
      if (key !== undefined) return row[key]
      return factNamer(name) === 'index' ? number : undefined
    }
  }
}

function filtersOf(kind: ListKind, text: string | undefined): unknown {
  const invalid = () =>
    new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/filters', message: 'not the filters of this list' }],
    })
  try {
    const filters: unknown = text === undefined ? {} : JSON.parse(text)
    if (Check(kind.filters, filters)) return filters
  } catch {
    throw invalid()
  }
  throw invalid()
}

/** Every field in one row under its own words; the street cuts it down to its own form. */
export const sampleTemplate = operation(contract.sampleTemplate, async (call) => {
  const { params, query } = call
  const kind = listKinds.find(({ list }) => list === params.list)
  if (kind === undefined) throw new Refusal('sheets/unknown-list')
  const language = query.language ?? 'zh'
  const book = new excel.Workbook()
  const sheet = book.addWorksheet(kind.words[language])
  const width = kind.fields.length + 1
  sheet.addRow([`{{${factFields.street[language]}}}${kind.words[language]}`])
  sheet.mergeCells(1, 1, 1, width)
  sheet.getCell(1, 1).font = { bold: true, size: 16 }
  sheet.getCell(1, 1).alignment = { horizontal: 'center' }
  sheet.addRow([factFields.index[language], ...kind.fields.map(({ words }) => words[language])])
  sheet.getRow(2).font = { bold: true }
  sheet.addRow([
    `{{${factFields.index[language]}}}`,
    ...kind.fields.map(({ words }) => `{{${words[language]}}}`),
  ])
  sheet.addRow([`{{${factFields.date[language]}}}  {{${factFields.by[language]}}}`])
  const line = { style: 'thin', color: { argb: 'FFC9C6BE' } } as const
  for (const row of [2, 3])
    sheet.getRow(row).eachCell((cell) => {
      cell.border = { top: line, left: line, bottom: line, right: line }
      cell.alignment = { vertical: 'top', wrapText: true }
    })
  for (let column = 1; column <= width; column++) sheet.getColumn(column).width = column === 1 ? 8 : 18
  call.sendAs({ name: `${kind.words[language]}.xlsx`, mediaType: xlsxMediaType })
  return Buffer.from(await book.xlsx.writeBuffer())
})
