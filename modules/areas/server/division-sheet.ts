/** A list of official division codes 行政区划代码, as it is published: the code says what lies in what. */
import { readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { readDivision } from '../rules/division-code.ts'
import { addDivisions, divisionNames, dropDivisions } from './division-store.ts'

interface Values {
  readonly code: string
  readonly name: string
}

/** The table serves every street here: a list adds to it, and leaves the names that are there (decision 0044). */
async function check({ tx }: SheetCall, rows: readonly SheetRow<Values>[]) {
  const findings: SheetFinding[] = []
  const read = rows.flatMap(({ row, values }) => {
    const division = readDivision(values.code, values.name)
    if (division.ok) return [{ row, division: division.division }]
    findings.push({ row, column: 'code', severity: 'error', reason: division.reason })
    return []
  })
  const there = await divisionNames(
    tx,
    read.map(({ division }) => division.code),
  )
  for (const { row, division } of read) {
    const name = there.get(division.code)
    if (name !== undefined && name !== division.name)
      findings.push({ row, column: 'name', severity: 'warning', reason: namedAlready(name) })
  }
  return {
    findings,
    rows: read.map(({ row, division }) => ({
      row,
      key: division.code,
      act: there.has(division.code) ? ('same' as const) : ('add' as const),
    })),
  }
}

async function apply({ tx, newId }: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const read = rows.map(({ row, values }) => ({ row, read: readDivision(values.code, values.name) }))
  const added = await addDivisions(
    tx,
    read.flatMap((one) => (one.read.ok ? [one.read.division] : [])),
  )
  return read.map((one): RowOutcome => {
    if (!one.read.ok) return { row: one.row, refused: one.read.reason }
    const { code } = one.read.division
    return added.has(code)
      ? { row: one.row, act: 'add', made: [{ table: 'divisions', id: newId(), before: { code } }] }
      : { row: one.row, act: 'same', made: [] }
  })
}

/** Only what this list added; nothing points at a code but by its digits. */
async function undo({ tx }: SheetCall, rows: readonly UndoRow[]) {
  const codes = rows.flatMap(({ made }) => made.map(({ before }) => (before as { code: string }).code))
  await dropDivisions(tx, codes)
  return rows.map(({ row }) => ({ row }))
}

const namedAlready = (name: string) => ({
  zh: `这个代码已经有了，叫“${name}”，保留原来的名称`,
  en: `The code is there already, called “${name}”; that name stays`,
})

export const divisionSheet: SheetKind = sheetKind<Values>({
  kind: 'divisions',
  words: { zh: '行政区划代码', en: 'Division codes' },
  help: {
    zh: '统计用区划代码，可以整市一起导入。画网格时社区的官方代码就不用再打。',
    en: 'The published codes, a whole city at once, so that nobody types the official code of a community.',
  },
  position: 5,
  who: ['system-admin'],
  maxRows: 20_000,
  chunkRows: 5_000,
  columns: {
    code: {
      words: { zh: '区划代码', en: 'Code' },
      synonyms: ['代码', '编码', '行政区划代码', '统计用区划代码', '社区代码', '街道代码'],
      required: true,
      help: { zh: '6、9 或 12 位数字', en: '6, 9 or 12 digits' },
      example: '990101001001',
      empty: '',
      read: ({ text }) =>
        /^\d{6,12}$/.test(text)
          ? { ok: true, value: text }
          : { ok: false, reason: { zh: '只能是数字', en: 'Digits only' } },
    },
    name: {
      words: { zh: '名称', en: 'Name' },
      synonyms: ['区划名称', '单位名称', '社区名称', '街道名称'],
      required: true,
      example: '桐荫社区居委会',
      empty: '',
      read: readText(100),
    },
  },
  check,
  apply,
  undo,
})
