/** A roster 值班表 as a street keeps it: day, shift, who leads, who stands. The rules are those of the roster itself. */
import { sql } from 'kysely'
import { readDay, readText } from '../../../platform/sheets/read-cells.ts'
import {
  type RowOutcome,
  type SheetCall,
  type SheetFinding,
  type SheetKind,
  type SheetRow,
  sheetKind,
  type UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { areaFinder } from '../../areas/server/index.ts'
import { shiftRowFaultWords } from '../roster-words.ts'
import { checkShiftRows, type ShiftToPut } from '../rules/roster-rows.ts'
import { deskRights } from './roster-desk.ts'
import { insertShifts, shiftRowFacts } from './roster-door.ts'
import { type Desk, desksOfStreet, type ShiftRow, shiftsOfDays } from './roster-store.ts'

interface Values {
  readonly day: string
  readonly kind: string
  readonly head: string
  readonly members: string
  readonly desk: string | null
}

interface JudgedDesk {
  readonly desk: Desk
  /** By the row of the sheet. */
  readonly shifts: ReadonlyMap<number, ShiftToPut>
  readonly there: ReadonlyMap<string, ShiftRow>
}

interface Judged {
  readonly findings: readonly SheetFinding[]
  readonly desks: readonly JudgedDesk[]
}

const keyOf = ({ day, kind }: { day: string; kind: string }): string => `${day}|${kind}`

async function judge(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<Judged> {
  const { tx, streetId, today } = call
  const desks = await desksOfStreet(tx, streetId)
  const find = await areaFinder(tx, streetId, today)
  const findings: SheetFinding[] = []
  const byDesk = new Map<string, SheetRow<Values>[]>()
  for (const line of rows) {
    const { desk } = line.values
    const area = desk === null ? undefined : find(desk)
    const found =
      desk === null
        ? desks.find(({ isStreet }) => isStreet)
        : desks.find(({ id }) => area?.ok === true && id === area.area.id)
    if (found === undefined || !mayPut(call, found))
      findings.push({ row: line.row, column: 'desk', severity: 'error', reason: found ? notYours : noDesk })
    else byDesk.set(found.id, [...(byDesk.get(found.id) ?? []), line])
  }
  const judged: JudgedDesk[] = []
  for (const [id, lines] of byDesk) {
    const desk = desks.find((one) => one.id === id)
    if (desk) judged.push(await judgeDesk(call, desk, lines, findings))
  }
  return { findings, desks: judged }
}

/** The system puts what a person had been allowed to bring. */
const mayPut = ({ actor }: SheetCall, desk: Desk): boolean =>
  actor.kind === 'system' || actor.roles.includes('system-admin') || deskRights(desk, actor.posts).run

const notYours = { zh: '这个值班台不由您排班', en: 'This desk’s roster is not yours' }
const noDesk = {
  zh: '没有找到这个值班台：填社区名称，街道值班留空',
  en: 'No such desk: name a community, or leave it empty for the street',
}

async function judgeDesk(
  { tx, keys, streetId, at }: SheetCall,
  desk: Desk,
  lines: readonly SheetRow<Values>[],
  findings: SheetFinding[],
): Promise<JudgedDesk> {
  const facts = await shiftRowFacts(tx, keys, streetId, desk.id, at)
  const shifts = new Map<number, ShiftToPut>()
  const seen = new Set<string>()
  for (const { row, values } of lines) {
    const { day, kind, head, members } = values
    const { errors, shifts: good } = checkShiftRows([{ row, day, kind, head, members }], facts)
    for (const { column, reason } of errors)
      findings.push({ row, column, severity: 'error', reason: shiftRowFaultWords[reason] })
    const [shift] = good
    if (shift === undefined) continue
    if (seen.has(keyOf(shift)))
      findings.push({ row, column: 'kind', severity: 'error', reason: shiftRowFaultWords['shift-twice'] })
    else shifts.set(row, shift)
    seen.add(keyOf(shift))
  }
  const days = [...shifts.values()].map(({ day }) => day).sort()
  const stood = await shiftsOfDays(
    tx,
    streetId,
    desk.id,
    days[0] ?? '1900-01-01',
    days.at(-1) ?? '1900-01-01',
  )
  return { desk, shifts, there: new Map(stood.map((shift) => [keyOf(shift), shift])) }
}

const isSame = (there: ShiftRow, shift: ShiftToPut): boolean =>
  there.headId === shift.headId && [...there.memberIds].join() === [...shift.memberIds].join()

async function check(call: SheetCall, rows: readonly SheetRow<Values>[]) {
  const { findings, desks } = await judge(call, rows)
  return {
    findings,
    rows: desks.flatMap(({ desk, shifts, there }) =>
      [...shifts].map(([row, shift]) => {
        const stood = there.get(keyOf(shift))
        const act = stood === undefined ? 'add' : isSame(stood, shift) ? 'same' : 'change'
        return { row, key: `${desk.id}|${keyOf(shift)}`, act } as const
      }),
    ),
  }
}

/** The people of a shift before; null where there was none. */
interface Before {
  readonly deskId: string
  readonly day: string
  readonly kind: string
  readonly people: { readonly headId: string; readonly memberIds: readonly string[] } | null
}

async function apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<RowOutcome[]> {
  const { tx, streetId, at, by } = call
  const { findings, desks } = await judge(call, rows)
  const made = new Map<number, Before>()
  for (const { desk, shifts, there } of desks) {
    await insertShifts(tx, streetId, desk.id, [...shifts.values()], { at, accountId: by })
    for (const [row, { day, kind }] of shifts) {
      const stood = there.get(keyOf({ day, kind }))
      const people = stood ? { headId: stood.headId, memberIds: [...stood.memberIds] } : null
      made.set(row, { deskId: desk.id, day, kind, people })
    }
  }
  return rows.map(({ row }): RowOutcome => {
    const before = made.get(row)
    if (before === undefined)
      return { row, refused: findings.find((one) => one.row === row)?.reason ?? noDesk }
    const id = `${before.deskId}|${before.day}|${before.kind}`
    return { row, act: before.people ? 'change' : 'add', made: [{ table: 'duty_shifts', id, before }] }
  })
}

const stood = { zh: '这个班已经开始，没有撤销', en: 'This shift has begun; not undone' }

/** A shift that has begun is a record and stays. */
async function undo({ tx, streetId, at }: SheetCall, rows: readonly UndoRow[]) {
  const outcomes = []
  for (const { row, made } of rows) {
    const [before] = made.flatMap((one) => (one.before === undefined ? [] : [one.before as Before]))
    if (before === undefined) {
      outcomes.push({ row })
      continue
    }
    const { deskId, day, kind, people } = before
    const which = sql`street_id = ${streetId} and desk_area_id = ${deskId} and day = ${day}::date and kind = ${kind} and starts_at > ${at}`
    const changed = await tx.run(
      people
        ? sql`update duty_shifts set head_id = ${people.headId}, member_ids = ${[...people.memberIds]}::uuid[] where ${which}`
        : sql`delete from duty_shifts where ${which}`,
    )
    outcomes.push(changed === 1 ? { row } : { row, refused: stood })
  }
  return outcomes
}

export const shiftSheet: SheetKind = sheetKind<Values>({
  kind: 'shifts',
  words: { zh: '值班表', en: 'Duty roster' },
  help: {
    zh: '谁在哪天值哪个班。人员要先有岗位；班次名称和系统里的一致。',
    en: 'Who stands which shift on which day. The people hold posts already; shifts are named as the street names them.',
  },
  position: 70,
  who: ['system-admin', 'duty-head', 'secretary'],
  maxRows: 5_000,
  columns: {
    day: {
      words: { zh: '日期', en: 'Day' },
      synonyms: ['值班日期', '时间', '值班时间'],
      required: true,
      example: '2026-10-01',
      empty: '',
      read: readDay,
    },
    kind: {
      words: { zh: '班次', en: 'Shift' },
      synonyms: ['值班班次', '班别', '类型'],
      required: true,
      example: '白班',
      empty: '',
      read: readText(40),
    },
    head: {
      words: { zh: '值班长', en: 'Shift head' },
      synonyms: ['带班领导', '带班', '值班领导', '带班人', '负责人', '带班人员'],
      required: true,
      example: '张试样',
      empty: '',
      read: readText(60),
    },
    members: {
      words: { zh: '值班人员', en: 'Members' },
      synonyms: ['值班员', '人员', '值守人员', '成员'],
      required: false,
      example: '李试样、王试样',
      empty: '',
      read: readText(300),
    },
    desk: {
      words: { zh: '值班台', en: 'Desk' },
      synonyms: ['社区', '值班点', '所属社区', '值班地点'],
      required: false,
      help: { zh: '社区名称；街道值班留空', en: 'A community; empty for the street' },
      example: '',
      empty: null,
      read: readText(60),
    },
  },
  check,
  apply,
  undo,
})
