/** New accounts with their sealed contacts: one by one from an operation, in bulk from the demo, CLI and tests. */
import { sql } from 'kysely'
import { normaliseMobile } from '../../../lib/codes.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { oneTimeUntil } from '../rules/one-time-until.ts'
import { addMemberships, normaliseUsername } from './account-store.ts'

export interface NewAccount {
  id: string
  kind: 'staff' | 'resident'
  /** Staff only. */
  username?: string
  /** A staff member's own name; a resident needs none. */
  displayName?: string
  /** A resident's phone is their sign-in and must be a mobile number. */
  phone?: string
  /** From `hashPassword`; without one nobody can sign in. */
  passwordHash?: string
  /** The hash is of a one-time password, which ends by itself (`oneTimeUntil`). */
  mustChangePassword?: boolean
  /** A second factor enrolled already, in base32. */
  totpSecret?: string
}

export const phoneIndex = (keys: Keys, phone: string) => keys.blindIndex('phone', phone)
const phoneTailIndex = (keys: Keys, phone: string) => keys.blindIndex('phone-tail', phone.slice(-4))

/** Adds them to the street. Throws when a user name, phone or id is taken: nothing may be kept then. */
export async function insertAccounts(
  tx: Tx,
  keys: Keys,
  streetId: number,
  at: Date,
  accounts: readonly NewAccount[],
): Promise<void> {
  if (!(await tryInsertAccounts(tx, keys, streetId, at, accounts)))
    throw new Error('a user name, phone or id of the new accounts is taken')
}

/** As insertAccounts, but false when a user name, phone or id is taken; the transaction must then be given up. */
export async function tryInsertAccounts(
  tx: Tx,
  keys: Keys,
  streetId: number,
  at: Date,
  accounts: readonly NewAccount[],
): Promise<boolean> {
  const rows = accounts.map((account) => ({
    id: account.id,
    kind: account.kind,
    username: account.username === undefined ? null : normaliseUsername(account.username),
    password_hash: account.passwordHash ?? null,
    must_change_password: account.mustChangePassword ?? false,
    one_time_until: account.mustChangePassword ? oneTimeUntil(at).toISOString() : null,
    totp_secret:
      account.totpSecret === undefined
        ? null
        : keys.seal(`accounts.totp_secret.${account.id}`, account.totpSecret),
    totp_confirmed_at: account.totpSecret === undefined ? null : at.toISOString(),
    created_at: at.toISOString(),
  }))
  const added =
    await tx.run(sql`insert into accounts (id, kind, username, password_hash, must_change_password, one_time_until,
      totp_secret, totp_confirmed_at, created_at)
    select id, kind, username, password_hash, must_change_password, one_time_until, totp_secret, totp_confirmed_at, created_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, kind text, username text, password_hash text,
      must_change_password boolean, one_time_until timestamptz, totp_secret text, totp_confirmed_at timestamptz, created_at timestamptz)
    on conflict do nothing`)
  if (added !== accounts.length) return false
  const contacts = JSON.stringify(accounts.map((account) => contactRow(keys, account)))
  const withContact =
    await tx.run(sql`insert into account_contacts (account_id, name_encrypted, phone_encrypted, phone_index, phone_tail_index)
    select account_id, name_encrypted, phone_encrypted, phone_index, phone_tail_index
    from jsonb_to_recordset(${contacts}::jsonb) as r(account_id uuid, name_encrypted text, phone_encrypted text,
      phone_index text, phone_tail_index text) on conflict do nothing`)
  if (withContact !== accounts.length) return false
  await addMemberships(
    tx,
    streetId,
    accounts.map((account) => account.id),
    at,
  )
  return true
}

function contactRow(keys: Keys, account: NewAccount) {
  const { id, displayName } = account
  const phone = account.phone === undefined ? undefined : normaliseMobile(account.phone)
  if (account.kind === 'resident' && phone === undefined) throw new Error('a resident needs a mobile number')
  // Only residents are found by phone: a grid worker may also be a resident, with the same number.
  const indexed = account.kind === 'resident' ? phone : undefined
  return {
    account_id: id,
    name_encrypted: displayName === undefined ? null : keys.seal(`account_contacts.name.${id}`, displayName),
    phone_encrypted: phone === undefined ? null : keys.seal(`account_contacts.phone.${id}`, phone),
    phone_index: indexed === undefined ? null : phoneIndex(keys, indexed),
    phone_tail_index: indexed === undefined ? null : phoneTailIndex(keys, indexed),
  }
}
