/** What a sheet of matters would change, row by row, and what is wrong with it. Pure: cells and the catalogue in, a decision out. */
import type { MatterColumn, MatterImportReport, MatterView, RowFault } from '../contract.ts'
import type { ExtraFields } from '../extra-fields.ts'
import { matterColumnTitles, readKind, readLevel, readTruth, readUrgency } from '../matter-cells.ts'
import { readExtraFields } from './extra-fields.ts'

/** One row of the sheet, its cells as texts under the sheet's own headings. */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly string[]
}

/** What a spreadsheet may change of a matter. */
export interface MatterFacts {
  readonly code: string
  readonly classCode: string
  readonly className: string
  readonly classNameEn: string | null
  readonly name: string
  readonly nameEn: string
  readonly residentWords: string | null
  readonly keywords: readonly string[]
  readonly level: MatterView['level']
  readonly kind: MatterView['kind']
  readonly urgency: MatterView['urgency']
  readonly isPublic: boolean
  readonly sensitive: boolean
  readonly onSiteCheck: boolean
  readonly extraFields: ExtraFields | null
}
export type KnownMatter = MatterFacts & { readonly id: string; readonly localExtension: boolean }

export interface MatterChange {
  readonly row: number
  readonly facts: MatterFacts
  /** The version that ends; absent for a new matter. */
  readonly replaces?: string
  readonly columns: readonly MatterColumn[]
}
type RowError = MatterImportReport['errors'][number]

export interface CheckedRows {
  readonly changes: readonly MatterChange[]
  readonly unchanged: number
  readonly errors: readonly RowError[]
}

const read = [
  'code',
  'classCode',
  'className',
  'classNameEn',
  'name',
  'nameEn',
  'residentWords',
  'keywords',
  'level',
  'kind',
  'urgency',
  'isPublic',
  'sensitive',
  'onSiteCheck',
  'extraFields',
] as const satisfies readonly MatterColumn[]
type ReadColumn = (typeof read)[number]

const longest: Readonly<Record<ReadColumn, number>> = {
  code: 20,
  classCode: 20,
  className: 40,
  classNameEn: 80,
  name: 80,
  nameEn: 160,
  residentWords: 80,
  keywords: 300,
  level: 20,
  kind: 20,
  urgency: 20,
  isPublic: 10,
  sensitive: 10,
  onSiteCheck: 10,
  extraFields: 1000,
}
const mayBeEmpty: readonly ReadColumn[] = [
  'residentWords',
  'keywords',
  'nameEn',
  'classNameEn',
  'extraFields',
]
/** A sheet that was exported before a column came to be is still read; what it does not hold stays as it is. */
const mayBeAbsent: readonly ReadColumn[] = ['classNameEn', 'extraFields']
/** A standard's own words stay as printed. */
const fixedByStandard = ['classCode', 'className', 'name'] as const

/** Headings are read in either language and any order; further columns are left alone. */
export function checkMatterRows(
  heading: readonly string[],
  rows: readonly SheetRow[],
  known: ReadonlyMap<string, KnownMatter>,
): CheckedRows {
  const places = new Map<ReadColumn, number>()
  for (const column of read) {
    const { zh, en } = matterColumnTitles[column]
    const at = heading.findIndex((title) => [zh, en.toLowerCase()].includes(title.trim().toLowerCase()))
    if (at >= 0) places.set(column, at)
  }
  const missing = read.filter((column) => !places.has(column) && !mayBeAbsent.includes(column))
  if (missing.length > 0)
    return {
      changes: [],
      unchanged: 0,
      errors: missing.map((column) => ({ row: 1, column, value: '', reason: 'column-missing' })),
    }
  const changes: MatterChange[] = []
  const errors: RowError[] = []
  const seen = new Set<string>()
  let unchanged = 0
  for (const { row, cells } of rows) {
    const told = (column: ReadColumn) => plainText(cells[places.get(column) ?? -1] ?? '')
    if (read.every((column) => told(column) === '')) continue
    const faults: RowError[] = []
    const fault = (column: ReadColumn, reason: RowFault) =>
      faults.push({ row, column, value: told(column).slice(0, 60), reason })
    const asTold = readRow(told, fault)
    const old = asTold && known.get(asTold.code)
    const facts = asTold && withKept(asTold, old, places)
    if (facts && seen.has(facts.code)) fault('code', 'code-twice')
    if (facts) {
      seen.add(facts.code)
      checkStandard(facts, old, fault)
    }
    if (!facts || faults.length > 0) errors.push(...faults)
    else {
      const columns = old ? differing(facts, old) : []
      if (old && columns.length === 0) unchanged++
      else changes.push({ row, facts, columns, ...(old ? { replaces: old.id } : {}) })
    }
  }
  return { changes, unchanged, errors }
}

