/** A list of figures of areas 区域数字表: whom they count, their day and their source come with them. */
import type { Day } from '../../../lib/time.ts'
import { readDay, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type CellRead,
  type RowOutcome,
  type SheetCall,
  type SheetCell,
  type SheetColumn,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { type FigureListRow, figuresOfRow, type UsualFigure } from '../rules/figure-rows.ts'
import { insertFigures, type NewFigure } from './area-writes.ts'
import { communityColumn } from './community-column.ts'
import { deleteFigures, type FigureKey, type FigureWords, figuresAt, keyOfFigure } from './figure-store.ts'
import { areaFinder, type FoundArea } from './find-area-sheet.ts'

interface Values extends FigureListRow {
  readonly area: string
  /** Said in a column of its own, for grids whose names repeat. */
  readonly community: string | null
}

/** What undo needs: the figure as this list put it in, and what stood there before. */
interface Put {
  readonly key: FigureKey
  readonly is: FigureWords
  readonly was: FigureWords | null
}

const who = ['system-admin', 'duty-head', 'secretary'] as const

function findFor(find: (words: string) => FoundArea, { area, community }: Values): FoundArea {
  const inside = community === null ? undefined : find(`${community}${area}`)
  return inside?.ok ? inside : find(area)
}

/** A secretary gives figures of the own community; the others stand in the whole street. */
const reaches = ({ actor }: SheetCall, path: string): boolean =>
  actor.posts.some(
    ({ role, areaPath }) =>
      who.some((one) => one === role) &&
      areaPath !== null &&
      (path === areaPath || path.startsWith(`${areaPath}.`)),
  )

type Read =
  | { readonly ok: true; readonly figures: readonly NewFigure[]; readonly path: string }
  | { readonly ok: false; readonly column: string; readonly reason: { zh: string; en: string } }

function readFigures(find: (words: string) => FoundArea, values: Values): Read {
  const found = findFor(find, values)
  if (!found.ok) return { ok: false, column: 'area', reason: found.reason }
  const read = figuresOfRow(values)
  if (!read.ok) return read
  const { onDay, source } = values
  const figures = read.figures.map((one) => ({ ...one, areaId: found.area.id, onDay, source }))
  return { ok: true, figures, path: found.area.path }
}

const sameWords = (one: FigureWords, other: FigureWords): boolean =>
  one.value === other.value && one.unit === other.unit && one.source === other.source

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const find = await areaFinder(call.tx, call.streetId, call.today)
  const findings: SheetFinding[] = []
  const read = new Map<number, readonly NewFigure[]>()
  const seen = new Map<string, number>()
  for (const { row, values } of rows) {
    const found = readFigures(find, values)
    if (!found.ok) findings.push({ row, severity: 'error', column: found.column, reason: found.reason })
    else if (!reaches(call, found.path))
      findings.push({ row, severity: 'error', column: 'area', reason: notYours })
    else if (values.onDay > call.today)
      findings.push({ row, severity: 'error', column: 'onDay', reason: notYet })
    else {
      const keys = found.figures.map(keyOfFigure)
      const twin = keys.map((key) => seen.get(key)).find((one) => one !== undefined)
      for (const key of keys) seen.set(key, seen.get(key) ?? row)
      if (twin !== undefined) findings.push({ row, severity: 'error', column: 'area', reason: twiceAs(twin) })
      else read.set(row, found.figures)
    }
  }
  const there = await figuresAt(call.tx, call.streetId, [...read.values()].flat())
  return {
    findings,
    rows: [...read].map(([row, figures]) => ({
      row,
      key: figures.map(keyOfFigure).join(' '),
      act: actOf(figures, there),
    })),
  }
}

function actOf(
  figures: readonly NewFigure[],
  there: ReadonlyMap<string, NewFigure>,
): 'add' | 'change' | 'same' {
  const known = figures.flatMap((figure) => {
    const one = there.get(keyOfFigure(figure))
    return one ? [sameWords(one, figure)] : []
  })
  if (known.length === 0) return 'add'
  return known.length === figures.length && known.every(Boolean) ? 'same' : 'change'
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { tx, streetId, today } = call
  const find = await areaFinder(tx, streetId, today)
  const read = rows.map(({ row, values }) => ({ row, read: readFigures(find, values) }))
  const figures = read.flatMap((one) => (one.read.ok ? one.read.figures : []))
  const there = await figuresAt(tx, streetId, figures)
  await insertFigures(tx, streetId, figures)
  return read.map((one): RowOutcome => {
    if (!one.read.ok) return { row: one.row, refused: one.read.reason }
    const made = one.read.figures.map((figure) => {
      const was = there.get(keyOfFigure(figure))
      const before: Put = { key: keyPart(figure), is: wordsPart(figure), was: was ? wordsPart(was) : null }
      return { table: 'area_figures', id: figure.areaId, before }
    })
    return { row: one.row, act: actOf(one.read.figures, there), made }
  })
}

const keyPart = ({ areaId, name, scope, onDay }: NewFigure): FigureKey => ({ areaId, name, scope, onDay })
const wordsPart = ({ value, unit, source }: NewFigure): FigureWords => ({ value, unit, source })

