/** All SQL on people, their contacts and the consent of their guardians. Row security shows those of the actor's areas and themselves. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface PersonRow {
  id: string
  area_id: string
  area: string
  account_id: string | null
  birth_on: Day
  name_masked: string
  version: number
}

export interface ContactRow {
  person_id: string
  name_encrypted: string
  phone_encrypted: string | null
  phone_index: string | null
  id_number_encrypted: string | null
}

export interface NewPersonRow extends Omit<PersonRow, 'version'> {
  created_by: string
  created_at: Date
  contact: Omit<ContactRow, 'person_id'> & { name_index: string; id_number_index: string | null }
}

const columns = sql`id, area_id, area::text as area, account_id, birth_on, name_masked, version`

/** False when the account or the identity number stands in the register already; the transaction must then be given up. */
export async function insertPerson(tx: Tx, streetId: number, row: NewPersonRow): Promise<boolean> {
  const added = await tx.run(
    sql`insert into people (street_id, id, area_id, area, account_id, birth_on, name_masked, created_by, created_at)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.account_id}, ${row.birth_on}, ${row.name_masked},
        ${row.created_by}, ${row.created_at}) on conflict do nothing`,
  )
  if (added !== 1) return false
  const { contact } = row
  const reached = await tx.run(
    sql`insert into person_contacts (street_id, person_id, area, account_id, name_encrypted, name_index, phone_encrypted,
        phone_index, id_number_encrypted, id_number_index)
      values (${streetId}, ${row.id}, ${row.area}::ltree, ${row.account_id}, ${contact.name_encrypted}, ${contact.name_index},
        ${contact.phone_encrypted}, ${contact.phone_index}, ${contact.id_number_encrypted}, ${contact.id_number_index})
      on conflict do nothing`,
  )
  return reached === 1
}

export const findPersonRow = (tx: Tx, streetId: number, id: string): Promise<PersonRow | undefined> =>
  tx.maybe(sql<PersonRow>`select ${columns} from people where street_id = ${streetId} and id = ${id}`)

export const lockPerson = (tx: Tx, streetId: number, id: string): Promise<PersonRow | undefined> =>
  tx.maybe(
    sql<PersonRow>`select ${columns} from people where street_id = ${streetId} and id = ${id} for update`,
  )

export const personRowOfAccount = (
  tx: Tx,
  streetId: number,
  accountId: string,
): Promise<PersonRow | undefined> =>
  tx.maybe(
    sql<PersonRow>`select ${columns} from people where street_id = ${streetId} and account_id = ${accountId}`,
  )

export const personRows = (tx: Tx, streetId: number, ids: readonly string[]): Promise<PersonRow[]> =>
  tx.many(
    sql<PersonRow>`select ${columns} from people where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )

export const contactRows = (tx: Tx, streetId: number, ids: readonly string[]): Promise<ContactRow[]> =>
  tx.many(
    sql<ContactRow>`select person_id, name_encrypted, phone_encrypted, phone_index, id_number_encrypted from person_contacts
      where street_id = ${streetId} and person_id = any(${[...ids]}::uuid[])`,
  )

/** Ids of people whose phone, name or identity number has one of these blind indexes; at most twenty. */
export async function idsByIndex(
  tx: Tx,
  streetId: number,
  indexes: { phone?: string | undefined; name?: string | undefined; idNumber?: string | undefined },
): Promise<string[]> {
  const any: RawBuilder<unknown>[] = [sql`false`]
  if (indexes.phone !== undefined) any.push(sql`phone_index = ${indexes.phone}`)
  if (indexes.name !== undefined) any.push(sql`name_index = ${indexes.name}`)
  if (indexes.idNumber !== undefined) any.push(sql`id_number_index = ${indexes.idNumber}`)
  const rows = await tx.many(
    sql<{ id: string }>`select person_id as id from person_contacts
      where street_id = ${streetId} and (${sql.join(any, sql` or `)}) order by person_id limit 20`,
  )
  return rows.map(({ id }) => id)
}

/** Whether somebody with this name and this phone stands in the register: the same person a second time. */
export async function isKnown(tx: Tx, streetId: number, name: string, phone: string): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from person_contacts where street_id = ${streetId} and name_index = ${name} and phone_index = ${phone} limit 1`,
  )
  return row !== undefined
}

/** What is corrected of a person, each field whole. @returns false when the identity number is somebody else's */
export async function changePerson(
  tx: Tx,
  streetId: number,
  id: string,
  to: Pick<PersonRow, 'birth_on' | 'name_masked'> & { contact: NewPersonRow['contact'] },
): Promise<boolean> {
  const { contact } = to
  const taken =
    contact.id_number_index !== null &&
    (await tx.maybe(sql`select 1 from person_contacts where street_id = ${streetId} and person_id <> ${id}
      and id_number_index = ${contact.id_number_index}`)) !== undefined
  if (taken) return false
  await tx.run(
    sql`update people set birth_on = ${to.birth_on}, name_masked = ${to.name_masked}, version = version + 1
      where street_id = ${streetId} and id = ${id}`,
  )
  await tx.run(
    sql`update person_contacts set name_encrypted = ${contact.name_encrypted}, name_index = ${contact.name_index},
        phone_encrypted = ${contact.phone_encrypted}, phone_index = ${contact.phone_index},
        id_number_encrypted = ${contact.id_number_encrypted}, id_number_index = ${contact.id_number_index}
      where street_id = ${streetId} and person_id = ${id}`,
  )
  return true
}

export interface NewConsent {
  id: string
  act: 'given' | 'withdrawn'
  guardian: string | null
  phone: string | null
  relation: string | null
  at: Date
  by: string
}

export const insertConsent = (
  tx: Tx,
  streetId: number,
  person: PersonRow,
  consent: NewConsent,
): Promise<number> =>
  tx.run(
    sql`insert into guardian_consents (street_id, person_id, id, area, account_id, act, guardian_encrypted, phone_encrypted,
        relation, at, by_account)
      values (${streetId}, ${person.id}, ${consent.id}, ${person.area}::ltree, ${person.account_id}, ${consent.act},
        ${consent.guardian}, ${consent.phone}, ${consent.relation}, ${consent.at}, ${consent.by})`,
  )

export interface ConsentRow {
  person_id: string
  id: string
  act: 'given' | 'withdrawn'
  guardian_encrypted: string | null
  relation: string | null
  at: Date
}

/** The last act of a guardian by person. */
export async function lastConsents(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
): Promise<Map<string, ConsentRow>> {
  const rows = await tx.many(
    sql<ConsentRow>`select distinct on (person_id) person_id, id, act, guardian_encrypted, relation, at from guardian_consents
      where street_id = ${streetId} and person_id = any(${[...ids]}::uuid[]) order by person_id, at desc, id desc`,
  )
  return new Map(rows.map((row) => [row.person_id, row]))
}

export interface ReadOfPerson {
  at: Date
  id: string
  operation: string
  actor_id: string | null
  post_id: string | null
  field: string | null
  reason: string | null
}

/** Newest first, what the trail holds about a person. */
export const readsOfPerson = (
  tx: Tx,
  streetId: number,
  id: string,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<ReadOfPerson[]> =>
  tx.many(
    sql<ReadOfPerson>`select at, id, operation, actor_id, post_id, detail->>'field' as field, detail->>'reason' as reason
      from audit_entries
      where street_id = ${streetId} and subject_id = ${id}
        ${after ? sql`and (at, id) < (${after.at}, ${after.id})` : sql``}
      order by at desc, id desc limit ${limit}`,
  )
