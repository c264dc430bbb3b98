import { addDays, type Day, dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { mayRun, mayStand } from '../rules/roster-rights.ts'
import { daysFrom, gapsOf } from '../rules/roster-shifts.ts'
import { daysOff } from './roster-calendar.ts'
import { deskRef, deskRights, getDesk, inUseSince, namedPeople, peopleOf } from './roster-desk.ts'
import { desksInUse, desksOfStreet, shiftKinds, shiftsOfDays } from './roster-store.ts'
import { gapView, shiftViews } from './roster-view.ts'

/** The first and last day of a month; of the month of `at` when none is named. */
export function monthOf(month: string | undefined, at: Date): { month: string; days: Day[] } {
  const named = month ?? dayOf(at).slice(0, 7)
  const first = `${named}-01`
  const next = addDays(first, 31).slice(0, 7)
  return { month: named, days: daysFrom(first, addDays(`${next}-01`, -1)) }
}

export const listDesks = operation(contract.listDesks, async ({ tx, actor, at }) => {
  const desks = await desksOfStreet(tx, actor.streetId)
  const inUse = await desksInUse(tx, actor.streetId, inUseSince(at))
  return {
    items: desks.map((desk) => ({
      desk: deskRef(desk),
      isStreet: desk.isStreet,
      inUse: inUse.has(desk.id),
      can: deskRights(desk, actor.posts),
    })),
  }
})

/** The sheet on the wall. People to choose from come only to whoever fills it in. */
export const getRoster = operation(contract.getRoster, async ({ tx, actor, at, params, query, services }) => {
  const { streetId } = actor
  const desk = await getDesk(tx, streetId, params.id)
  const { month, days } = monthOf(query.month, at)
  const kinds = await shiftKinds(tx, streetId)
  const { isOff, isAnnounced } = await daysOff(tx, streetId)
  const inUse = (await desksInUse(tx, streetId, inUseSince(at))).has(desk.id)
  const rows = await shiftsOfDays(tx, streetId, desk.id, days[0] ?? '', days.at(-1) ?? '')
  const can = deskRights(desk, actor.posts)
  const people = can.run || can.read ? await peopleOf(tx, streetId, desk, at) : undefined
  const root = desk.isStreet ? desk : (await desksOfStreet(tx, streetId)).find((one) => one.isStreet)
  return {
    desk: deskRef(desk),
    isStreet: desk.isStreet,
    inUse,
    can,
    month,
    days: days.map((day) => ({ day, off: isOff(day), announced: isAnnounced(day) })),
    kinds: [...kinds],
    mayChangeKinds: root !== undefined && mayRun(root, actor.posts),
    shifts: await shiftViews(tx, services.keys, rows),
    gaps: inUse
      ? gapsOf(
          rows.filter(({ headThere }) => headThere),
          days,
          kinds,
          isOff,
          at,
        ).map(gapView)
      : [],
    people: people ? await namedPeople(tx, services.keys, desk, people, mayStand) : [],
  }
})
