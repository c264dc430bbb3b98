/** Shifts, gaps and swaps as contracts show them; names are read in one round trip. */
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { Colleague, GapView, ShiftView } from '../roster-views.ts'
import type { Gap } from '../rules/roster-shifts.ts'
import { displayNames } from './display-names.ts'
import type { ShiftRow } from './roster-store.ts'

export type Names = ReadonlyMap<string, string>

export const colleague = (names: Names, accountId: string): Colleague => ({
  accountId,
  displayName: names.get(accountId) ?? '',
})

export const peopleIn = (shifts: readonly ShiftRow[]): string[] =>
  shifts.flatMap(({ headId, memberIds }) => [headId, ...memberIds])

export const shiftView = (row: ShiftRow, names: Names): ShiftView => ({
  id: row.id,
  deskId: row.deskId,
  day: row.day,
  kind: row.kind,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  head: colleague(names, row.headId),
  members: row.memberIds.map((id) => colleague(names, id)),
  headThere: row.headThere,
})

export async function shiftViews(tx: Tx, keys: Keys, rows: readonly ShiftRow[]): Promise<ShiftView[]> {
  const names = await displayNames(tx, keys, peopleIn(rows))
  return rows.map((row) => shiftView(row, names))
}

export const gapView = ({ day, kind, startsAt }: Gap): GapView => ({
  day,
  kind,
  startsAt: startsAt.toISOString(),
})
