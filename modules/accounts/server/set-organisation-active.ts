import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { changeOrganisationRow, lockOrganisation, openWorkOf } from './organisation-changes.ts'
import { organisationDetail } from './organisation-detail.ts'

/** A closed organisation gets no new cases; what it still has must be given to others or finished before. */
export const setOrganisationActive = operation(contract.setOrganisationActive, async (call) => {
  const { tx, params, body, actor, at, services } = call
  const { streetId } = actor
  const before = await lockOrganisation(tx, streetId, params.id)
  if (before === undefined) throw new Refusal('accounts/not-found')
  if (!body.active) {
    const root = await streetRoot(tx, streetId)
    // The system administrator sees no case, so the system counts: a number and nothing else comes out.
    const open = await call.asSystem(root.path, () => openWorkOf(tx, streetId, before.id))
    if (open > 0)
      throw new Refusal('accounts/organisation-has-open-work', {
        errors: [{ path: '/body/active', message: String(open) }],
      })
  }
  if (body.active !== before.active)
    await changeOrganisationRow(tx, streetId, before, { ...before, active: body.active }, at)
  call.audit({ subjectType: 'organisation', subjectId: before.id, detail: { active: body.active } })
  const view = await organisationDetail(tx, services.keys, streetId, before.id)
  if (view === undefined) throw new Error('the changed organisation is gone')
  return view
})
