/** A list of areas 区域表: names, what each lies in, described bounds. No geometry is needed. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { readChoice, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { type AreaKind, areaKinds, kindSpellings } from '../area-kinds.ts'
import { everydayName } from '../rules/division-code.ts'
import {
  type AreaListRow,
  type AreaPlan,
  type KnownNode,
  plainName,
  planAreaRows,
} from '../rules/plan-area-rows.ts'
import { areaLevels, areasInForce } from './area-store.ts'
import { insertAreas, renameArea, renewAreaVersion } from './area-writes.ts'
import { divisionsBelow } from './division-store.ts'
import { usedCodes } from './draft-store.ts'

type Values = Omit<AreaListRow, 'row'>

async function planFor(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<AreaPlan> {
  const { tx, streetId, today } = call
  const tree = await areasInForce(tx, streetId, today)
  const street = tree.find(({ parentId }) => parentId === null)
  const divisions = await divisionsBelow(tx, street?.code ?? '')
  return planAreaRows(
    rows.map(({ row, values }) => ({ row, ...values })),
    {
      tree,
      levels: await areaLevels(tx, streetId),
      usedCodes: await usedCodes(tx, streetId),
      officialCodes: new Map(divisions.map(({ code, name }) => [plainName(everydayName(name)), code])),
    },
  )
}

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const plan = await planFor(call, rows)
  const faulty = new Set(plan.faults.map(({ row }) => row))
  const changed = new Set(plan.change.map(({ row }) => row))
  const same = new Set(plan.same)
  return {
    findings: [
      ...plan.faults.map((fault) => ({ ...fault, severity: 'error' as const })),
      ...plan.notes.map((note) => ({ ...note, severity: 'warning' as const })),
    ],
    rows: rows
      .filter(({ row }) => !faulty.has(row))
      .map(({ row }) => {
        const { key, depth } = plan.keys.get(row) ?? { key: String(row), depth: 0 }
        const act = same.has(row) ? 'same' : changed.has(row) ? 'change' : 'add'
        return { row, key, act, order: depth * 1_000_000 + row } as const
      }),
  }
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { tx, streetId, at } = call
  const plan = await planFor(call, rows)
  const faults = new Map(plan.faults.map((fault) => [fault.row, fault.reason]))
  const wanted = plan.add.filter(({ row }) => !faults.has(row))
  const made = await insertAreas(
    tx,
    streetId,
    at,
    wanted.map(({ code, level, name, parentCode, bounds, kind }) => ({
      code,
      level,
      name,
      parentCode,
      boundsText: bounds,
      kind,
    })),
  )
  for (const { node, bounds, kind } of plan.change)
    await renameArea(tx, streetId, at, { id: node.id, name: node.name, boundsText: bounds, kind })
  return rows.map(({ row }): RowOutcome => {
    const refused = faults.get(row)
    if (refused) return { row, refused }
    const changed = plan.change.find((each) => each.row === row)
    if (changed)
      return {
        row,
        act: 'change',
        made: [{ table: 'areas', id: changed.node.id, before: beforeOf(changed.node) }],
      }
    const mine = wanted.filter((each) => each.row === row)
    return {
      row,
      act: mine.length > 0 ? 'add' : 'same',
      made: mine.map(({ code }) => ({ table: 'areas', id: made.get(code)?.id ?? '' })),
    }
  })
}

type Before = Pick<KnownNode, 'name' | 'boundsText' | 'kind'>
const beforeOf = ({ name, boundsText, kind }: KnownNode): Before => ({ name, boundsText, kind })

/** What points at an area (children, posts, buildings, cases) keeps it there: the database refuses. */
async function undo(call: SheetCall, rows: readonly UndoRow[]) {
  const { tx, streetId, at } = call
  for (const { made } of rows)
    for (const { id, before } of made.toReversed()) {
      if (before === undefined) await deleteArea(tx, streetId, id)
      else await renameArea(tx, streetId, at, { id, ...(before as Before) })
    }
  await renewAreaVersion(tx, streetId, at)
  return rows.map(({ row }) => ({ row }))
}

