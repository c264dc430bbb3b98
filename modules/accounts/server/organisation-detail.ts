import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { OrganisationDetail } from '../contract.ts'
import { formerNamesOf } from './organisation-changes.ts'
import { organisationContact } from './organisation-contact.ts'
import { findOrganisations } from './organisation-store.ts'
import { organisationViews } from './organisation-view.ts'

/** One organisation whole; undefined when the street has none of this id. */
export async function organisationDetail(
  tx: Tx,
  keys: Keys,
  streetId: number,
  id: string,
): Promise<OrganisationDetail | undefined> {
  const rows = await findOrganisations(tx, streetId, [id])
  const [view] = await organisationViews(tx, streetId, [...rows.values()])
  if (view === undefined) return undefined
  const contact = await organisationContact(tx, keys, streetId, id)
  const former = await formerNamesOf(tx, streetId, id)
  return {
    ...view,
    contactPhone: contact.phone,
    address: contact.address,
    formerNames: former.map(({ name, until }) => ({ name, untilAt: until.toISOString() })),
  }
}
