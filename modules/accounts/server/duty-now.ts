/** Who is on duty now, and what the roster holds for oneself. */
import { dayMs } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { shiftAt } from '../rules/roster-shifts.ts'
import { headedDesks, noteViews } from './handover-notes.ts'
import { daysOff } from './roster-calendar.ts'
import { openGaps } from './roster-chain-store.ts'
import { deskRef, deskRights, inUseSince } from './roster-desk.ts'
import { shiftsWithNotes, unreadNotes } from './roster-note-store.ts'
import {
  type Desk,
  desksInUse,
  desksOfStreet,
  type ShiftRow,
  shiftKinds,
  shiftsBetween,
  shiftsOfPerson,
} from './roster-store.ts'
import { openSwaps } from './roster-swap-store.ts'
import { shiftViews } from './roster-view.ts'
import { swapViews } from './swap-view.ts'

/** Notes older than this are history; nobody is asked to read them any more. */
const notesForDays = 7
const turnsShown = 8

/** The shift in charge at each of these desks, where there is one. */
export async function shiftsNow(
  tx: Tx,
  streetId: number,
  at: Date,
  deskId: string | null = null,
): Promise<Map<string, ShiftRow>> {
  const rows = await shiftsBetween(tx, streetId, at, new Date(at.getTime() + 1), deskId)
  const kinds = await shiftKinds(tx, streetId)
  const { isOff } = await daysOff(tx, streetId)
  return new Map(
    [...new Set(rows.map((row) => row.deskId))].flatMap((id) => {
      const shifts = rows.filter((row) => row.deskId === id)
      const now = shiftAt(shifts, at, kinds, isOff)
      const row = shifts.find((one) => one.id === now?.id)
      return row ? [[id, row] as const] : []
    }),
  )
}

export const getDutyNow = operation(contract.getDutyNow, async ({ tx, actor, at, services }) => {
  const { streetId } = actor
  const desks = await desksOfStreet(tx, streetId)
  const inUse = await desksInUse(tx, streetId, inUseSince(at))
  const now = await shiftsNow(tx, streetId, at)
  const rows = [...now.values()]
  const views = await shiftViews(tx, services.keys, rows)
  return {
    at: at.toISOString(),
    items: desks
      .filter(({ id }) => inUse.has(id))
      .map((desk) => ({
        desk: deskRef(desk),
        isStreet: desk.isStreet,
        shift: views.find(({ deskId }) => deskId === desk.id) ?? null,
      })),
    kinds: [...(await shiftKinds(tx, streetId))],
  }
})

export const getMyDuty = operation(contract.getMyDuty, async ({ tx, actor, at, services }) => {
  const { streetId, accountId } = actor
  const { keys } = services
  const desks = await desksOfStreet(tx, streetId)
  const deskOf = (id: string) => desks.find((desk) => desk.id === id)
  const withDesk = async (rows: readonly ShiftRow[]) =>
    (await shiftViews(tx, keys, rows)).flatMap((view) => {
      const desk = deskOf(view.deskId)
      return desk ? [{ ...view, desk: deskRef(desk) }] : []
    })
  const since = new Date(at.getTime() - dayMs)
  const mine = await shiftsOfPerson(tx, streetId, accountId, since, turnsShown + 4)
  const next = mine.filter(({ endsAt }) => endsAt > at).slice(0, turnsShown)
  const turns = (await withDesk(next)).map((view) => ({
    ...view,
    now: Date.parse(view.startsAt) <= at.getTime(),
  }))
  const unread = await unreadNotes(
    tx,
    streetId,
    accountId,
    headedDesks(desks, actor),
    new Date(at.getTime() - notesForDays * dayMs),
  )
  const settles = idsOf(desks, (desk) => deskRights(desk, actor.posts).settle)
  const swaps = await openSwaps(tx, streetId, accountId, settles)
  const runs = idsOf(desks, (desk) => deskRights(desk, actor.posts).run)
  const gaps = await openGaps(tx, streetId, runs, at)
  const [toWrite] = await withDesk(await shiftToWrite(tx, streetId, mine, accountId, at))
  return {
    turns,
    unread: await noteViews(tx, keys, unread, desks, actor),
    swaps: (await swapViews(tx, keys, swaps, { actor, at, settles })).filter(
      ({ can }) => can.answer || can.settle || can.withdraw,
    ),
    gaps: gaps.flatMap(({ deskId, day, kind, startsAt }) => {
      const desk = deskOf(deskId)
      return desk ? [{ day, kind, startsAt: startsAt.toISOString(), desk: deskRef(desk) }] : []
    }),
    toWrite: toWrite ?? null,
    kinds: [...(await shiftKinds(tx, streetId))],
  }
})

const idsOf = (desks: readonly Desk[], which: (desk: Desk) => boolean): string[] =>
  desks.filter(which).map(({ id }) => id)

/** The latest shift that this person headed, from its last hour until a day after its end, while it has no note. */
async function shiftToWrite(
  tx: Tx,
  streetId: number,
  mine: readonly ShiftRow[],
  accountId: string,
  at: Date,
): Promise<ShiftRow[]> {
  const ended = mine.filter(
    ({ headId, endsAt }) => headId === accountId && endsAt.getTime() - 3_600_000 <= at.getTime(),
  )
  const last = ended.at(-1)
  if (last === undefined) return []
  return (await shiftsWithNotes(tx, streetId, [last.id])).has(last.id) ? [] : [last]
}
