/** 上级工单 as a table: the columns in which districts and hotlines export, whatever their headings say. */
import { type Day, dayOf, endOfDay, startOfDay } from '../../../lib/time.ts'
import { readInstant } from '../../../platform/sheets/read-cells.ts'
import {
  type CellRead,
  type SheetCell,
  type SheetColumn,
  type SheetFinding,
  type SheetRow,
  sheetKind,
} from '../../../platform/sheets/sheet-kind.ts'
import { kindNames } from '../messages.ts'
import { readOrderInstant } from '../rules/order-instant.ts'
import { defaultSources } from '../upstream-defaults.ts'
import { type CaseKind, caseKinds } from '../words.ts'
import { keepOrders, type OrderGiven } from './keep-orders.ts'
import { knownOrderNumbers } from './known-orders.ts'
import { withdrawOrders } from './undo-orders.ts'
import { type Sources, sourcesOf } from './upstream-source-store.ts'

interface OrderValues {
  number: string
  source: string | null
  receivedAt: string | null
  dueAt: string | null
  class: string | null
  kind: CaseKind | null
  title: string | null
  text: string
  address: string | null
  name: string | null
  phone: string | null
  [key: string]: string | null
}

const plain =
  (max: number) =>
  (cell: SheetCell): CellRead<string> =>
    [...cell.text].length <= max
      ? { ok: true, value: cell.text }
      : { ok: false, reason: { zh: `不能超过${max}个字`, en: `At most ${max} characters` } }

/** Serial numbers and short years, as sheets have them too: 46290, 26/9/25. */
function otherwiseWritten(cell: SheetCell, today: Day, dayEnds: boolean): Date | undefined {
  const at = readInstant(cell, today)
  if (!at.ok) return undefined
  const day = dayOf(new Date(at.value))
  const isWholeDay = startOfDay(day).toISOString() === at.value
  return isWholeDay && dayEnds ? endOfDay(day) : new Date(at.value)
}

const instant = (dayEnds: boolean) => (cell: SheetCell, today: Day) => {
  const at = readOrderInstant(cell.text, dayEnds) ?? otherwiseWritten(cell, today, dayEnds)
  return at === undefined
    ? ({
        ok: false,
        reason: { zh: '看不懂这个时间，请写成 2026-11-22 17:30', en: 'Not a time such as 2026-11-22 17:30' },
      } as const)
    : ({ ok: true, value: at.toISOString() } as const)
}

function readKind(cell: SheetCell): CellRead<CaseKind | null> {
  const kind = caseKinds.find((one) => cell.text.includes(kindNames[one].zh) || cell.text === one)
  return kind
    ? { ok: true, value: kind }
    : {
        ok: true,
        value: null,
        note: { zh: '不认识的类别，受理时再定', en: 'An unknown kind; settled on acceptance' },
      }
}

const column = <Value>(
  zh: string,
  en: string,
  synonyms: readonly string[],
  example: string,
  read: (cell: SheetCell, today: Day) => CellRead<Value>,
  more: { required?: boolean; empty: Value },
): SheetColumn<Value> => ({
  words: { zh, en },
  synonyms,
  example,
  required: more.required ?? false,
  empty: more.empty,
  read,
})

/** The source that a row names, by code or name, else the one chosen for the file. */
function sourceOf(sources: Sources, row: OrderValues, chosen: string | null) {
  const named = row.source ?? chosen
  const found = [...sources.values()].find((one) => one.code === named || one.name === named)
  return found?.active ? found : undefined
}

function given({ values }: SheetRow<OrderValues>): OrderGiven {
  const at = (text: string | null) => (text === null ? null : new Date(text))
  return {
    number: values.number,
    receivedAt: at(values.receivedAt),
    dueAt: at(values.dueAt),
    class: values.class,
    kind: values.kind,
    title: values.title,
    text: values.text,
    addressText: values.address,
    contact: { name: values.name ?? undefined, phone: values.phone ?? undefined },
    confidential: false,
    fileIds: [],
  }
}

