import { sql } from 'kysely'
import { normaliseMobile } from '../../../lib/codes.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { contactsOf, findResidentByPhoneIndex } from './account-store.ts'

/** The account of the resident with this mobile number, if they have one. */
export async function findResidentByPhone(tx: Tx, keys: Keys, phone: string): Promise<string | undefined> {
  const mobile = normaliseMobile(phone)
  return mobile ? (await findResidentByPhoneIndex(tx, keys.blindIndex('phone', mobile)))?.id : undefined
}

/** What a resident left with their account, in clear: for the contact of a case that they file. */
export async function residentContact(
  tx: Tx,
  keys: Keys,
  accountId: string,
): Promise<{ name: string | undefined; phone: string | undefined }> {
  const [row] = await contactsOf(tx, [accountId])
  const open = (field: 'name' | 'phone', sealed: string | null | undefined) =>
    sealed ? keys.open(`account_contacts.${field}.${accountId}`, sealed) : undefined
  return { name: open('name', row?.name_encrypted), phone: open('phone', row?.phone_encrypted) }
}

/** The phone of an account in clear, for telling its holder something; the worker may read this and no more of a contact. */
export async function phoneOfAccount(tx: Tx, keys: Keys, accountId: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{
      phone: string | null
    }>`select phone_encrypted as phone from account_contacts where account_id = ${accountId}`,
  )
  return row?.phone ? keys.open(`account_contacts.phone.${accountId}`, row.phone) : undefined
}
