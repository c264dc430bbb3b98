import type { OperationContract, StaffRole } from '../../../lib/contract.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type AreaRefView, areaRefs } from '../../areas/server/index.ts'
import type { MeetingSummary, MeetingView } from '../contract.ts'
import { anyCall, decisionViews, makePaper, readPaper, refOf } from './meeting-paper.ts'
import { decisionsOf, findMeeting, lockMeeting, type MeetingRow } from './meeting-store.ts'

export const runnerRoles: readonly StaffRole[] = ['secretary', 'dispatcher', 'duty-head', 'supervisor']

/** Holds a post with one of these roles whose area is this one or lies above it. */
export function holdsPostOver({ posts }: Actor, path: string, roles: readonly string[]): boolean {
  return posts.some(
    ({ role, areaPath }) =>
      roles.includes(role) && areaPath !== null && (path === areaPath || path.startsWith(`${areaPath}.`)),
  )
}

export function summaryOf(row: MeetingRow, areas: ReadonlyMap<string, AreaRefView>): MeetingSummary {
  return {
    id: row.id,
    area: refOf(areas, row.area_id),
    from: row.from_on,
    to: row.to_on,
    meetsOn: row.meets_on,
    state: row.state,
    heldAt: row.held_at?.toISOString() ?? null,
    decisions: row.decisions,
  }
}

/** @throws Refusal command/meeting-not-found, also for what is out of sight */
export async function getMeetingRow<C extends OperationContract>(
  { tx, actor }: Call<C>,
  id: string,
  lock?: 'for-change',
): Promise<MeetingRow> {
  const row = await (lock ? lockMeeting : findMeeting)(tx, actor.streetId, id)
  if (!row) throw new Refusal('command/meeting-not-found')
  // One who only reads the meeting finds no act on it.
  if (lock && !holdsPostOver(actor, row.area, runnerRoles)) throw new Refusal('command/meeting-not-found')
  return row
}

/** The meeting as the actor of this call sees it: a draft as of now, else as it was kept. */
export async function meetingView<C extends OperationContract>(
  typed: Call<C>,
  row: MeetingRow,
): Promise<MeetingView> {
  const call = anyCall(typed)
  const { tx, actor } = call
  const paper = row.paper === null ? await makePaper(call, row) : await readPaper(call, row, row.paper)
  const runs = holdsPostOver(actor, row.area, runnerRoles)
  return {
    ...summaryOf(row, await areaRefs(tx, actor.streetId, [row.area_id])),
    minutes: runs ? row.minutes : null,
    minutesAt: row.minutes_at?.toISOString() ?? null,
    paper,
    decided: await decisionViews(call, await decisionsOf(tx, actor.streetId, row.id)),
    can: {
      decide: row.state !== 'minutes-kept' && holdsPostOver(actor, row.area, ['supervisor']),
      hold: row.state === 'draft' && runs,
      keepMinutes: row.state === 'held' && runs,
    },
  }
}
