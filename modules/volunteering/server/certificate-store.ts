/** All SQL on certificates, and what they certify. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { isHonour } from './evidence-store.ts'

export interface CertifiedLine {
  title: string
  on: Day
  minutes: number
  placeText: string
}

/** As it stood when it was issued. */
export interface CertificateFacts {
  minutes: number
  lines: CertifiedLine[]
  groupName: string
  head: string
  phone: string
}

export interface CertificateRow {
  id: string
  area: string
  account_id: string | null
  person_id: string
  group_id: string
  from_on: Day
  to_on: Day
  state: 'asked' | 'issued' | 'revoked'
  asked_at: Date
  number: string | null
  facts: CertificateFacts | null
  issued_at: Date | null
  handler: string | null
  revoked_at: Date | null
  revoked_reason: string | null
  name_masked: string
  group_name: string
}

const rows = (where: RawBuilder<unknown>) => sql<CertificateRow>`
  select c.id, c.area::text as area, c.account_id, c.person_id, c.group_id, c.from_on, c.to_on, c.state, c.asked_at, c.number, c.facts, c.issued_at,
    c.handler, c.revoked_at, c.revoked_reason, coalesce(p.name_masked, '***') as name_masked, g.name as group_name
  from volunteer_certificates c
    join volunteer_groups g on g.street_id = c.street_id and g.id = c.group_id
    left join people p on p.street_id = c.street_id and p.id = c.person_id
  where ${where}`

export const certificatesShown = (tx: Tx, streetId: number): Promise<CertificateRow[]> =>
  tx.many(
    sql<CertificateRow>`${rows(sql`c.street_id = ${streetId}`)} order by c.state <> 'asked', c.asked_at desc, c.id limit 200`,
  )

export const findCertificate = (tx: Tx, streetId: number, id: string): Promise<CertificateRow | undefined> =>
  tx.maybe(rows(sql`c.street_id = ${streetId} and c.id = ${id}`))

export const lockCertificate = (tx: Tx, streetId: number, id: string): Promise<CertificateRow | undefined> =>
  tx.maybe(sql<CertificateRow>`${rows(sql`c.street_id = ${streetId} and c.id = ${id}`)} for update of c`)

export const findByNumber = (tx: Tx, streetId: number, number: string): Promise<CertificateRow | undefined> =>
  tx.maybe(rows(sql`c.street_id = ${streetId} and c.number = ${number}`))

export const insertAsked = (
  tx: Tx,
  streetId: number,
  row: Pick<
    CertificateRow,
    'id' | 'area' | 'account_id' | 'person_id' | 'group_id' | 'from_on' | 'to_on' | 'asked_at'
  >,
): Promise<number> =>
  tx.run(
    sql`insert into volunteer_certificates (street_id, id, area, account_id, person_id, group_id, from_on, to_on, state, asked_at)
      values (${streetId}, ${row.id}, ${row.area}::ltree, ${row.account_id}, ${row.person_id}, ${row.group_id}, ${row.from_on}, ${row.to_on},
        'asked', ${row.asked_at})`,
  )

export const issueRow = (
  tx: Tx,
  streetId: number,
  id: string,
  to: { number: string; facts: CertificateFacts; handler: string; by: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`update volunteer_certificates set state = 'issued', number = ${to.number}, facts = ${JSON.stringify(to.facts)}::jsonb,
        handler = ${to.handler}, issued_at = ${to.at}, issued_by = ${to.by}
      where street_id = ${streetId} and id = ${id}`,
  )

export const revokeRow = (
  tx: Tx,
  streetId: number,
  id: string,
  by: { account: string; reason: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`update volunteer_certificates set state = 'revoked', revoked_at = ${by.at}, revoked_by = ${by.account}, revoked_reason = ${by.reason}
      where street_id = ${streetId} and id = ${id}`,
  )

/**
 * Entered hours of a person that this organisation recorded and that somebody else saw, by the day of service.
 * Rule: 谁记录谁证明, 条例 19; what only its recorder saw is honour and certifies nothing (edge.md 4.15, decision 0038).
 */
export const hoursToCertify = (
  tx: Tx,
  streetId: number,
  of: { personId: string; groupId: string; from: Date; to: Date },
): Promise<(Omit<CertifiedLine, 'on'> & { started_at: Date })[]> =>
  tx.many(
    sql<
      Omit<CertifiedLine, 'on'> & { started_at: Date }
    >`select title, place_text as "placeText", minutes, started_at from volunteer_hours h
      where street_id = ${streetId} and person_id = ${of.personId} and group_id = ${of.groupId}
        and started_at >= ${of.from} and started_at <= ${of.to} and ${isHonour(sql`h`)} is false
      order by started_at, id`,
  )
