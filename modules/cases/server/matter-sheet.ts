/** A list of matters 事项目录 as a batch: judged by the same rule as the catalogue's own import, and undone as a whole. */
import { sql } from 'kysely'
import { readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetColumn,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { type MatterColumn, matterColumns } from '../contract.ts'
import { matterColumnTitles, rowFaultWords } from '../matter-cells.ts'
import { type CheckedRows, checkMatterRows, type KnownMatter } from '../rules/check-matter-rows.ts'
import { knownOf } from './import-matters.ts'
import { currentMatters, forgetCatalogue, putMattersInForce } from './matter-store.ts'

/** Every column as the text that it is; the rule of the catalogue reads them. */
type Values = Readonly<Partial<Record<MatterColumn, string>>>

const readColumns = matterColumns.filter((column) => column !== 'standard' && column !== 'clock')
const optional: readonly MatterColumn[] = [
  'residentWords',
  'keywords',
  'nameEn',
  'classNameEn',
  'extraFields',
]
const heading = readColumns.map((column) => matterColumnTitles[column].zh)

async function judged(
  call: SheetCall,
  rows: readonly SheetRow<Values>[],
): Promise<{ checked: CheckedRows; known: ReadonlyMap<string, KnownMatter> }> {
  const current = await currentMatters(call.tx, call.streetId)
  const known = new Map(current.map((row): [string, KnownMatter] => [row.code, knownOf(row)]))
  const list = rows.map(({ row, values }) => ({
    row,
    cells: readColumns.map((column) => values[column] ?? ''),
  }))
  return { checked: checkMatterRows(heading, list, known), known }
}

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const { checked } = await judged(call, rows)
  const faulty = new Set(checked.errors.map(({ row }) => row))
  const changes = new Map(checked.changes.map((change) => [change.row, change]))
  return {
    findings: checked.errors.map(({ row, column, reason }) => ({
      row,
      column,
      severity: 'error' as const,
      reason: rowFaultWords[reason],
    })),
    rows: rows
      .filter(({ row }) => !faulty.has(row))
      .map(({ row, values }) => {
        const change = changes.get(row)
        const act = change === undefined ? 'same' : change.replaces === undefined ? 'add' : 'change'
        return { row, key: values.code ?? '', act } as const
      }),
  }
}

/** What undo needs: the version that ended or was changed in place, and on which day. */
interface Before {
  readonly day: string
  readonly facts: KnownMatter
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { checked, known } = await judged(call, rows)
  const versions = checked.changes.map(({ row, facts, replaces }) => ({
    row,
    version: { ...facts, id: call.newId(), replaces: replaces ?? null },
  }))
  await putMattersInForce(
    call.tx,
    call.streetId,
    call.today,
    versions.map(({ version }) => version),
  )
  forgetCatalogue(call.streetId)
  const byRow = new Map(versions.map((each) => [each.row, each.version]))
  const errors = new Map(checked.errors.map((error) => [error.row, rowFaultWords[error.reason]]))
  return rows.map(({ row }): RowOutcome => {
    const refused = errors.get(row)
    if (refused) return { row, refused }
    const version = byRow.get(row)
    if (!version) return { row, act: 'same', made: [] }
    const facts = known.get(version.code)
    const before: Before | undefined = facts && { day: call.today, facts }
    return {
      row,
      act: before ? 'change' : 'add',
      made: [{ table: 'matters', id: version.id, ...(before ? { before } : {}) }],
    }
  })
}

/** A version that a case was filed under stays: the database refuses to delete it. */
async function undo({ tx, streetId, newId }: SheetCall, rows: readonly UndoRow[]) {
  for (const { id, before } of rows.flatMap(({ made }) => made)) {
    const removed = await tx.run(sql`delete from matters where street_id = ${streetId} and id = ${id}`)
    if (before === undefined) continue
    const { day, facts } = before as Before
    if (removed > 0)
      await tx.run(sql`update matters set valid_to = null where street_id = ${streetId} and id = ${facts.id}`)
    else await putMattersInForce(tx, streetId, day, [{ ...facts, id: newId(), replaces: facts.id }])
  }
  forgetCatalogue(streetId)
  return rows.map(({ row }) => ({ row }))
}

const alsoCalled: Partial<Record<MatterColumn, readonly string[]>> = {
  code: ['事项编码', '代码', '小类编码'],
  className: ['大类名称', '类别'],
  name: ['名称', '事项', '小类名称', '小类'],
  level: ['层级', '办理层级'],
  kind: ['类别', '诉求类别'],
  isPublic: ['是否公共'],
  sensitive: ['是否涉及隐私'],
  onSiteCheck: ['是否现场核查'],
}

const examples: Partial<Record<MatterColumn, string>> = {
  code: 'LX09001',
  classCode: '09',
  className: '本地事项',
  name: '楼道堆放杂物',
  level: '社区',
  kind: '投诉',
  urgency: 'P2',
  isPublic: '是',
  sensitive: '否',
  onSiteCheck: '是',
}

const columns = Object.fromEntries(
  readColumns.map((column): [MatterColumn, SheetColumn<string | undefined>] => [
    column,
    {
      words: matterColumnTitles[column],
      synonyms: alsoCalled[column] ?? [],
      required: !optional.includes(column),
      example: examples[column] ?? '',
      empty: '',
      read: readText(1_000),
    },
  ]),
)

export const matterSheet: SheetKind = sheetKind<Values>({
  kind: 'matters',
  words: { zh: '事项目录', en: 'Matters' },
  help: {
    zh: '本街道自己的事项。可以先在“事项”里导出目录，改好再导入。',
    en: 'The street’s own matters. Export the catalogue, change it, and bring it in again.',
  },
  position: 50,
  who: ['system-admin'],
  maxRows: 5_000,
  chunkRows: 5_000,
  columns: columns as { readonly [Key in keyof Values]: SheetColumn<Values[Key]> },
  check,
  apply,
  undo,
})
