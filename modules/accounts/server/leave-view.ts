import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { LeaveView } from '../contract.ts'
import { displayNames } from './display-names.ts'
import { findLeave, type LeaveRow, standsInFor } from './leave-store.ts'

/** The view of each row, in the same order. */
export async function leaveViews(
  tx: Tx,
  keys: Keys,
  streetId: number,
  rows: readonly LeaveRow[],
  today: Day,
): Promise<LeaveView[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const standIns = new Map((await standsInFor(tx, streetId, ids, today)).map((one) => [one.leaveId, one]))
  const people = [...standIns.values()].map((one) => one.accountId)
  const names = await displayNames(tx, keys, people)
  return rows.map((row) => {
    const found = standIns.get(row.id)
    return {
      id: row.id,
      postId: row.postId,
      fromDay: row.fromDay,
      toDay: row.toDay,
      named: row.namedPostId !== null,
      standIn: found
        ? {
            postId: found.postId,
            accountId: found.accountId,
            displayName: names.get(found.accountId) ?? '',
          }
        : null,
      endedAt: row.endedAt?.toISOString() ?? null,
    }
  })
}

/** One leave as it stands now. */
export async function leaveView(
  call: { tx: Tx; services: { keys: Keys }; actor: { streetId: number }; at: Date },
  id: string,
): Promise<LeaveView> {
  const { tx, services, actor, at } = call
  const row = await findLeave(tx, actor.streetId, id)
  const [view] =
    row === undefined ? [] : await leaveViews(tx, services.keys, actor.streetId, [row], dayOf(at))
  if (view === undefined) throw new Error('the leave is gone')
  return view
}
