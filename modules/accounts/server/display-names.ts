import { maskPhone } from '../../../lib/mask.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { type ContactRow, contactsOf } from './account-store.ts'

/** A staff member's own name, a resident's masked phone; never a phone in clear. */
function displayNameOf(keys: Keys, row: ContactRow): string {
  if (row.kind === 'resident')
    return row.phone_encrypted === null
      ? '***'
      : maskPhone(keys.open(`account_contacts.phone.${row.id}`, row.phone_encrypted))
  if (row.name_encrypted === null) return row.username ?? ''
  return keys.open(`account_contacts.name.${row.id}`, row.name_encrypted)
}

/** Display names by account id, in one round trip. Unknown ids are left out. */
export async function displayNames(tx: Tx, keys: Keys, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await contactsOf(tx, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, displayNameOf(keys, row)]))
}