export const upstreamSheet = sheetKind<OrderValues>({
  kind: 'upstream-orders',
  words: { zh: '上级工单', en: 'Orders from above' },
  help: {
    zh: '12345、区中心、信访等转来的工单。同一来源同一编号只收一次，再导入不会重复。',
    en: 'Orders of the hotline, the district centre, petitions. One number of one source comes in once, however often it is imported.',
  },
  position: 90,
  who: ['dispatcher', 'duty-head'],
  sources: defaultSources.map(({ code, name, nameEn }) => ({ value: code, words: { zh: name, en: nameEn } })),
  columns: {
    number: column(
      '工单编号',
      'Order number',
      ['编号', '工单号', '诉求编号', '信访件编号', '业务编号', '流水号'],
      'RX20261122001',
      plain(60),
      { required: true, empty: '' },
    ),
    text: column(
      '主要内容',
      'What was said',
      ['内容', '诉求内容', '问题描述', '反映内容', '来电内容', '工单内容'],
      '小区路灯不亮，请尽快维修。',
      plain(10_000),
      { required: true, empty: '' },
    ),
    title: column<string | null>('标题', 'Title', ['工单标题', '诉求标题', '主题'], '路灯不亮', plain(80), {
      empty: null,
    }),
    class: column<string | null>(
      '问题分类',
      'Class',
      ['分类', '诉求分类', '事项分类', '问题类别', '三级分类'],
      '城市管理-市政设施-路灯',
      plain(80),
      { empty: null },
    ),
    kind: column<CaseKind | null>('工单类型', 'Kind', ['诉求类型', '类型', '工单类别'], '求助', readKind, {
      empty: null,
    }),
    receivedAt: column<string | null>(
      '受理时间',
      'Received',
      ['来电时间', '登记时间', '转办时间', '交办时间', '创建时间'],
      '2026-11-22 09:10',
      instant(false),
      { empty: null },
    ),
    dueAt: column<string | null>(
      '办结时限',
      'Deadline',
      ['截止时间', '办理时限', '要求办结时间', '到期时间', '回复期限'],
      '2026-11-27',
      instant(true),
      { empty: null },
    ),
    address: column<string | null>(
      '地址',
      'Address',
      ['问题地址', '事发地址', '发生地址', '详细地址', '诉求地址'],
      '和美家园3栋',
      plain(200),
      { empty: null },
    ),
    name: column<string | null>(
      '来电人',
      'Caller',
      ['姓名', '联系人', '反映人', '诉求人', '信访人'],
      '张某某',
      plain(40),
      { empty: null },
    ),
    phone: column<string | null>(
      '联系电话',
      'Phone',
      ['电话', '来电号码', '手机', '手机号', '联系方式'],
      '13900000000',
      plain(20),
      { empty: null },
    ),
    source: column<string | null>('来源', 'Source', ['工单来源', '渠道', '来源渠道'], '12345', plain(40), {
      empty: null,
    }),
  },
  async check({ tx, streetId, source: chosen }, rows) {
    const sources = await sourcesOf(tx, streetId)
    const findings: SheetFinding[] = []
    const sound: { row: number; code: string; number: string }[] = []
    for (const one of rows) {
      const source = sourceOf(sources, one.values, chosen)
      if (source) sound.push({ row: one.row, code: source.code, number: one.values.number })
      else
        findings.push({
          row: one.row,
          column: 'source',
          severity: 'error',
          reason: {
            zh: '没有这个来源，请先选择或在“上级来源”里登记',
            en: 'No such source; choose one or add it first',
          },
        })
    }
    const known = await knownOrderNumbers(tx, streetId, sound)
    return {
      findings,
      rows: sound.map(({ row, code, number }) => ({
        row,
        key: `${code} ${number}`,
        act: known.has(`${code} ${number}`) ? ('same' as const) : ('add' as const),
      })),
    }
  },
  async apply(call, rows) {
    const sources = await sourcesOf(call.tx, call.streetId)
    const outcomes = new Map<number, { caseId: string; act: 'added' | 'known' }>()
    for (const code of new Set(rows.map(({ values }) => sourceOf(sources, values, call.source)?.code))) {
      const source = code === undefined ? undefined : sources.get(code)
      if (!source) continue
      const own = rows.filter(({ values }) => sourceOf(sources, values, call.source)?.code === code)
      const kept = await keepOrders(
        { ...call, filedBy: call.actor.accountId, postId: null, source },
        own.map(given),
      )
      for (const [index, one] of own.entries()) {
        const done = kept[index]
        if (done) outcomes.set(one.row, done)
      }
    }
    return rows.map(({ row }) => {
      const done = outcomes.get(row)
      if (!done) return { row, refused: { zh: '来源已停用', en: 'The source is no longer used' } }
      return done.act === 'added'
        ? { row, act: 'add' as const, made: [{ table: 'cases', id: done.caseId }] }
        : { row, act: 'same' as const, made: [] }
    })
  },
  async undo({ tx, streetId, actor, at }, rows) {
    const ids = rows.flatMap(({ made }) => made.map(({ id }) => id))
    const gone = await withdrawOrders({ tx, streetId, by: actor.accountId, at }, ids)
    return rows.map(({ row, made }) =>
      made.every(({ id }) => gone.has(id))
        ? { row }
        : { row, refused: { zh: '已经有人办理，不能撤销', en: 'Somebody has worked on it already' } },
    )
  },
})
