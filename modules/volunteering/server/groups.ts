import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { type AreaRefView, areaRefs } from '../../areas/server/index.ts'
import { findPerson, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { serviceKinds, skillKinds } from '../settings.ts'
import { type Acting, areaToRun, runs } from './acting.ts'
import {
  allGroups,
  allSeries,
  changeGroupRow,
  findGroup,
  type GroupRow,
  groupsOfPeople,
  insertGroup,
  insertSeries,
  membersOf,
  putMember,
} from './group-store.ts'

export const getChoices = operation(contract.getChoices, async ({ tx, actor, at }) => ({
  kinds: await readSetting(tx, actor.streetId, serviceKinds, at),
  skills: await readSetting(tx, actor.streetId, skillKinds, at),
}))

export const listGroups = operation(contract.listGroups, async (call) => {
  const { tx, actor } = call
  const rows = await allGroups(tx, actor.streetId)
  const me = await personOfAccount(tx, actor.streetId, actor.accountId)
  const mine = new Set((me ? await groupsOfPeople(tx, actor.streetId, [me.id]) : []).map(({ id }) => id))
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map((row) => row.area_id),
  )
  const names = (await postIndex(tx, actor.streetId)).organisations
  return { items: rows.map((row) => groupView(call, row, { areas, mine, names })) }
})

interface Around {
  areas: ReadonlyMap<string, AreaRefView>
  /** Groups to which whoever asks belongs. */
  mine: ReadonlySet<string>
  names: ReadonlyMap<string, { name: string }>
}

const groupView = ({ actor }: Acting, row: GroupRow, { areas, mine, names }: Around): contract.GroupView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  area: areas.get(row.area_id) ?? null,
  parentId: row.parent_id,
  organisation:
    row.organisation_id === null
      ? null
      : { id: row.organisation_id, name: names.get(row.organisation_id)?.name ?? '' },
  head: row.head,
  phone: row.phone,
  active: row.active,
  mine: mine.has(row.id),
  can: runs(actor, row.area),
})

export const createGroup = operation(contract.createGroup, async (call) => {
  const { tx, actor, at, body } = call
  const { area, post } = await areaToRun(call, body.areaId)
  if (body.parentId !== undefined) {
    const parent = await findGroup(tx, actor.streetId, body.parentId)
    if (parent?.kind !== 'organisation') throw new Refusal('volunteering/group-unfit')
  }
  if (body.organisationId !== undefined) await mayLink(call, body.kind, body.organisationId)
  const row: GroupRow = {
    id: call.newId(),
    area_id: area.id,
    area: area.path,
    kind: body.kind,
    name: body.name.trim(),
    parent_id: body.parentId ?? null,
    organisation_id: body.organisationId ?? null,
    head: body.head.trim(),
    phone: body.phone.trim(),
    active: true,
  }
  if (!(await insertGroup(tx, actor.streetId, row, { account: actor.accountId, at })))
    throw new Refusal('volunteering/name-taken')
  call.audit({
    subjectType: 'volunteer-group',
    subjectId: row.id,
    postId: post.id,
    detail: { kind: row.kind, organisation: row.organisation_id },
  })
  return viewOf(call, row)
})

async function viewOf(call: Acting, row: GroupRow): Promise<contract.GroupView> {
  const { tx, actor } = call
  const areas = await areaRefs(tx, actor.streetId, [row.area_id])
  const names = (await postIndex(tx, actor.streetId)).organisations
  return groupView(call, row, { areas, mine: new Set(), names })
}

/**
 * An organisation of the register, and never one's own: whoever holds a post there would make it earn. The committee
 * watches and earns nothing.
 * @throws Refusal volunteering/group-unfit, volunteering/own-organisation
 */
