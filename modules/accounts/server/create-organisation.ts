import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { setOrganisationContact } from './organisation-contact.ts'
import { findOrganisations, tryInsertOrganisations } from './organisation-store.ts'
import { organisationViews } from './organisation-view.ts'

export const createOrganisation = operation(contract.createOrganisation, async (call) => {
  const { tx, body, actor, services } = call
  const areaIds = [...new Set(body.areaIds ?? [])]
  const areas = await areaRefs(tx, actor.streetId, areaIds)
  if (areas.size !== areaIds.length) throw new Refusal('accounts/area-not-found')
  const id = body.id ?? call.newId()
  const { kind, signsIn = true, answersNeedApproval = false } = body
  const words = { code: body.code.trim(), name: body.name.trim() }
  const organisation = { id, ...words, kind, areaIds, signsIn, answersNeedApproval }
  if (!(await tryInsertOrganisations(tx, actor.streetId, [organisation])))
    throw new Refusal('accounts/code-taken')
  const { contactPhone = null, address = null } = body
  if (contactPhone !== null || address !== null)
    await setOrganisationContact(tx, services.keys, actor.streetId, id, { phone: contactPhone, address })
  call.audit({ subjectType: 'organisation', subjectId: id, detail: { kind } })
  const made = await findOrganisations(tx, actor.streetId, [id])
  const [view] = await organisationViews(tx, actor.streetId, [...made.values()])
  if (view === undefined) throw new Error('the new organisation is gone')
  return view
})
