/** Rows of a roster sheet, checked: each fault with its row, its column and a reason; what is good as shifts to put. */
import { type Day, isDay } from '../../../lib/time.ts'
import { type ShiftKind, shiftTimes } from './roster-shifts.ts'

export const shiftColumns = ['day', 'kind', 'head', 'members'] as const
export type ShiftColumn = (typeof shiftColumns)[number]

export const shiftRowFaults = [
  'empty',
  'not-a-day',
  'day-past',
  'kind-unknown',
  'person-unknown',
  'person-twice',
  'may-not-head',
  'shift-twice',
] as const
export type ShiftRowFault = (typeof shiftRowFaults)[number]

/** One row of the sheet, its cells as text; a day as YYYY-MM-DD. */
export interface ShiftRow {
  /** As the sheet counts, from 1. */
  readonly row: number
  readonly day: string
  /** Name or code of a kind of shift. */
  readonly kind: string
  /** A name or a user name. */
  readonly head: string
  /** Names parted by 、 , ; or spaces. */
  readonly members: string
}

export interface ShiftRowFacts {
  readonly kinds: readonly ShiftKind[]
  /** Who may stand shifts at the desk. */
  readonly people: readonly {
    readonly accountId: string
    readonly name: string
    readonly username: string
    readonly mayHead: boolean
  }[]
  readonly at: Date
}

export interface ShiftToPut {
  readonly day: Day
  readonly kind: string
  readonly headId: string
  readonly memberIds: readonly string[]
}

export interface ShiftRowsChecked {
  readonly shifts: readonly ShiftToPut[]
  readonly errors: readonly {
    readonly row: number
    readonly column: ShiftColumn
    readonly value: string
    readonly reason: ShiftRowFault
  }[]
}

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

export function checkShiftRows(rows: readonly ShiftRow[], facts: ShiftRowFacts): ShiftRowsChecked {
  const errors: ShiftRowsChecked['errors'][number][] = []
  const shifts: ShiftToPut[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const before = errors.length
    const wrong = (column: ShiftColumn, reason: ShiftRowFault, value: string = row[column]) =>
      errors.push({ row: row.row, column, value, reason })
    const kind = facts.kinds.find((one) =>
      [one.code, one.name, one.nameEn].some((word) => plain(word) === plain(row.kind)),
    )
    if (row.kind.trim() === '') wrong('kind', 'empty')
    else if (kind === undefined) wrong('kind', 'kind-unknown')
    const day = row.day.trim()
    if (day === '') wrong('day', 'empty')
    else if (!isDay(day)) wrong('day', 'not-a-day')
    else if (kind !== undefined) {
      if (shiftTimes(kind, day).endsAt <= facts.at) wrong('day', 'day-past')
      else if (seen.has(`${day} ${kind.code}`)) wrong('kind', 'shift-twice')
      seen.add(`${day} ${kind.code}`)
    }
    const head = onePerson(row.head, facts, (reason) => wrong('head', reason))
    if (head !== undefined && !head.mayHead) wrong('head', 'may-not-head')
    const members = row.members
      .split(/[\s、,，;；/]+/)
      .filter((word) => word !== '')
      .map((word) => onePerson(word, facts, (reason) => wrong('members', reason, word)))
    if (kind === undefined || head === undefined || errors.length > before) continue
    const memberIds = members.flatMap((one) => (one === undefined ? [] : [one.accountId]))
    shifts.push({
      day,
      kind: kind.code,
      headId: head.accountId,
      memberIds: [...new Set(memberIds)].filter((id) => id !== head.accountId),
    })
  }
  return { shifts, errors }
}

/** Two of one name are told apart by their user names only. */
function onePerson(text: string, facts: ShiftRowFacts, wrong: (reason: ShiftRowFault) => void) {
  const word = plain(text)
  if (word === '') {
    wrong('empty')
    return undefined
  }
  const exact = facts.people.find(({ username }) => plain(username) === word)
  const named = facts.people.filter(({ name }) => plain(name) === word)
  const found = exact ?? (named.length === 1 ? named[0] : undefined)
  if (found === undefined) wrong(named.length > 1 ? 'person-twice' : 'person-unknown')
  return found
}
