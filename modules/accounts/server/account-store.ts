/** All SQL on accounts, their contacts and memberships. Accounts are global; memberships say which street knows one. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { afterFailure, type SignInRecord } from '../rules/lock-out.ts'

export interface AccountRow {
  id: string
  kind: 'staff' | 'resident'
  username: string | null
  password_hash: string | null
  must_change_password: boolean
  one_time_until: Date | null
  totp_secret: string | null
  totp_confirmed_at: Date | null
  totp_pending_secret: string | null
  totp_last_step: number | null
  disabled_at: Date | null
  failed_sign_ins: number
  locked_until: Date | null
  last_sign_in_at: Date | null
}

const columns = sql`a.id, a.kind, a.username, a.password_hash, a.must_change_password, a.one_time_until, a.totp_secret, a.totp_confirmed_at,
  a.totp_pending_secret, a.totp_last_step, a.disabled_at, a.failed_sign_ins, a.locked_until, a.last_sign_in_at`

/** User names are compared without regard to case or width. */
export function normaliseUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase()
}

export function findStaffByUsername(tx: Tx, username: string): Promise<AccountRow | undefined> {
  return tx.maybe(
    sql<AccountRow>`select ${columns} from accounts a where a.kind = 'staff' and a.username = ${normaliseUsername(username)}`,
  )
}

export function findAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  return tx.maybe(sql<AccountRow>`select ${columns} from accounts a where a.id = ${id}`)
}

/** A staff account that this street made, locked until the end of the transaction. */
export function lockStaffOfStreet(tx: Tx, streetId: number, id: string): Promise<AccountRow | undefined> {
  return tx.maybe(sql<AccountRow>`select ${columns} from accounts a join memberships m on m.account_id = a.id
    where m.street_id = ${streetId} and a.id = ${id} and a.kind = 'staff' for update of a`)
}

/** Staff accounts of the street by user name, after the given one. Without a limit: all. */
export function staffOfStreet(
  tx: Tx,
  streetId: number,
  after: string | undefined,
  limit: number | undefined,
): Promise<AccountRow[]> {
  return tx.many(sql<AccountRow>`select ${columns} from accounts a join memberships m on m.account_id = a.id
    where m.street_id = ${streetId} and a.kind = 'staff' and a.username > ${after ?? ''}
    order by a.username limit ${limit ?? null}::integer`)
}

export async function recordSignIn(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update accounts set failed_sign_ins = 0, locked_until = null, last_sign_in_at = ${at}
    where id = ${id}`)
}

/** Counts a failure under a lock on the row, so that two at once count as two. */
export async function recordFailure(tx: Tx, id: string, at: Date): Promise<SignInRecord> {
  const row = await tx.one(
    sql<{ failures: number; lockedUntil: Date | null }>`select failed_sign_ins as failures,
      locked_until as "lockedUntil" from accounts where id = ${id} for update`,
  )
  const next = afterFailure(row, at)
  await tx.run(sql`update accounts set failed_sign_ins = ${next.failures}, locked_until = ${next.lockedUntil}
    where id = ${id}`)
  return next
}

/** Uses up a time step; false when it or a later one was used before. */
export async function useTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const changed = await tx.run(sql`update accounts set totp_last_step = ${step}
    where id = ${id} and coalesce(totp_last_step, 0) < ${step}`)
  return changed === 1
}

export async function setPendingTotp(tx: Tx, id: string, sealedSecret: string): Promise<void> {
  await tx.run(sql`update accounts set totp_pending_secret = ${sealedSecret} where id = ${id}`)
}

export async function confirmPendingTotp(
  tx: Tx,
  id: string,
  sealedSecret: string,
  step: number,
  at: Date,
): Promise<void> {
  await tx.run(sql`update accounts set totp_secret = ${sealedSecret}, totp_pending_secret = null,
    totp_confirmed_at = ${at}, totp_last_step = ${step} where id = ${id}`)
}

export async function setPassword(tx: Tx, id: string, hash: string): Promise<void> {
  await tx.run(sql`update accounts set password_hash = ${hash}, must_change_password = false, one_time_until = null,
    failed_sign_ins = 0, locked_until = null where id = ${id}`)
}

/** The account is open again for whoever is handed the password, in time, and for nothing before it is changed. */
export async function setOneTimePassword(tx: Tx, id: string, hash: string, until: Date): Promise<void> {
  await tx.run(sql`update accounts set password_hash = ${hash}, must_change_password = true, one_time_until = ${until},
    failed_sign_ins = 0, locked_until = null where id = ${id}`)
}

/** A begun enrolment is forgotten too. The last time step stays: an old code is not good a second time. */
export async function forgetTotp(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update accounts set totp_secret = null, totp_confirmed_at = null, totp_pending_secret = null
    where id = ${id}`)
}