/** A figure that somebody gave anew since stays, and with it the whole row. */
async function undo({ tx, streetId }: SheetCall, rows: readonly UndoRow[]) {
  const puts = rows.map(({ row, made }) => ({ row, puts: made.map(({ before }) => before as Put) }))
  const now = await figuresAt(
    tx,
    streetId,
    puts.flatMap((one) => one.puts.map(({ key }) => key)),
  )
  const untouched = ({ key, is }: Put) => {
    const one = now.get(keyOfFigure(key))
    return one !== undefined && sameWords(one, is)
  }
  const back = puts.filter((one) => one.puts.every(untouched))
  const gone = back.flatMap((one) => one.puts)
  await deleteFigures(
    tx,
    streetId,
    gone.map(({ key }) => key),
  )
  await insertFigures(
    tx,
    streetId,
    gone.flatMap(({ key, was }) => (was ? [{ ...key, ...was }] : [])),
  )
  const done = new Set(back.map(({ row }) => row))
  return rows.map(({ row }) => (done.has(row) ? { row } : { row, refused: givenSince }))
}

const notYours = { zh: '这个区域不在你的辖区里', en: 'This area is not under your post' }
const notYet = { zh: '这一天还没有到', en: 'This day has not come yet' }
const givenSince = { zh: '后来又有人填报过，没有撤销', en: 'Somebody gave it anew since; not undone' }
const twiceAs = (row: number) => ({
  zh: `和第 ${row} 行说的是同一个数字`,
  en: `The same figure stands in row ${row}`,
})

/** 24,000 or 35.5, with or without a word behind it. */
function readAmount({ text }: SheetCell): CellRead<number> {
  const plain = text
    .replace(/(?<=\d)[,\uff0c](?=\d{3})/g, '')
    .replace(/(?:(?<!\s)\s+|(?<![\s人户个名栋平方米㎡%]))[人户个名栋平方米㎡%]+$/, '')
  const value = /^\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : Number.NaN
  return Number.isFinite(value)
    ? { ok: true, value }
    : { ok: false, reason: { zh: '要填一个不小于 0 的数', en: 'A number from 0 on' } }
}

/** People and households are whole. */
function readCount(cell: SheetCell): CellRead<number> {
  const read = readAmount(cell)
  return read.ok && Number.isInteger(read.value) ? read : { ok: false, reason: notWhole }
}
const notWhole = { zh: '要填不小于 0 的整数', en: 'A whole number from 0 on' }

const usualColumn = (zh: string, en: string, synonyms: readonly string[]): SheetColumn<number | null> => ({
  words: { zh, en },
  synonyms,
  required: false,
  example: '',
  empty: null,
  read: readCount,
})
const usualColumns: Readonly<Record<UsualFigure, SheetColumn<number | null>>> = {
  registered: usualColumn('户籍人口', 'Registered people', ['户籍人口数', '户籍人数']),
  residents: usualColumn('常住人口', 'Residents', ['常住人口数', '常住人数', '实有人口']),
  floating: usualColumn('流动人口', 'Floating population', ['流动人口数', '外来人口', '流入人口']),
  registeredHouseholds: usualColumn('户籍户数', 'Registered households', ['户籍户']),
  residentHouseholds: usualColumn('常住户数', 'Resident households', ['常住户', '实有户数']),
}

export const figureSheet: SheetKind = sheetKind<Values>({
  kind: 'area-figures',
  words: { zh: '区域数字', en: 'Figures of areas' },
  help: {
    zh: '人口、户数等。一个数字写一行，或者把户籍人口、常住人口、户数并排写。都要有日期和来源。请先导入区域。',
    en: 'Population, households and so on: one figure a row, or the usual ones side by side. Each has a day and a source. Areas come first.',
  },
  position: 45,
  who: [...who],
  columns: {
    area: {
      words: { zh: '区域', en: 'Area' },
      synonyms: ['区域名称', '微网格', '网格', '网格名称', '所在网格', '社区', '社区名称', '名称'],
      required: true,
      help: { zh: '重名时把社区写在前面', en: 'With the community in front where names repeat' },
      example: '桐荫社区第1网格',
      empty: '',
      read: readText(120),
    },
    community: communityColumn,
    name: {
      words: { zh: '指标', en: 'What' },
      synonyms: ['指标名称', '项目', '数字名称'],
      required: false,
      help: { zh: '例如 人口、户数、专职人员', en: 'Such as 人口, 户数, 专职人员' },
      example: '人口',
      empty: null,
      read: readText(40),
    },
    scope: {
      words: { zh: '口径', en: 'Whom it counts' },
      synonyms: ['统计口径', '范围', '统计范围'],
      required: false,
      help: {
        zh: '数的是谁，例如 户籍人口、常住人口',
        en: 'Such as registered people, or people who live there',
      },
      example: '常住人口',
      empty: null,
      read: readText(60),
    },
    value: {
      words: { zh: '数值', en: 'Value' },
      synonyms: ['数量', '人数', '数字', '数'],
      required: false,
      example: '1186',
      empty: null,
      read: readAmount,
    },
    unit: {
      words: { zh: '单位', en: 'Unit' },
      synonyms: ['计量单位'],
      required: false,
      help: { zh: '不填时，人口按人、户数按户', en: 'Empty: people for 人口, households for 户数' },
      example: '人',
      empty: null,
      read: readText(20),
    },
    ...usualColumns,
    onDay: {
      words: { zh: '日期', en: 'Day' },
      synonyms: ['统计日期', '截止日期', '时点', '数据日期', '截至日期'],
      required: true,
      help: { zh: '是哪一天的数字', en: 'The day that it holds for' },
      example: '2026-03-31',
      empty: '' as Day,
      read: readDay,
    },
    source: {
      words: { zh: '来源', en: 'Source' },
      synonyms: ['数据来源', '出处', '填报单位'],
      required: true,
      help: { zh: '例如 派出所、七普、网格摸排', en: 'Such as the police, the census, a count by the grid' },
      example: '派出所',
      empty: '',
      read: readText(60),
    },
  },
  check,
  apply,
  undo,
})
