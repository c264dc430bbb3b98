/**
 * Shifts in time: when a kind of shift is stood, which shift covers an instant, and which are missing. Everything is
 * arithmetic on days of the street (UTC+8); whether a day is off is a fact that the caller brings.
 */
import { addDays, type Day, startOfDay } from '../../../lib/time.ts'

/** On which days a kind is stood: all, working days (make-up days too), or days off. */
export const shiftDays = ['every-day', 'working-days', 'days-off'] as const
export type ShiftDays = (typeof shiftDays)[number]

export interface ShiftKind {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly applies: ShiftDays
  /** Minutes after midnight. */
  readonly startMinute: number
  /** At most a day; the shift may cross midnight. */
  readonly lengthMinutes: number
}

// Rule: rules.md 2, the centre is staffed 24 hours: these three leave no hour without a shift.
export const shippedShiftKinds: readonly ShiftKind[] = [
  {
    code: 'day',
    name: '白班',
    nameEn: 'Day',
    applies: 'working-days',
    startMinute: 510,
    lengthMinutes: 540,
  },
  {
    code: 'holiday',
    name: '节假日班',
    nameEn: 'Day off',
    applies: 'days-off',
    startMinute: 510,
    lengthMinutes: 540,
  },
  {
    code: 'night',
    name: '夜班',
    nameEn: 'Night',
    applies: 'every-day',
    startMinute: 1050,
    lengthMinutes: 900,
  },
]

export interface Shift {
  readonly id: string
  readonly day: Day
  readonly kind: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly headId: string
  readonly memberIds: readonly string[]
}

export type IsOff = (day: Day) => boolean

const minuteMs = 60_000

/** When a shift of this kind begins and ends on a day. */
export function shiftTimes(kind: ShiftKind, day: Day): { startsAt: Date; endsAt: Date } {
  const startMs = startOfDay(day).getTime() + kind.startMinute * minuteMs
  return { startsAt: new Date(startMs), endsAt: new Date(startMs + kind.lengthMinutes * minuteMs) }
}

const appliesOn = (kind: ShiftKind, off: boolean): boolean =>
  kind.applies === 'every-day' || (kind.applies === 'days-off') === off

const overlaps = (a: { startsAt: Date; endsAt: Date }, b: { startsAt: Date; endsAt: Date }): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** The kinds that have to be stood on a day. On a day off its own kinds take the place of what they overlap. */
export function kindsOf(day: Day, kinds: readonly ShiftKind[], isOff: IsOff): ShiftKind[] {
  const off = isOff(day)
  const own = off ? kinds.filter((kind) => kind.applies === 'days-off') : []
  return kinds.filter(
    (kind) =>
      appliesOn(kind, off) &&
      (kind.applies === 'days-off' ||
        !own.some((other) => overlaps(shiftTimes(other, day), shiftTimes(kind, day)))),
  )
}

/** Two kinds that would stand at the same time on some pair of days: then nobody could say who heads the desk. */
export function overlappingKinds(
  kinds: readonly ShiftKind[],
): { readonly first: string; readonly second: string } | undefined {
  const today = '2026-01-05'
  const days = [today, addDays(today, 1), addDays(today, 2)]
  for (let pattern = 0; pattern < 8; pattern++) {
    const isOff = (day: Day) => (pattern & (1 << days.indexOf(day))) !== 0
    const spans = days.flatMap((day) =>
      kindsOf(day, kinds, isOff).map((kind) => ({ code: kind.code, ...shiftTimes(kind, day) })),
    )
    for (const [index, one] of spans.entries())
      for (const other of spans.slice(index + 1))
        if (overlaps(one, other)) return { first: one.code, second: other.code }
  }
  return undefined
}

/** Lower counts first: a day off's own shift, then one whose kind is stood that day, then any other on the sheet. */
function precedence(shift: Shift, kinds: readonly ShiftKind[], isOff: IsOff): number {
  const kind = kinds.find(({ code }) => code === shift.kind)
  if (kind === undefined) return 2
  const off = isOff(shift.day)
  if (kind.applies === 'days-off' && off) return 0
  return appliesOn(kind, off) ? 1 : 2
}

/**
 * The one shift of a desk that covers an instant: its first millisecond belongs to it, its end to the next. Of two
 * that do, the day off's own goes first, then the one that began later.
 */
export function shiftAt(
  shifts: readonly Shift[],
  at: Date,
  kinds: readonly ShiftKind[],
  isOff: IsOff,
): Shift | undefined {
  return shifts
    .filter((shift) => shift.startsAt <= at && at < shift.endsAt)
    .sort(
      (a, b) =>
        precedence(a, kinds, isOff) - precedence(b, kinds, isOff) ||
        b.startsAt.getTime() - a.startsAt.getTime() ||
        a.id.localeCompare(b.id),
    )[0]
}

/** Who is on duty, the head first. Nobody when no shift covers the instant. */
export function onDutyAt(
  shifts: readonly Shift[],
  at: Date,
  kinds: readonly ShiftKind[],
  isOff: IsOff,
): string[] {
  const shift = shiftAt(shifts, at, kinds, isOff)
  return shift ? [...new Set([shift.headId, ...shift.memberIds])] : []
}

/** The shift after one that ends at this instant: whose head reads its hand-over note. */
export function shiftAfter(shifts: readonly Shift[], endsAt: Date): Shift | undefined {
  return shifts
    .filter((shift) => shift.endsAt > endsAt)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.id.localeCompare(b.id))[0]
}

export interface Gap {
  readonly day: Day
  readonly kind: string
  readonly startsAt: Date
  readonly endsAt: Date
}

/** Shifts of these days that ought to be stood, are not yet over at `at`, and are not on the roster; in order of time. */
export function gapsOf(
  shifts: readonly Pick<Shift, 'day' | 'kind'>[],
  days: readonly Day[],
  kinds: readonly ShiftKind[],
  isOff: IsOff,
  at: Date,
): Gap[] {
  const put = new Set(shifts.map((shift) => `${shift.day} ${shift.kind}`))
  return days
    .flatMap((day) =>
      kindsOf(day, kinds, isOff).map((kind) => ({ day, kind: kind.code, ...shiftTimes(kind, day) })),
    )
    .filter((gap) => gap.endsAt > at && !put.has(`${gap.day} ${gap.kind}`))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

/** Whether an instant lies in the hours of a working-days kind: the hours in which the whole office is there. */
export function inOfficeHours(at: Date, day: Day, kinds: readonly ShiftKind[], isOff: IsOff): boolean {
  return kinds
    .filter((kind) => kind.applies === 'working-days' && !isOff(day))
    .map((kind) => shiftTimes(kind, day))
    .some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
}

/** The days from one to another, both included. */
export function daysFrom(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
