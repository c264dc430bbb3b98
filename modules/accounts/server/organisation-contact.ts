/** Phone and address of an organisation for a printed order, sealed by column. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'

export interface OrganisationContact {
  phone: string | null
  address: string | null
}

/** What stands on a printed order; nulls where nothing is known. */
export async function organisationContact(
  tx: Tx,
  keys: Keys,
  streetId: number,
  id: string,
): Promise<OrganisationContact> {
  const row = await tx.maybe(
    sql<{ phone: string | null; address: string | null }>`select phone_encrypted as phone,
      address_encrypted as address from organisation_contacts
      where street_id = ${streetId} and organisation_id = ${id}`,
  )
  const open = (column: string, sealed: string | null | undefined) =>
    sealed ? keys.open(`organisation_contacts.${column}.${id}`, sealed) : null
  return { phone: open('phone', row?.phone), address: open('address', row?.address) }
}

/** Keeps a phone and address in place of what was known; an empty one is none. */
export async function setOrganisationContact(
  tx: Tx,
  keys: Keys,
  streetId: number,
  id: string,
  contact: OrganisationContact,
): Promise<void> {
  const seal = (column: string, value: string | null) => {
    const text = value?.trim() ?? ''
    return text === '' ? null : keys.seal(`organisation_contacts.${column}.${id}`, text)
  }
  const [phone, address] = [seal('phone', contact.phone), seal('address', contact.address)]
  await tx.run(sql`insert into organisation_contacts (street_id, organisation_id, phone_encrypted, address_encrypted)
    values (${streetId}, ${id}, ${phone}, ${address})
    on conflict (street_id, organisation_id) do update
      set phone_encrypted = ${phone}, address_encrypted = ${address}`)
}
