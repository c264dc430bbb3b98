/** All SQL on evidence: what is added to a service, and in SQL what it amounts to. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Capacity, EvidenceKind } from '../hour-words.ts'

/**
 * In SQL what `gradeOf` says: nobody's word made it count. `row` is a service or an entered record, which share their id.
 */
export const isHonour = (row: RawBuilder<unknown>): RawBuilder<unknown> => {
  const evidence = (
    what: RawBuilder<unknown>,
  ) => sql`exists (select from service_evidence e where e.street_id = ${row}.street_id
    and e.session_id = ${row}.id and ${what})`
  const byOwnCode = (kind: EvidenceKind) => evidence(sql`e.kind = ${kind} and e.capacity = 'volunteer'`)
  return sql`not (${evidence(sql`e.kind = 'confirmed' and e.capacity in ('served', 'committee')`)}
    or (${row}.source = 'on-site' and ${byOwnCode('arrived')} and ${byOwnCode('left')}
      and ${evidence(sql`e.kind = 'confirmed' and e.capacity in ('lead', 'staff')`)}))`
}

export interface NewEvidence {
  id: string
  sessionId: string
  area: string
  accountId: string | null
  kind: EvidenceKind
  capacity: Capacity
  by: string
  byPerson: string | null
  signIn: string | null
  device: string | null
  words: string | null
  at: Date
}

export const insertEvidence = (tx: Tx, streetId: number, one: NewEvidence): Promise<number> =>
  tx.run(
    sql`insert into service_evidence (street_id, session_id, id, area, account_id, kind, capacity, by_account, by_person, sign_in_index, device_index, words,
        at)
      values (${streetId}, ${one.sessionId}, ${one.id}, ${one.area}::ltree, ${one.accountId}, ${one.kind}, ${one.capacity}, ${one.by},
        ${one.byPerson}, ${one.signIn}, ${one.device}, ${one.words}, ${one.at})`,
  )
