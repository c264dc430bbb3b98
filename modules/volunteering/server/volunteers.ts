import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { consentOf, findPerson, type PersonRow, personViewsFor } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { serviceKinds, skillKinds } from '../settings.ts'
import { type Acting, inStreet, myself } from './acting.ts'
import { findGroup, putMember } from './group-store.ts'
import {
  findVolunteer,
  insertTraining,
  insertVolunteer,
  putSkillRow,
  type VolunteerRow,
  volunteersOf,
} from './volunteer-store.ts'

/** In the order of the rows; people out of sight are left out. */
export async function volunteerViews(
  acting: Acting,
  rows: readonly VolunteerRow[],
): Promise<contract.VolunteerView[]> {
  const people = await personViewsFor(
    acting,
    rows.map((row) => row.person_id),
  )
  return rows.flatMap((row) => {
    const person = people.get(row.person_id)
    return person ? [viewOf(row, person)] : []
  })
}

const viewOf = (row: VolunteerRow, person: contract.VolunteerView['person']): contract.VolunteerView => ({
  person,
  groupId: row.group_id,
  groupName: row.group_name,
  interests: row.interests,
  availability: row.availability,
  joinedAt: row.joined_at.toISOString(),
  skills: row.skills,
  trainings: row.trainings,
  enteredMinutes: row.entered,
  honourMinutes: row.honour,
})

async function viewOfOne(acting: Acting, personId: string): Promise<contract.VolunteerView> {
  const row = await findVolunteer(acting.tx, acting.actor.streetId, personId)
  const [view] = row ? await volunteerViews(acting, [row]) : []
  if (!view) throw new Refusal('volunteering/not-found')
  return view
}

interface Joining {
  groupId: string
  interests: readonly string[]
  availability?: string | undefined
}

async function join(acting: Acting, person: PersonRow, joining: Joining): Promise<void> {
  const { tx, actor, at } = acting
  // Rule: rules.md §8: of their own will; under eighteen with a guardian's consent.
  const consent = await consentOf(tx, actor.streetId, person, at)
  if (consent === 'missing' || consent === 'withdrawn') throw new Refusal('volunteering/consent-missing')
  const group = await findGroup(tx, actor.streetId, joining.groupId)
  if (!group?.active || group.kind !== 'organisation') throw new Refusal('volunteering/group-unfit')
  const kinds = await readSetting(tx, actor.streetId, serviceKinds, at)
  if (joining.interests.some((code) => !kinds.some((kind) => kind.code === code)))
    throw new Refusal('volunteering/kind-unknown')
  const added = await insertVolunteer(tx, actor.streetId, {
    person,
    groupId: group.id,
    interests: joining.interests,
    availability: joining.availability?.trim() || null,
    at,
  })
  if (!added) throw new Refusal('volunteering/volunteer-already')
  // Membership is the organisation's row, in its area.
  await inStreet(acting, () => putMember(tx, actor.streetId, group, person, 'member', at))
  acting.audit({ subjectType: 'person', subjectId: person.id, detail: { group: group.id } })
}

/** 加入: by the person. */
export const joinAsVolunteer = operation(contract.joinAsVolunteer, async (call) => {
  const me = await myself(call)
  await join(call, me, call.body)
  return viewOfOne(call, me.id)
})

/** 代为登记: for whoever comes to the desk. */
export const addVolunteer = operation(contract.addVolunteer, async (call) => {
  const person = await findPerson(call.tx, call.actor.streetId, call.body.personId)
  if (!person) throw new Refusal('volunteering/not-registered')
  await join(call, person, call.body)
  return viewOfOne(call, person.id)
})

export const listVolunteers = operation(contract.listVolunteers, async (call) => {
  const { tx, actor, query } = call
  const items = await volunteerViews(call, await volunteersOf(tx, actor.streetId, query.groupId))
  call.audit({ subjectType: 'volunteers', detail: { people: items.length } })
  return { items }
})

async function volunteerToKeep({ tx, actor }: Acting, id: string): Promise<VolunteerRow> {
  const row = await findVolunteer(tx, actor.streetId, id)
  if (!row) throw new Refusal('volunteering/not-found')
  return row
}

/** 登记技能: somebody saw it; a licensed one with the licence's last day. */
// Rule: 志愿服务条例 17: licensed skills need the licence.
export const putSkill = operation(contract.putSkill, async (call) => {
  const { tx, actor, at, body } = call
  const row = await volunteerToKeep(call, call.params.id)
  const kind = (await readSetting(tx, actor.streetId, skillKinds, at)).find(({ code }) => code === body.skill)
  if (!kind) throw new Refusal('volunteering/kind-unknown')
  const ended = body.ended ?? false
  if (kind.licensed && !ended && (body.licenceUntil === undefined || body.licenceUntil < dayOf(at)))
    throw new Refusal('volunteering/licence-missing')
  const skill = { code: kind.code, licenceUntil: body.licenceUntil ?? null, ended }
  await putSkillRow(tx, actor.streetId, row, { ...skill, by: actor.accountId, at })
  call.audit({ subjectType: 'person', subjectId: row.person_id, detail: { skill: kind.code, ended } })
  return viewOfOne(call, row.person_id)
})

export const recordTraining = operation(contract.recordTraining, async (call) => {
  const { tx, actor, at, body } = call
  const row = await volunteerToKeep(call, call.params.id)
  if (body.heldOn > dayOf(at)) throw new Refusal('volunteering/times-wrong')
  await insertTraining(tx, actor.streetId, row, {
    id: call.newId(),
    ...body,
    title: body.title.trim(),
    by: actor.accountId,
    at,
  })
  call.audit({ subjectType: 'person', subjectId: row.person_id, detail: { training: body.minutes } })
  return viewOfOne(call, row.person_id)
})