function withKept(
  facts: MatterFacts,
  old: MatterFacts | undefined,
  places: ReadonlyMap<ReadColumn, number>,
): MatterFacts {
  if (old === undefined) return facts
  return {
    ...facts,
    classNameEn: places.has('classNameEn') ? facts.classNameEn : old.classNameEn,
    extraFields: places.has('extraFields') ? facts.extraFields : old.extraFields,
  }
}

type Fault = (column: ReadColumn, reason: RowFault) => void

function readRow(told: (column: ReadColumn) => string, fault: Fault): MatterFacts | undefined {
  let sound = true
  const wrong = (column: ReadColumn, reason: RowFault) => {
    sound = false
    fault(column, reason)
  }
  for (const column of read) {
    if (told(column) === '' && !mayBeEmpty.includes(column)) wrong(column, 'empty')
    if ([...told(column)].length > longest[column]) wrong(column, 'too-long')
  }
  const choice = <T>(column: ReadColumn, reader: (text: string) => T | undefined): T | undefined => {
    const value = reader(told(column))
    if (value === undefined && told(column) !== '') wrong(column, 'not-a-choice')
    return value
  }
  const code = told('code')
  if (code !== '' && !/^[A-Z0-9]{2,20}$/.test(code)) wrong('code', 'code-form')
  const level = choice('level', readLevel)
  const kind = choice('kind', readKind)
  const urgency = choice('urgency', readUrgency)
  const isPublic = choice('isPublic', readTruth)
  const sensitive = choice('sensitive', readTruth)
  const onSiteCheck = choice('onSiteCheck', readTruth)
  const extraFields = readExtraFields(told('extraFields'))
  if (extraFields === undefined) wrong('extraFields', 'no-field-list')
  const whole = level && kind && urgency
  if (!sound || !whole || isPublic === undefined || sensitive === undefined) return undefined
  if (onSiteCheck === undefined || extraFields === undefined) return undefined
  return {
    code,
    classCode: told('classCode'),
    className: told('className'),
    classNameEn: told('classNameEn') || null,
    name: told('name'),
    nameEn: told('nameEn') || told('name'),
    residentWords: told('residentWords') || null,
    keywords: told('keywords').split(' ').filter(Boolean),
    level,
    kind,
    urgency,
    isPublic,
    sensitive,
    onSiteCheck,
    extraFields,
  }
}

function checkStandard(facts: MatterFacts, old: KnownMatter | undefined, fault: Fault): void {
  if (old === undefined) {
    if (facts.code.startsWith('GB')) fault('code', 'standard-not-known')
    return
  }
  if (old.localExtension) return
  for (const column of fixedByStandard) if (facts[column] !== old[column]) fault(column, 'standard-is-fixed')
  if (facts.residentWords !== null) fault('residentWords', 'standard-has-no-resident-words')
}

const differing = (facts: MatterFacts, old: MatterFacts): MatterColumn[] =>
  read.filter((column) => JSON.stringify(facts[column]) !== JSON.stringify(old[column]))

/** Without the apostrophe that an export puts before what looks like a formula. */
const plainText = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
