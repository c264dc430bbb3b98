/** A turn that repeats: the same people in order, from shift to shift or from week to week. */
import { addDays, type Day, daysBetween, weekdayOf } from '../../../lib/time.ts'
import { daysFrom, type IsOff, kindsOf, type ShiftKind } from './roster-shifts.ts'

export interface Turn {
  readonly headId: string
  readonly memberIds: readonly string[]
}

export interface Pattern {
  readonly kind: string
  readonly fromDay: Day
  readonly toDay: Day
  /** 0 is Sunday; without any all days. */
  readonly weekdays: readonly number[]
  /** `shift`: the next turn with each shift; `week`: with each week, Monday first. */
  readonly per: 'shift' | 'week'
  readonly turns: readonly Turn[]
}

export interface PlannedShift extends Turn {
  readonly day: Day
  readonly kind: string
}

const mondayOf = (day: Day): Day => addDays(day, -((weekdayOf(day) + 6) % 7))

/** One shift for each day on which the kind is stood; days on which it is not are passed over and use up no turn. */
export function shiftsOfPattern(pattern: Pattern, kinds: readonly ShiftKind[], isOff: IsOff): PlannedShift[] {
  const { turns, kind, fromDay, toDay, weekdays, per } = pattern
  const days = daysFrom(fromDay, toDay).filter(
    (day) =>
      (weekdays.length === 0 || weekdays.includes(weekdayOf(day))) &&
      kindsOf(day, kinds, isOff).some(({ code }) => code === kind),
  )
  return days.flatMap((day, index) => {
    const turn =
      turns[
        (per === 'shift' ? index : daysBetween(mondayOf(fromDay), mondayOf(day)) / 7) % (turns.length || 1)
      ]
    return turn === undefined ? [] : [{ day, kind, headId: turn.headId, memberIds: turn.memberIds }]
  })
}
