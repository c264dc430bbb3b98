/**
 * What a row of a list of figures says. A list names each figure in a line of its own (what, whom it counts, how many),
 * or has the usual ones side by side, as streets write them: registered people, residents, households.
 */
import type { Bilingual } from '../../../lib/language.ts'
import type { Day } from '../../../lib/time.ts'

/** Columns that say by their heading what they count. The names are those of the page of figures. */
export const usualFigures = {
  registered: { name: '人口', scope: '户籍人口', unit: '人' },
  residents: { name: '人口', scope: '常住人口', unit: '人' },
  floating: { name: '人口', scope: '流动人口', unit: '人' },
  registeredHouseholds: { name: '户数', scope: '户籍户数', unit: '户' },
  residentHouseholds: { name: '户数', scope: '常住户数', unit: '户' },
} as const
export type UsualFigure = keyof typeof usualFigures

export interface FigureListRow extends Readonly<Record<UsualFigure, number | null>> {
  readonly name: string | null
  readonly scope: string | null
  readonly value: number | null
  readonly unit: string | null
  readonly onDay: Day
  readonly source: string
}
export interface RowFigure {
  readonly name: string
  readonly scope: string
  readonly value: number
  readonly unit: string
}
type FigureRead =
  | { readonly ok: true; readonly figures: readonly RowFigure[] }
  | { readonly ok: false; readonly column: string; readonly reason: Bilingual }

const usual = Object.keys(usualFigures) as UsualFigure[]
const unitOf: Readonly<Record<string, string>> = { 人口: '人', 户数: '户', 专职人员: '人' }

/** All figures of a row, or what it lacks: a number without a name and a scope says nothing. */
export function figuresOfRow(row: FigureListRow): FigureRead {
  const figures: RowFigure[] = usual.flatMap((column) => {
    const value = row[column]
    return value === null ? [] : [{ ...usualFigures[column], value }]
  })
  const { name, scope, value, unit } = row
  if (value !== null) {
    if (name === null) return { ok: false, column: 'name', reason: noName }
    if (scope === null) return { ok: false, column: 'scope', reason: noScope }
    figures.push({ name, scope, value, unit: unit ?? unitOf[name] ?? '个' })
  }
  if (figures.length === 0) return { ok: false, column: 'value', reason: noValue }
  const seen = new Set(figures.map((one) => `${one.name} ${one.scope}`))
  return seen.size < figures.length ? { ok: false, column: 'value', reason: twice } : { ok: true, figures }
}

const noName = {
  zh: '有数值，没有写是什么数字，例如“人口”',
  en: 'A value without what it is, such as “人口” (population)',
}
const noScope = {
  zh: '没有写口径（数的是谁），例如“常住人口”：口径不同，数字不能比',
  en: 'Without its scope, such as “常住人口” (residents), a figure cannot be compared',
}
const noValue = { zh: '这一行没有数字', en: 'This row holds no number' }
const twice = { zh: '同一个数字在这一行写了两次', en: 'The same figure stands twice in this row' }
