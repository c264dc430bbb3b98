/** What other modules ask of the roster: who is on duty, who is called next, what is missing, and rows to put. */
import { addDays, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { type ChainStep, callOrder } from '../rules/roster-chain.ts'
import { headsDesk, mayStand } from '../rules/roster-rights.ts'
import type { ShiftRowFacts, ShiftToPut } from '../rules/roster-rows.ts'
import { daysFrom, gapsOf, inOfficeHours } from '../rules/roster-shifts.ts'
import { contactsOf } from './account-store.ts'
import { shiftsNow } from './duty-now.ts'
import { putAtDesk } from './put-shifts.ts'
import { daysOff } from './roster-calendar.ts'
import { chainOfDesk, type DeskGap } from './roster-chain-store.ts'
import { getDesk, inUseSince, namedPeople, peopleOf } from './roster-desk.ts'
import {
  desksInUse,
  desksOfStreet,
  type ShiftRow,
  shiftKinds,
  shiftsOfDays,
  thereOn,
} from './roster-store.ts'

export { type DeskGap, noteGaps } from './roster-chain-store.ts'

/** Accounts on duty at a desk at an instant, the head first; who has no post any more or is on leave is left out. */
export async function onDuty(tx: Tx, streetId: number, deskAreaId: string, at: Date): Promise<string[]> {
  const shift = (await shiftsNow(tx, streetId, at, deskAreaId)).get(deskAreaId)
  if (shift === undefined) return []
  const people = [...new Set([shift.headId, ...shift.memberIds])]
  const there = await thereOn(tx, streetId, people, dayOf(at))
  return people.filter((id) => there.has(id))
}

/** Whether anybody is on duty at a desk at an instant. */
export const deskIsStaffed = async (
  tx: Tx,
  streetId: number,
  deskAreaId: string,
  at: Date,
): Promise<boolean> => (await onDuty(tx, streetId, deskAreaId, at)).length > 0

/**
 * Outside office hours: who is on duty, by the path of each desk that a shift stands at. Empty in office hours, when the
 * whole desk is there.
 */
// Rule: issue 3 item 2: who is on duty decides who is told.
export async function watchKept(
  tx: Tx,
  streetId: number,
  at: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { isOff } = await daysOff(tx, streetId)
  const watch = new Map<string, readonly string[]>()
  if (inOfficeHours(at, dayOf(at), await shiftKinds(tx, streetId), isOff)) return watch
  const desks = await desksOfStreet(tx, streetId)
  for (const [deskId, shift] of await shiftsNow(tx, streetId, at)) {
    const people = [...new Set([shift.headId, ...shift.memberIds])]
    const there = await thereOn(tx, streetId, people, dayOf(at))
    const desk = desks.find(({ id }) => id === deskId)
    if (desk !== undefined && there.size > 0) watch.set(desk.path, [...there])
  }
  return watch
}

/** Who is called at this moment, in order: the first on duty, then the desk's chain; who has no post or is on leave is passed over. */
export async function callOrderOf(
  tx: Tx,
  streetId: number,
  deskAreaId: string,
  at: Date,
): Promise<ChainStep[]> {
  const [head] = await onDuty(tx, streetId, deskAreaId, at)
  const { headWaitMinutes, steps } = await chainOfDesk(tx, streetId, deskAreaId)
  const there = await thereOn(
    tx,
    streetId,
    steps.map(({ accountId }) => accountId),
    dayOf(at),
  )
  return callOrder(
    head,
    headWaitMinutes,
    steps.filter(({ accountId }) => there.has(accountId)),
  )
}

/** Shifts that nobody heads from today for so many days, at every desk whose roster is in use. */
export async function rosterGaps(tx: Tx, streetId: number, at: Date, days: number): Promise<DeskGap[]> {
  const desks = await desksOfStreet(tx, streetId)
  const inUse = await desksInUse(tx, streetId, inUseSince(at))
  const kinds = await shiftKinds(tx, streetId)
  const { isOff } = await daysOff(tx, streetId)
  // Yesterday's night shift may still run.
  const span = daysFrom(addDays(dayOf(at), -1), addDays(dayOf(at), days))
  const gaps: DeskGap[] = []
  for (const desk of desks.filter(({ id }) => inUse.has(id))) {
    const shifts = await shiftsOfDays(tx, streetId, desk.id, span[0] ?? '', span.at(-1) ?? '')
    const until = new Date(at.getTime() + days * 86_400_000)
    for (const { day, kind, startsAt } of gapsOf(shifts.filter(headed), span, kinds, isOff, at))
      if (startsAt <= until) gaps.push({ deskId: desk.id, deskPath: desk.path, day, kind, startsAt })
  }
  return gaps
}

const headed = ({ headThere }: ShiftRow): boolean => headThere

/** Who runs a desk's roster by post: whom a gap is told. */
export async function headsOfDesk(tx: Tx, streetId: number, deskAreaId: string, at: Date): Promise<string[]> {
  const desk = await getDesk(tx, streetId, deskAreaId)
  const { posts } = await peopleOf(tx, streetId, desk, at)
  const heads = posts.filter((post) => post.areaPath === desk.path && headsDesk(desk, post.role))
  return [...new Set(heads.map(({ accountId }) => accountId))]
}

/**
 * People who are told when nobody in a chain answered: the supervisors whose area holds the desk, the secretaries at
 * the desk and at the street.
 */
export async function lastResort(
  tx: Tx,
  streetId: number,
  deskAreaId: string,
  at: Date,
): Promise<{ accountId: string; part: 'supervisor' | 'secretary' }[]> {
  const desk = await getDesk(tx, streetId, deskAreaId)
  const { posts } = await peopleOf(tx, streetId, desk, at)
  const above = posts.filter(({ areaPath }) => `${desk.path}.`.startsWith(`${areaPath}.`))
  return (['supervisor', 'secretary'] as const).flatMap((part) =>
    [...new Set(above.filter(({ role }) => role === part).map(({ accountId }) => accountId))].map(
      (accountId) => ({ accountId, part }),
    ),
  )
}

/**
 * At which desks only those on duty act at this instant, and at which this person is on duty. Office hours are those of
 * the working-day shifts; a desk without a roster in use is nobody's but its posts'.
 */
export async function dutyOf(
  tx: Tx,
  streetId: number,
  accountId: string,
  at: Date,
): Promise<{ decides: string[]; onDuty: string[] }> {
  const desks = await desksOfStreet(tx, streetId)
  const inUse = await desksInUse(tx, streetId, inUseSince(at))
  const now = await shiftsNow(tx, streetId, at)
  const { isOff } = await daysOff(tx, streetId)
  const office = inOfficeHours(at, dayOf(at), await shiftKinds(tx, streetId), isOff)
  const mine = desks.filter(({ id }) => {
    const shift = now.get(id)
    return shift !== undefined && (shift.headId === accountId || shift.memberIds.includes(accountId))
  })
  const staffed = desks.filter(({ id }) => inUse.has(id) && now.has(id))
  return { decides: office ? [] : staffed.map(({ path }) => path), onDuty: mine.map(({ path }) => path) }
}

/** What `checkShiftRows` needs to know of a desk to check the rows of a sheet. */
export async function shiftRowFacts(
  tx: Tx,
  keys: Keys,
  streetId: number,
  deskAreaId: string,
  at: Date,
): Promise<ShiftRowFacts> {
  const desk = await getDesk(tx, streetId, deskAreaId)
  const people = await namedPeople(tx, keys, desk, await peopleOf(tx, streetId, desk, at), mayStand)
  const accounts = await contactsOf(
    tx,
    people.map(({ accountId }) => accountId),
  )
  const usernames = new Map(accounts.map(({ id, username }) => [id, username ?? '']))
  return {
    kinds: await shiftKinds(tx, streetId),
    people: people.map(({ accountId, displayName, mayHead }) => ({
      accountId,
      name: displayName,
      username: usernames.get(accountId) ?? '',
      mayHead,
    })),
    at,
  }
}

/**
 * Puts shifts that a sheet brought and `checkShiftRows` found good; shifts of the same day and kind are changed.
 * @throws Refusal when one of them may not be put after all
 */
export async function insertShifts(
  tx: Tx,
  streetId: number,
  deskAreaId: string,
  shifts: readonly ShiftToPut[],
  by: { at: Date; accountId: string },
): Promise<void> {
  const desk = await getDesk(tx, streetId, deskAreaId)
  await putAtDesk(tx, streetId, desk, shifts, { ...by, source: 'sheet' })
}