/** Enabling also opens a lock: who disables and enables an account has looked at it. */
export async function setDisabled(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.run(sql`update accounts set disabled_at = ${at}, failed_sign_ins = 0, locked_until = null
    where id = ${id}`)
}

export interface ContactRow {
  id: string
  kind: 'staff' | 'resident'
  username: string | null
  name_encrypted: string | null
  phone_encrypted: string | null
}

export function contactsOf(tx: Tx, ids: readonly string[]): Promise<ContactRow[]> {
  return tx.many(sql<ContactRow>`select a.id, a.kind, a.username, c.name_encrypted, c.phone_encrypted
    from accounts a left join account_contacts c on c.account_id = a.id where a.id = any(${ids}::uuid[])`)
}

export function findResidentByPhoneIndex(tx: Tx, phoneIndex: string): Promise<AccountRow | undefined> {
  return tx.maybe(sql<AccountRow>`select ${columns} from accounts a join account_contacts c on c.account_id = a.id
    where c.phone_index = ${phoneIndex} and a.kind = 'resident'`)
}

/** Which of these indexes belong to a resident. */
export async function knownPhoneIndexes(tx: Tx, indexes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many(sql<{ phone_index: string }>`select phone_index from account_contacts
    where phone_index = any(${indexes}::text[])`)
  return new Set(rows.map((row) => row.phone_index))
}

export async function knownUsernames(tx: Tx, usernames: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many(sql<{ username: string }>`select username from accounts
    where username = any(${usernames}::text[]) and disabled_at is null`)
  return new Set(rows.map((row) => row.username))
}

/** A street named by a resident, or the street that makes a staff account. */
export async function addMemberships(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  await tx.run(sql`insert into memberships (street_id, account_id, since)
    select ${streetId}, id, ${at} from unnest(${ids}::uuid[]) as id on conflict do nothing`)
}

export interface StreetRow {
  id: number
  code: string
  name: string
}

/** Streets of a resident. The transaction must not have entered a street yet. */
export function streetsOfResident(tx: Tx, accountId: string): Promise<StreetRow[]> {
  return tx.many(sql<StreetRow>`select s.street_id as id, s.code, s.name from memberships m
    join streets s on s.street_id = m.street_id where m.account_id = ${accountId} order by s.street_id`)
}

/** Streets in which a staff member holds a current post. */
export function streetsOfStaff(tx: Tx, accountId: string, at: Date): Promise<StreetRow[]> {
  return tx.many(
    sql<StreetRow>`select street_id as id, code, name from streets_of_account(${accountId}, ${at})`,
  )
}

export function findStreetByCode(tx: Tx, code: string): Promise<StreetRow | undefined> {
  return tx.maybe(sql<StreetRow>`select street_id as id, code, name from streets where code = ${code}`)
}

export function getStreet(tx: Tx, id: number): Promise<StreetRow> {
  return tx.one(sql<StreetRow>`select street_id as id, code, name from streets where street_id = ${id}`)
}

/** The first streets of the system, at most `limit`. */
export function someStreets(tx: Tx, limit: number): Promise<StreetRow[]> {
  return tx.many(
    sql<StreetRow>`select street_id as id, code, name from streets order by street_id limit ${limit}`,
  )
}
