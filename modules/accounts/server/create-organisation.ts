import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { findOrganisations, tryInsertOrganisations } from './organisation-store.ts'
import { organisationViews } from './organisation-view.ts'

export const createOrganisation = operation(contract.createOrganisation, async (call) => {
  const { tx, body, actor } = call
  const areaIds = [...new Set(body.areaIds ?? [])]
  const areas = await areaRefs(tx, actor.streetId, areaIds)
  if (areas.size !== areaIds.length) throw new Refusal('accounts/area-not-found')
  const id = body.id ?? call.newId()
  const organisation = { id, code: body.code.trim(), name: body.name.trim(), kind: body.kind, areaIds }
  if (!(await tryInsertOrganisations(tx, actor.streetId, [organisation])))
    throw new Refusal('accounts/code-taken')
  call.audit({ subjectType: 'organisation', subjectId: id, detail: { kind: body.kind } })
  const made = await findOrganisations(tx, actor.streetId, [id])
  const [view] = await organisationViews(tx, actor.streetId, [...made.values()])
  if (view === undefined) throw new Error('the new organisation is gone')
  return view
})
