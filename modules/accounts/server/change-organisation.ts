import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { changeOrganisationRow, lockOrganisation, setOrganisationAreas } from './organisation-changes.ts'
import { organisationContact, setOrganisationContact } from './organisation-contact.ts'
import { organisationDetail } from './organisation-detail.ts'
import type { OrganisationRow } from './organisation-store.ts'
import { postsInOrder } from './post-store.ts'

type ChangeCall = Call<typeof contract.changeOrganisation>

/** What is left out stays. The code never changes: imports and neighbours know the organisation by it. */
export const changeOrganisation = operation(contract.changeOrganisation, async (call) => {
  const { tx, params, body, actor, at, services } = call
  const { streetId } = actor
  const before = await lockOrganisation(tx, streetId, params.id)
  if (before === undefined) throw new Refusal('accounts/not-found')
  if (call.ifMatch !== undefined && call.ifMatch !== before.version)
    throw new Refusal('accounts/stale-version')
  if (body.signsIn === false && before.signsIn) await refuseWhilePosts(call, before)
  if (body.areaIds !== undefined) await changeAreas(call, before.id, [...new Set(body.areaIds)])
  if (body.contactPhone !== undefined || body.address !== undefined) {
    const known = await organisationContact(tx, services.keys, streetId, before.id)
    await setOrganisationContact(tx, services.keys, streetId, before.id, {
      phone: body.contactPhone === undefined ? known.phone : body.contactPhone,
      address: body.address === undefined ? known.address : body.address,
    })
  }
  const change = {
    name: body.name?.trim() ?? before.name,
    kind: body.kind ?? before.kind,
    active: before.active,
    signsIn: body.signsIn ?? before.signsIn,
    answersNeedApproval: body.answersNeedApproval ?? before.answersNeedApproval,
  }
  await changeOrganisationRow(tx, streetId, before, change, at)
  // Field names only: the phone may be that of a person.
  call.audit({
    subjectType: 'organisation',
    subjectId: before.id,
    detail: { changed: Object.keys(body).sort() },
  })
  const view = await organisationDetail(tx, services.keys, streetId, before.id)
  if (view === undefined) throw new Error('the changed organisation is gone')
  return view
})

/** Somebody who holds a post there signs in; their post has to end first. */
async function refuseWhilePosts({ tx, actor, at }: ChangeCall, { id }: OrganisationRow): Promise<void> {
  const posts = await postsInOrder(tx, actor.streetId, dayOf(at), { organisationId: id })
  if (posts.length === 0) return
  throw new Refusal('accounts/organisation-has-posts', {
    errors: [{ path: '/body/signsIn', message: String(posts.length) }],
  })
}

async function changeAreas({ tx, actor }: ChangeCall, id: string, areaIds: string[]): Promise<void> {
  const areas = await areaRefs(tx, actor.streetId, areaIds)
  if (areas.size !== areaIds.length) throw new Refusal('accounts/area-not-found')
  await setOrganisationAreas(tx, actor.streetId, id, areaIds)
}
