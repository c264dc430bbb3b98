import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIdsUnder } from '../../areas/server/index.ts'
import { findPerson, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { isInsured } from '../rules/may-serve.ts'
import { festivals, serviceKinds, skillKinds } from '../settings.ts'
import { type Acting, areaToRun, humansBehind, inStreet, runs } from './acting.ts'
import {
  type ActivityRow,
  activitiesOf,
  cancelRow,
  findActivity,
  insertActivity,
  insertEvaluation,
  lockActivity,
  openRow,
  shiftsOf,
} from './activity-store.ts'
import { activityView, activityViews, hasInterest, insuranceOf } from './activity-view.ts'
import { allSeries, findGroup } from './group-store.ts'
import { peopleInActivity } from './session-store.ts'
import { signUpsOfPerson } from './sign-up-store.ts'
import { tellCalledOff } from './tell-volunteers.ts'

const longestMs = 24 * 3_600_000

/** 新建活动: a draft with its shifts. A shift may lie in the past, where a sheet is written down afterwards; the pattern board sees that. */
export const planActivity = operation(contract.planActivity, async (call) => {
  const { tx, actor, at, body } = call
  const { area, post } = await areaToRun(call, body.areaId)
  await checkChoices(call, body)
  const shifts = body.shifts.map((shift) => ({
    id: call.newId(),
    starts_at: new Date(shift.startsAt),
    ends_at: new Date(shift.endsAt),
    places: shift.places,
  }))
  for (const { starts_at, ends_at } of shifts) {
    const length = ends_at.getTime() - starts_at.getTime()
    if (length <= 0 || length > longestMs) throw new Refusal('volunteering/times-wrong')
  }
  const id = call.newId()
  const row = {
    id,
    area_id: area.id,
    area: area.path,
    group_id: body.groupId,
    series_id: body.seriesId ?? null,
    festival: body.festival ?? null,
    organiser_id: body.organiserId ?? null,
    kind: body.kind,
    title: body.title.trim(),
    content: body.content.trim(),
    place_text: body.placeText.trim(),
    risk: body.risk,
    insurance_policy: body.insurance?.policy.trim() ?? null,
    insured_from: body.insurance ? new Date(body.insurance.from) : null,
    insured_until: body.insurance ? new Date(body.insurance.until) : null,
    skill: body.skill ?? null,
    min_age: body.minAge ?? (body.risk === 'dangerous' ? 18 : 14),
    lead_id: body.leadId ?? null,
    created_at: at,
    created_by: actor.accountId,
  }
  await insertActivity(tx, actor.streetId, row, shifts)
  call.audit({ subjectType: 'activity', subjectId: id, postId: post.id, detail: { shifts: shifts.length } })
  return activityView(call, id)
})

interface Choices {
  kind: string
  skill?: string
  groupId: string
  seriesId?: string
  festival?: string
  organiserId?: string
  leadId?: string
}

async function checkChoices({ tx, actor, at }: Acting, body: Choices): Promise<void> {
  const { streetId } = actor
  const kinds = await readSetting(tx, streetId, serviceKinds, at)
  const skills = await readSetting(tx, streetId, skillKinds, at)
  const knows = (list: readonly { code: string }[], code: string) => list.some((one) => one.code === code)
  if (!knows(kinds, body.kind) || (body.skill !== undefined && !knows(skills, body.skill)))
    throw new Refusal('volunteering/kind-unknown')
  if (body.festival !== undefined && !knows(await readSetting(tx, streetId, festivals, at), body.festival))
    throw new Refusal('volunteering/kind-unknown')
  if (
    body.organiserId !== undefined &&
    !(await postIndex(tx, streetId)).organisations.get(body.organiserId)?.active
  )
    throw new Refusal('volunteering/not-found')
  const group = await findGroup(tx, streetId, body.groupId)
  if (!group?.active || group.kind === 'committee' || !runs(actor, group.area))
    throw new Refusal('volunteering/group-unfit')
  if (body.seriesId !== undefined && !(await allSeries(tx, streetId)).some(({ id }) => id === body.seriesId))
    throw new Refusal('volunteering/not-found')
  if (body.leadId !== undefined && !(await findPerson(tx, streetId, body.leadId)))
    throw new Refusal('volunteering/not-found')
}

/** @throws Refusal volunteering/not-found */
export async function activityToRun({ tx, actor }: Acting, id: string): Promise<ActivityRow> {
  const row = await findActivity(tx, actor.streetId, id)
  if (!row || !runs(actor, row.area)) throw new Refusal('volunteering/not-found')
  await lockActivity(tx, actor.streetId, id)
  return row
}

/** 发布: the database refuses a dangerous one without insurance too. */
// Rule: 志愿服务条例 16: insurance before, for the whole length.
export const openActivity = operation(contract.openActivity, async (call) => {
  const { tx, actor, at, body } = call
  const row = await activityToRun(call, call.params.id)
  if (row.state !== 'draft') throw new Refusal('volunteering/wrong-state')
  const insurance = body.insurance
    ? {
        policy: body.insurance.policy.trim(),
        from: new Date(body.insurance.from),
        until: new Date(body.insurance.until),
      }
    : null
  const facts = insurance ? { risk: row.risk, ...insurance } : insuranceOf(row)
  if (!isInsured(facts, await shiftsOf(tx, actor.streetId, [row.id])))
    throw new Refusal('volunteering/insurance-missing')
  await openRow(tx, actor.streetId, row.id, insurance, { account: actor.accountId, at })
  call.audit({ subjectType: 'activity', subjectId: row.id, detail: { risk: row.risk } })
  return activityView(call, row.id)
})

export const cancelActivity = operation(contract.cancelActivity, async (call) => {
  const { tx, actor, body } = call
  const row = await activityToRun(call, call.params.id)
  if (row.state === 'cancelled') throw new Refusal('volunteering/wrong-state')
  await cancelRow(tx, actor.streetId, row.id, body.reason.trim())
  if (row.state === 'open') await inStreet(call, () => tellCalledOff(call, row))
  call.audit({ subjectType: 'activity', subjectId: row.id })
  return activityView(call, row.id)
})

export const listActivities = operation(contract.listActivities, async (call) => {
  const { tx, actor, at, query } = call
  const { streetId } = actor
  const me = query.mine ? await personOfAccount(tx, streetId, actor.accountId) : undefined
  const rows = await activitiesOf(tx, streetId, {
    when: query.when ?? 'coming',
    at,
    areaIds: query.areaId ? await areaIdsUnder(tx, streetId, query.areaId) : undefined,
    kind: query.kind,
    seriesId: query.seriesId,
    ids: me ? (await signUpsOfPerson(tx, streetId, me.id)).map((one) => one.activity_id) : undefined,
  })
  const shown = rows.filter(({ state, area }) => state !== 'draft' || runs(actor, area))
  return { items: query.mine && !me ? [] : await activityViews(call, shown) }
})

export const getActivity = operation(contract.getActivity, (call) => activityView(call, call.params.id))

/** 评价: by whoever was served; whoever served there does not praise themselves. */
export const evaluateActivity = operation(contract.evaluateActivity, async (call) => {
  const { tx, actor, at, body } = call
  const row = await findActivity(tx, actor.streetId, call.params.id)
  if (!row || row.state === 'draft') throw new Refusal('volunteering/not-found')
  const shifts = await shiftsOf(tx, actor.streetId, [row.id])
  if (row.state !== 'open' || shifts.every(({ starts_at }) => starts_at > at))
    throw new Refusal('volunteering/wrong-state')
  const me = await humansBehind(call)
  const served = await inStreet(call, () => peopleInActivity(tx, actor.streetId, row.id))
  if (
    hasInterest(call, row) ||
    (row.lead_id !== null && me.has(row.lead_id)) ||
    served.some((id) => me.has(id))
  )
    throw new Refusal('volunteering/own-hours')
  const added = await insertEvaluation(tx, actor.streetId, row, {
    account: actor.accountId,
    satisfaction: body.satisfaction,
    words: body.words?.trim() || null,
    at,
  })
  if (!added) throw new Refusal('volunteering/confirmed-already')
  call.audit({ subjectType: 'activity', subjectId: row.id, detail: { satisfaction: body.satisfaction } })
  return {}
})