async function deleteArea(tx: Tx, streetId: number, id: string): Promise<void> {
  await tx.run(sql`delete from areas where street_id = ${streetId} and id = ${id}`)
}

const usualKinds = areaKinds.map((kind) => kindSpellings[kind][0] ?? kind)
const areaText = (most: number) => readText(most)

export const areaSheet: SheetKind = sheetKind<Values>({
  kind: 'areas',
  words: { zh: '区域', en: 'Areas' },
  help: {
    zh: '社区、网格、微网格。没有地图边界也可以，写清楚四至就行。',
    en: 'Communities, grids, micro-grids. Described bounds are enough; no map is needed.',
  },
  position: 10,
  who: ['system-admin'],
  maxRows: 5_000,
  // A parent and its children go in together.
  chunkRows: 5_000,
  columns: {
    name: {
      words: { zh: '名称', en: 'Name' },
      synonyms: [
        '微网格名称',
        '微网格',
        '网格名称',
        '网格',
        '区域名称',
        '区域',
        '社区名称',
        '网格编号及名称',
      ],
      required: true,
      example: '第1网格',
      empty: '',
      read: areaText(60),
    },
    parent: {
      words: { zh: '上级', en: 'Lies in' },
      synonyms: [
        '上级名称',
        '上级区域',
        '上级网格',
        '所属网格',
        '网格名称',
        '网格',
        '所属社区',
        '社区名称',
        '社区',
        '村居',
      ],
      required: false,
      help: { zh: '不填就直接放在街道下面', en: 'Empty: directly below the street' },
      example: '桐荫社区',
      empty: null,
      read: areaText(60),
    },
    upper: {
      words: { zh: '再上级', en: 'Which lies in' },
      synonyms: ['所属社区', '社区名称', '社区', '村居', '村社区'],
      required: false,
      help: { zh: '上级有重名时才需要', en: 'Only where two parents have one name' },
      example: '',
      empty: null,
      read: areaText(60),
    },
    level: {
      words: { zh: '层级', en: 'Level' },
      synonyms: ['区域层级', '级别', '网格类型', '类型'],
      required: false,
      help: { zh: '不填就是上级的下一级', en: 'Empty: the level below its parent' },
      example: '网格',
      empty: null,
      read: areaText(20),
    },
    code: {
      words: { zh: '编码', en: 'Code' },
      synonyms: ['区域编码', '网格编码', '网格编号', '代码'],
      required: false,
      help: {
        zh: '字母和数字；不填时社区取官方代码（导入过行政区划代码的话），其他由系统编',
        en: 'Letters and digits; empty: the official code of a community where division codes came in, else made up',
      },
      example: '',
      empty: null,
      read: ({ text }) =>
        /^[A-Za-z0-9_]{1,40}$/.test(text)
          ? { ok: true, value: text }
          : {
              ok: false,
              reason: {
                zh: '编码只能用字母和数字，最多 40 位',
                en: 'A code is letters and digits, at most 40',
              },
            },
    },
    kind: {
      words: { zh: '类别', en: 'Kind' },
      synonyms: ['网格类别', '是否专属'],
      required: false,
      help: {
        zh: '市场、学校、园区等单独成格的填“专属网格”；不填就是一般网格，已有的不变',
        en: 'A market, school or park that is a grid of its own: 专属网格. Empty: ordinary, or as it is',
      },
      example: '一般网格',
      empty: null,
      choices: usualKinds,
      read: readChoice<AreaKind>(
        Object.fromEntries(areaKinds.flatMap((kind) => kindSpellings[kind].map((word) => [word, kind]))),
        usualKinds,
      ),
    },
    bounds: {
      words: { zh: '四至', en: 'Described bounds' },
      synonyms: ['四至范围', '四至界限', '网格范围', '范围', '边界', '管辖范围', '区域范围'],
      required: false,
      example: '东至桐荫路，南至清江街，西至铁路，北至梧桐苑北门',
      empty: null,
      read: areaText(500),
    },
  },
  check,
  apply,
  undo,
})
