import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { ageOn, consentOf, findPerson, type PersonRow, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { serveRefusal } from '../rules/may-serve.ts'
import { skillKinds } from '../settings.ts'
import { type Acting, inStreet, myself, runs } from './acting.ts'
import { type ActivityRow, findActivity, findShift, lockShift, type ShiftRow } from './activity-store.ts'
import { activityView, currentState } from './activity-view.ts'
import { passOn } from './free-place.ts'
import { countShift, findSignUp, putSignUp, signUpsOfActivity } from './sign-up-store.ts'
import { findVolunteer } from './volunteer-store.ts'

/** @throws Refusal volunteering/not-found */
export async function shiftOf(
  { tx, actor }: Acting,
  id: string,
): Promise<{ shift: ShiftRow; activity: ActivityRow }> {
  const shift = await findShift(tx, actor.streetId, id)
  const activity = shift && (await findActivity(tx, actor.streetId, shift.activity_id))
  if (!shift || !activity || (activity.state === 'draft' && !runs(actor, activity.area)))
    throw new Refusal('volunteering/not-found')
  return { shift, activity }
}

/** Oneself; or somebody of the register, by who runs the activity. */
export async function whom(
  acting: Acting,
  activity: ActivityRow,
  personId: string | undefined,
): Promise<PersonRow> {
  if (personId === undefined) return myself(acting)
  const person = runs(acting.actor, activity.area)
    ? await findPerson(acting.tx, acting.actor.streetId, personId)
    : undefined
  if (!person) throw new Refusal('volunteering/not-found')
  return person
}

/** 报名: never more than the places, also when many press at once; the others wait in the order of time. */
export const signUp = operation(contract.signUp, async (call) => {
  const { shift, activity } = await shiftOf(call, call.params.id)
  const person = await whom(call, activity, call.body.personId)
  await takePlace(call, person, activity, shift)
  return activityView(call, activity.id)
})

/**
 * A place in a shift, the one that is kept for them, or one on the waiting list.
 * @throws Refusal why this person takes none in this one; then nothing was written
 */
export async function takePlace(
  call: Acting,
  person: PersonRow,
  activity: ActivityRow,
  shift: ShiftRow,
): Promise<'joined' | 'waiting'> {
  const { tx, actor, at } = call
  const { streetId } = actor
  if (activity.state !== 'open') throw new Refusal('volunteering/wrong-state')
  if (at >= shift.ends_at) throw new Refusal('volunteering/shift-over')
  return inStreet(call, async () => {
    const refusal = await whyNot(call, person, activity, shift)
    if (refusal) throw new Refusal(refusal)
    const held = await lockShift(tx, streetId, shift.id)
    const before = await findSignUp(tx, streetId, shift.id, person.id)
    if (!held) throw new Refusal('volunteering/not-found')
    if (before?.state === 'joined' || before?.state === 'waiting')
      throw new Refusal('volunteering/joined-already')
    const isOffered = before?.state === 'offered'
    if (isOffered && (before.offered_until === null || before.offered_until <= at))
      throw new Refusal('volunteering/offer-over')
    const state = isOffered || held.taken < held.places ? 'joined' : 'waiting'
    const place = { shiftId: shift.id, person, area: activity.area, state, at, by: actor.accountId } as const
    await putSignUp(tx, streetId, place)
    // A place that is offered was counted as taken when it was offered.
    if (!isOffered)
      await countShift(tx, streetId, shift.id, state === 'joined' ? 1 : 0, state === 'waiting' ? 1 : 0)
    call.audit({ subjectType: 'activity', subjectId: activity.id, detail: { shift: shift.id, state } })
    return state
  })
}

async function whyNot({ tx, actor, at }: Acting, person: PersonRow, activity: ActivityRow, shift: ShiftRow) {
  const { streetId } = actor
  const lastDay = dayOf(shift.ends_at)
  const volunteer = await findVolunteer(tx, streetId, person.id)
  const skills = await readSetting(tx, streetId, skillKinds, at)
  return serveRefusal(
    {
      age: ageOn(person.birth_on, dayOf(shift.starts_at)),
      consent: await consentOf(tx, streetId, person, shift.starts_at),
      isVolunteer: volunteer !== undefined,
      skills: new Map(volunteer?.skills.map(({ skill, licenceUntil }) => [skill, licenceUntil])),
    },
    {
      minAge: activity.min_age,
      dangerous: activity.risk === 'dangerous',
      skill: activity.skill,
      skillIsLicensed: skills.find(({ code }) => code === activity.skill)?.licensed ?? false,
      lastDay,
    },
  )
}

/** 取消报名, or no to an offered place: it is offered to whoever waits longest. */
export const withdraw = operation(contract.withdraw, async (call) => {
  const { tx, actor, at } = call
  const { streetId } = actor
  const { shift, activity } = await shiftOf(call, call.params.id)
  const person = await whom(call, activity, call.body.personId)
  await inStreet(call, async () => {
    const held = await lockShift(tx, streetId, shift.id)
    const before = await findSignUp(tx, streetId, shift.id, person.id)
    if (!held || currentState(before?.state) === null) throw new Refusal('volunteering/not-joined')
    await putSignUp(tx, streetId, {
      shiftId: shift.id,
      person,
      area: activity.area,
      state: 'withdrawn',
      at,
      by: actor.accountId,
    })
    let offered = false
    if (before?.state === 'waiting') await countShift(tx, streetId, shift.id, 0, -1)
    else offered = await passOn(call, held, activity)
    call.audit({
      subjectType: 'activity',
      subjectId: activity.id,
      detail: { shift: shift.id, offered },
    })
  })
  return activityView(call, activity.id)
})

/** 报名名单: for who runs the activity and for its lead, who has to know who is a minor. */
export const listSignUps = operation(contract.listSignUps, async (call) => {
  const { tx, actor, at } = call
  const activity = await findActivity(tx, actor.streetId, call.params.id)
  const me = await personOfAccount(tx, actor.streetId, actor.accountId)
  const leads = activity !== undefined && me !== undefined && activity.lead_id === me.id
  if (!activity || !(leads || runs(actor, activity.area))) throw new Refusal('volunteering/not-found')
  const rows = await inStreet(call, () => signUpsOfActivity(tx, actor.streetId, activity.id))
  call.audit({ subjectType: 'activity', subjectId: activity.id, detail: { people: rows.length } })
  return {
    items: rows.map((row) => ({
      shiftId: row.shift_id,
      personId: row.person_id,
      name: row.name_masked,
      state: currentState(row.state) ?? 'waiting',
      at: row.at.toISOString(),
      offeredUntil: row.offered_until?.toISOString() ?? null,
      minor: ageOn(row.birth_on, dayOf(at)) < 18,
    })),
  }
})
