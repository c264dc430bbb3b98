/** Swaps as their people see them. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { SwapView } from '../roster-views.ts'
import { displayNames } from './display-names.ts'
import { shiftsById } from './roster-store.ts'
import type { SwapRow } from './roster-swap-store.ts'
import { colleague, peopleIn, shiftView } from './roster-view.ts'

interface SeenBy {
  readonly actor: Actor
  readonly at: Date
  /** Desks at which this person settles swaps. */
  readonly settles: readonly string[]
}

export async function swapViews(
  tx: Tx,
  keys: Keys,
  rows: readonly SwapRow[],
  { actor, at, settles }: SeenBy,
): Promise<SwapView[]> {
  const ids = rows.flatMap(({ shiftId, returnShiftId }) => [
    shiftId,
    ...(returnShiftId ? [returnShiftId] : []),
  ])
  const shifts = await shiftsById(tx, actor.streetId, [...new Set(ids)])
  const people = rows.flatMap(({ askedBy, withAccount, settledBy }) => [
    askedBy,
    withAccount,
    ...(settledBy ? [settledBy] : []),
  ])
  const names = await displayNames(tx, keys, [...people, ...peopleIn(shifts)])
  return rows.map((row) => {
    const shift = shifts.find(({ id }) => id === row.shiftId)
    const returnShift = shifts.find(({ id }) => id === row.returnShiftId)
    const gone = shift === undefined || (row.returnShiftId !== null && returnShift === undefined)
    const open = row.state === 'asked' || row.state === 'agreed'
    // A swap whose shift has begun or was taken off the roster waits for nobody any more.
    const lapsed = open && (gone || [shift, returnShift].some((one) => one && one.startsAt <= at))
    const party = actor.accountId === row.askedBy || actor.accountId === row.withAccount
    return {
      id: row.id,
      deskId: row.deskId,
      shift: shift ? shiftView(shift, names) : null,
      returnShift: returnShift ? shiftView(returnShift, names) : null,
      askedBy: colleague(names, row.askedBy),
      withPerson: colleague(names, row.withAccount),
      state: lapsed ? 'lapsed' : row.state,
      reason: row.reason,
      askedAt: row.askedAt.toISOString(),
      settledBy: row.settledBy === null ? null : colleague(names, row.settledBy),
      can: {
        answer: !lapsed && row.state === 'asked' && actor.accountId === row.withAccount,
        withdraw: !lapsed && open && actor.accountId === row.askedBy,
        settle: !lapsed && row.state === 'agreed' && !party && settles.includes(row.deskId),
      },
    }
  })
}