// Rule: rights.md, separation by person: nobody confirms their own points.
async function mayLink(
  { tx, actor }: Acting,
  kind: contract.GroupKind,
  organisationId: string,
): Promise<void> {
  const { organisations } = await postIndex(tx, actor.streetId)
  if (kind === 'committee' || !organisations.get(organisationId)?.active)
    throw new Refusal('volunteering/group-unfit')
  if (actor.posts.some((post) => post.organisationId === organisationId))
    throw new Refusal('volunteering/own-organisation')
}

export const changeGroup = operation(contract.changeGroup, async (call) => {
  const { tx, actor, at, body } = call
  const before = await groupToRun(call, call.params.id)
  const { organisationId = before.organisation_id } = body
  if (organisationId !== null && organisationId !== before.organisation_id)
    await mayLink(call, before.kind, organisationId)
  const row: GroupRow = {
    ...before,
    name: body.name?.trim() ?? before.name,
    head: body.head?.trim() ?? before.head,
    phone: body.phone?.trim() ?? before.phone,
    active: body.active ?? before.active,
    organisation_id: organisationId,
  }
  try {
    await changeGroupRow(tx, actor.streetId, row, at)
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw new Refusal('volunteering/name-taken')
    throw error
  }
  call.audit({
    subjectType: 'volunteer-group',
    subjectId: row.id,
    detail: { organisation: organisationId, active: row.active },
  })
  return viewOf(call, row)
})

/** @throws Refusal volunteering/not-found outside one's areas: members are people */
async function groupToRun({ tx, actor }: Acting, id: string): Promise<GroupRow> {
  const row = await findGroup(tx, actor.streetId, id)
  if (!row || !runs(actor, row.area)) throw new Refusal('volunteering/not-found')
  return row
}

async function memberViews({ tx, actor }: Acting, group: GroupRow) {
  const rows = await membersOf(tx, actor.streetId, group.id)
  return {
    items: rows.map((row) => ({
      personId: row.person_id,
      name: row.name_masked,
      part: row.part,
      since: row.since.toISOString(),
    })),
  }
}

export const listMembers = operation(contract.listMembers, async (call) => {
  const group = await groupToRun(call, call.params.id)
  const views = await memberViews(call, group)
  call.audit({ subjectType: 'volunteer-group', subjectId: group.id, detail: { members: views.items.length } })
  return views
})

export const setMember = operation(contract.setMember, async (call) => {
  const { tx, actor, at, body } = call
  const group = await groupToRun(call, call.params.id)
  const person = await findPerson(tx, actor.streetId, body.personId)
  if (!person) throw new Refusal('volunteering/not-found')
  await putMember(tx, actor.streetId, group, person, body.part, at)
  call.audit({
    subjectType: 'volunteer-group',
    subjectId: group.id,
    detail: { person: person.id, part: body.part },
  })
  return memberViews(call, group)
})

export const listSeries = operation(contract.listSeries, async ({ tx, actor }) => {
  const rows = await allSeries(tx, actor.streetId)
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map((row) => row.area_id),
  )
  return {
    items: rows.map(({ id, name, audience, area_id }) => ({
      id,
      name,
      audience,
      area: areas.get(area_id) ?? null,
    })),
  }
})

/** 系列活动: 细心护苗, 孝心敬老 … are names that a community gives. */
export const createSeries = operation(contract.createSeries, async (call) => {
  const { tx, actor, at, body } = call
  const { area, post } = await areaToRun(call, body.areaId)
  const id = call.newId()
  const row = {
    id,
    area_id: area.id,
    area: area.path,
    name: body.name.trim(),
    audience: body.audience?.trim() || null,
  }
  if (!(await insertSeries(tx, actor.streetId, row, { account: actor.accountId, at })))
    throw new Refusal('volunteering/name-taken')
  call.audit({ subjectType: 'activity-series', subjectId: id, postId: post.id })
  const areas = await areaRefs(tx, actor.streetId, [area.id])
  return { id, name: row.name, audience: row.audience, area: areas.get(area.id) ?? null }
})
