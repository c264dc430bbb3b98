import { newId } from '../../../lib/ids.ts'
import { addDays } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { shiftsOfPattern } from '../rules/roster-pattern.ts'
import type { ShiftToPut } from '../rules/roster-rows.ts'
import { overlappingKinds, shiftTimes } from '../rules/roster-shifts.ts'
import { daysOff } from './roster-calendar.ts'
import { deskRef, getDesk, peopleOf, refuseOthers } from './roster-desk.ts'
import {
  type Desk,
  deleteShift,
  desksOfStreet,
  kindsToCome,
  lockShifts,
  replaceShiftKinds,
  retimeShifts,
  shiftKinds,
  shiftsById,
  shiftsOfDays,
  writeShifts,
} from './roster-store.ts'
import { shiftViews } from './roster-view.ts'

/** How far ahead one pattern may reach. */
const longestPatternDays = 186

export interface PutBy {
  readonly source: 'hand' | 'pattern' | 'sheet' | 'swap'
  readonly at: Date
  readonly accountId: string
}

/**
 * Puts shifts at a desk after checking each: its kind is known, it is not over, its people belong there.
 * @throws Refusal for the first that may not be; then nothing is put
 */
export async function putAtDesk(
  tx: Tx,
  streetId: number,
  desk: Desk,
  shifts: readonly ShiftToPut[],
  by: PutBy,
): Promise<void> {
  const kinds = await shiftKinds(tx, streetId)
  const people = await peopleOf(tx, streetId, desk, by.at)
  const rows = shifts.map(({ day, kind: code, headId, memberIds }) => {
    const kind = kinds.find((one) => one.code === code)
    if (kind === undefined) throw new Refusal('accounts/shift-kind-unknown')
    const times = shiftTimes(kind, day)
    // Rule: what was stood is a record; the shift under way may still be changed, for people fall ill.
    if (times.endsAt <= by.at) throw new Refusal('accounts/shift-past')
    const members = [...new Set(memberIds)].filter((id) => id !== headId)
    if (![headId, ...members].every((id) => people.mayStand(id, day)))
      throw new Refusal('accounts/not-at-this-desk')
    if (!people.mayHead(headId, day)) throw new Refusal('accounts/may-not-head')
    return { id: newId(by.at.getTime()), day, kind: code, headId, memberIds: members, ...times }
  })
  if (rows.length > 0) await writeShifts(tx, streetId, desk, rows, by)
}

export const putShifts = operation(contract.putShifts, async (call) => {
  const { tx, actor, at, body, params } = call
  const desk = await getDesk(tx, actor.streetId, params.id)
  refuseOthers(desk, actor.posts, 'run')
  const keys = body.shifts.map(({ day, kind }) => `${day} ${kind}`)
  if (new Set(keys).size < keys.length)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/shifts', message: 'one shift stands there twice' }],
    })
  await putAtDesk(tx, actor.streetId, desk, body.shifts, { source: 'hand', at, accountId: actor.accountId })
  const days = body.shifts.map(({ day }) => day).sort()
  const now = await shiftsOfDays(tx, actor.streetId, desk.id, days[0] ?? '', days.at(-1) ?? '')
  const put = now.filter(({ day, kind }) => keys.includes(`${day} ${kind}`))
  call.audit({ subjectType: 'desk', subjectId: desk.id, detail: { shifts: keys } })
  tellDesk(call, desk)
  return { shifts: await shiftViews(tx, call.services.keys, put) }
})

export const repeatShifts = operation(contract.repeatShifts, async (call) => {
  const { tx, actor, at, body, params } = call
  const { streetId } = actor
  const desk = await getDesk(tx, streetId, params.id)
  refuseOthers(desk, actor.posts, 'run')
  if (body.toDay < body.fromDay || addDays(body.fromDay, longestPatternDays) < body.toDay)
    throw new Refusal('accounts/pattern-too-long')
  const kinds = await shiftKinds(tx, streetId)
  if (!kinds.some(({ code }) => code === body.kind)) throw new Refusal('accounts/shift-kind-unknown')
  const { isOff } = await daysOff(tx, streetId)
  const planned = shiftsOfPattern({ ...body, weekdays: body.weekdays ?? [] }, kinds, isOff)
  const there = await shiftsOfDays(tx, streetId, desk.id, body.fromDay, body.toDay)
  const taken = new Set(there.filter(({ kind }) => kind === body.kind).map(({ day }) => day))
  const shifts = planned.filter(({ day }) => body.replace === true || !taken.has(day))
  await putAtDesk(tx, streetId, desk, shifts, { source: 'pattern', at, accountId: actor.accountId })
  const detail = { kind: body.kind, from: body.fromDay, to: body.toDay, put: shifts.length }
  call.audit({ subjectType: 'desk', subjectId: desk.id, detail })
  tellDesk(call, desk)
  return { put: shifts.length, kept: planned.length - shifts.length }
})

export const removeShift = operation(contract.removeShift, async (call) => {
  const { tx, actor, at, params } = call
  const [known] = await shiftsById(tx, actor.streetId, [params.id])
  if (known === undefined) throw new Refusal('accounts/shift-not-found')
  const desk = await getDesk(tx, actor.streetId, known.deskId)
  refuseOthers(desk, actor.posts, 'run')
  const [shift] = await lockShifts(tx, actor.streetId, [params.id])
  if (shift === undefined) throw new Refusal('accounts/shift-not-found')
  if (shift.startsAt <= at) throw new Refusal('accounts/shift-past')
  await deleteShift(tx, actor.streetId, shift.id)
  call.audit({ subjectType: 'desk', subjectId: desk.id, detail: { shifts: [`${shift.day} ${shift.kind}`] } })
  tellDesk(call, desk)
  return {}
})

/** Times of shifts to come follow their kind; what has begun keeps the times under which it was stood. */
export const putShiftKinds = operation(contract.putShiftKinds, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const street = (await desksOfStreet(tx, streetId)).find(({ isStreet }) => isStreet)
  if (street === undefined) throw new Error('a street has its own area')
  refuseOthers(street, actor.posts, 'run')
  const codes = body.kinds.map(({ code }) => code)
  if (new Set(codes).size < codes.length || overlappingKinds(body.kinds))
    throw new Refusal('accounts/kinds-overlap')
  const used = await kindsToCome(tx, streetId, at)
  if (used.some((code) => !codes.includes(code))) throw new Refusal('accounts/kind-in-use')
  await replaceShiftKinds(tx, streetId, body.kinds, { at, accountId: actor.accountId })
  await retimeShifts(tx, streetId, body.kinds, at)
  call.audit({ subjectType: 'desk', subjectId: street.id, detail: { kinds: codes } })
  tellDesk(call, street)
  return { kinds: body.kinds }
})

/** Live screens look again at this desk's roster. */
export function tellDesk(
  call: { event(note: { type: string; subjectId: string; audience: { area: string } }): void },
  desk: Desk,
): void {
  call.event({ type: 'roster.change', subjectId: deskRef(desk).id, audience: { area: desk.path } })
}
