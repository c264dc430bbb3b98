/** All SQL on mediations, their parties, their record and those who mediate. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type {
  AgreementForm,
  ConsentAnswer,
  ConsentWay,
  DutyState,
  Ending,
  Level,
  MediationAct,
  Signer,
  SignWay,
  Stage,
  Tier,
} from '../mediation-words.ts'

export interface SignedRow {
  who: Signer
  id: string | null
  way: SignWay | null
  at: string
  by: string
}

export interface AgreementRow {
  form: AgreementForm
  aboutStatus: boolean
  signed: SignedRow[]
  /** The signed paper, once uploaded. */
  fileId: string | null
}

export interface DutyRow {
  id: string
  partyId: string
  dueOn: Day
  state: DutyState
}

export interface MediationRow {
  case_id: string
  number: string
  area_id: string
  area: string
  kind: string
  level: Level
  tier: Tier
  stage: Stage
  ended_for: Ending | null
  is_public: boolean
  facts_encrypted: string
  mediator_ids: string[]
  chosen_by: 'parties' | 'committee' | null
  readers: string[]
  next_at: Date | null
  next_place_encrypted: string | null
  due_on: Day
  agreement: AgreementRow | null
  agreement_encrypted: string | null
  effective_at: Date | null
  confirm_by: Day | null
  performance: DutyRow[]
  registered_by: string
  registered_at: Date
  ended_at: Date | null
  version: number
}

export interface PartyRow {
  id: string
  case_id: string
  place: number
  name_encrypted: string
  phone_encrypted: string | null
  address_encrypted: string | null
  phone_index: string | null
  account_id: string | null
  consent: ConsentAnswer | null
  consent_way: ConsentWay | null
  consent_at: Date | null
  wishes: string | null
}

export interface EntryRow {
  id: string
  case_id: string
  at: Date
  act: MediationAct
  tier: Tier
  actor_id: string
  post_id: string | null
  party_id: string | null
  words_encrypted: string | null
  detail: Record<string, string | boolean | null>
  file_id: string | null
}

export interface MediatorRow {
  id: string
  area_id: string
  area: string
  tier: Tier
  name: string
  about: string | null
  account_id: string | null
  active: boolean
}

const one = (streetId: number, id: string, lock: RawBuilder<unknown>) =>
  sql<MediationRow>`select * from mediations where street_id = ${streetId} and case_id = ${id} ${lock}`

export const findMediation = (tx: Tx, streetId: number, id: string): Promise<MediationRow | undefined> =>
  tx.maybe(one(streetId, id, sql``))

export const lockMediation = (tx: Tx, streetId: number, id: string): Promise<MediationRow | undefined> =>
  tx.maybe(one(streetId, id, sql`for update`))

export const partiesOf = (tx: Tx, streetId: number, ids: readonly string[]): Promise<PartyRow[]> =>
  tx.many(
    sql<PartyRow>`select * from mediation_parties where street_id = ${streetId} and case_id = any(${[...ids]}::uuid[])
      order by case_id, place`,
  )

/** Oldest first. */
export const entriesOf = (tx: Tx, streetId: number, id: string): Promise<EntryRow[]> =>
  tx.many(
    sql<EntryRow>`select * from mediation_entries where street_id = ${streetId} and case_id = ${id} order by at, id`,
  )

/** Newest first, at most `limit`. */
export const mediationsWhere = (
  tx: Tx,
  streetId: number,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<MediationRow[]> =>
  tx.many(
    sql<MediationRow>`select * from mediations where street_id = ${streetId} and ${where}
      order by registered_at desc, case_id desc limit ${limit}`,
  )

export const countMediations = <Name extends string>(
  tx: Tx,
  streetId: number,
  conditions: Readonly<Record<Name, RawBuilder<unknown>>>,
): Promise<Record<Name, number>> =>
  tx.one(
    sql<Record<Name, number>>`select ${sql.join(
      Object.entries<RawBuilder<unknown>>(conditions).map(
        ([name, where]) => sql`count(*) filter (where ${where})::int as ${sql.ref(name)}`,
      ),
    )} from mediations where street_id = ${streetId}`,
  )

export async function insertMediation(
  tx: Tx,
  streetId: number,
  row: MediationRow,
  parties: readonly PartyRow[],
): Promise<void> {
  await tx.run(
    sql`insert into mediations select * from jsonb_populate_record(null::mediations,
      ${JSON.stringify({ street_id: streetId, ...row })}::jsonb)`,
  )
  const rows = parties.map((party) => ({
    street_id: streetId,
    area: row.area,
    readers: row.readers,
    ...party,
  }))
  await tx.run(
    sql`insert into mediation_parties select * from jsonb_populate_recordset(null::mediation_parties, ${JSON.stringify(rows)}::jsonb)`,
  )
}

const jsonColumns: ReadonlySet<string> = new Set(['agreement', 'performance'])
const uuidLists: ReadonlySet<string> = new Set(['mediator_ids', 'readers'])

function assignment([column, value]: [string, unknown]): RawBuilder<unknown> {
  if (jsonColumns.has(column)) return sql`${sql.ref(column)} = ${JSON.stringify(value)}::jsonb`
  if (uuidLists.has(column)) return sql`${sql.ref(column)} = ${value}::uuid[]`
  return sql`${sql.ref(column)} = ${value}`
}

export type MediationChange = Partial<
  Omit<MediationRow, 'case_id' | 'version' | 'number' | 'area' | 'area_id'>
>

/** Changes a locked mediation. Who sees its parties and its record follows whom it is seen by. */
export async function changeMediation(
  tx: Tx,
  streetId: number,
  id: string,
  change: MediationChange,
): Promise<void> {
  const set = [...Object.entries(change).map(assignment), sql`version = version + 1`]
  await tx.run(sql`update mediations set ${sql.join(set)} where street_id = ${streetId} and case_id = ${id}`)
  if (change.readers === undefined) return
  for (const table of ['mediation_parties', 'mediation_entries'])
    await tx.run(
      sql`update ${sql.table(table)} set readers = ${change.readers}::uuid[] where street_id = ${streetId} and case_id = ${id}`,
    )
}

export type PartyChange = Partial<
  Pick<PartyRow, 'account_id' | 'consent' | 'consent_way' | 'consent_at' | 'wishes'>
>

/** One party, or all of a mediation. */
export async function changeParties(
  tx: Tx,
  streetId: number,
  which: { readonly caseId: string; readonly id?: string },
  change: PartyChange,
): Promise<void> {
  const only = which.id === undefined ? sql`true` : sql`id = ${which.id}`
  await tx.run(
    sql`update mediation_parties set ${sql.join(Object.entries(change).map(assignment))}
      where street_id = ${streetId} and case_id = ${which.caseId} and ${only}`,
  )
}

export async function insertEntry(
  tx: Tx,
  streetId: number,
  row: Pick<MediationRow, 'area' | 'readers'>,
  entry: EntryRow,
): Promise<void> {
  const whole = { street_id: streetId, area: row.area, readers: row.readers, ...entry }
  await tx.run(
    sql`insert into mediation_entries select * from jsonb_populate_record(null::mediation_entries, ${JSON.stringify(whole)}::jsonb)`,
  )
}

/** Whether this person uploaded the file and nothing of a mediation refers to it. */
export async function isOwnFile(tx: Tx, streetId: number, fileId: string, by: string): Promise<boolean> {
  const found = await tx.maybe(
    sql`select 1 from files where street_id = ${streetId} and id = ${fileId} and uploaded_by = ${by}`,
  )
  return found !== undefined
}

export const paperOf = (
  tx: Tx,
  streetId: number,
  fileId: string,
): Promise<{ sha256: string; media_type: string } | undefined> =>
  tx.maybe(
    sql<{
      sha256: string
      media_type: string
    }>`select sha256, media_type from files where street_id = ${streetId} and id = ${fileId}`,
  )

/** Whose phone this is among the parties; those that no account follows yet. */
export const partiesByPhone = (tx: Tx, streetId: number, phoneIndex: string): Promise<PartyRow[]> =>
  tx.many(
    sql<PartyRow>`select * from mediation_parties where street_id = ${streetId} and phone_index = ${phoneIndex}
      and account_id is null order by case_id`,
  )

/** Those still on the list first, then by tier, place and name. */
export const allMediators = (tx: Tx, streetId: number): Promise<MediatorRow[]> =>
  tx.many(
    sql<MediatorRow>`select id, area_id, area::text as area, tier, name, about, account_id, active from mediators
      where street_id = ${streetId} order by active desc, tier, area, name, id limit 1000`,
  )

export async function putMediatorRow(
  tx: Tx,
  streetId: number,
  row: MediatorRow & { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const changed = await tx.run(
    sql`insert into mediators (street_id, id, area_id, area, tier, name, about, account_id, active, changed_by, changed_at)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}, ${row.tier}, ${row.name}, ${row.about}, ${row.account_id},
        ${row.active}, ${row.by}, ${row.at})
      on conflict (street_id, id) do update set name = excluded.name, about = excluded.about, account_id = excluded.account_id,
        active = excluded.active, changed_by = excluded.changed_by, changed_at = excluded.changed_at
      where mediators.area_id = excluded.area_id and mediators.tier = excluded.tier`,
  )
  return changed === 1
}

/** What runs: agreements whose days are counted. */
export const runningAgreements = (
  tx: Tx,
  streetId: number,
): Promise<(MediationRow & { applied: boolean })[]> =>
  tx.many(
    sql<MediationRow & { applied: boolean }>`select m.*, exists (select from mediation_entries e
        where e.street_id = m.street_id and e.case_id = m.case_id and e.act = 'court') as applied
      from mediations m where m.street_id = ${streetId} and m.stage in ('agreed', 'performed') and m.effective_at is not null
        and (m.stage = 'agreed' or m.confirm_by is not null)`,
  )

/** True when it is new: the key refuses a second. */
export async function takeReminder(
  tx: Tx,
  streetId: number,
  row: { readonly case_id: string; readonly area: string; readonly reminder: string; readonly about: string },
  at: Date,
): Promise<boolean> {
  const taken = await tx.run(
    sql`insert into mediation_reminders (street_id, case_id, reminder, about, area, at)
      values (${streetId}, ${row.case_id}, ${row.reminder}, ${row.about}, ${row.area}, ${at}) on conflict do nothing`,
  )
  return taken === 1
}

export const partyRow = (tx: Tx, streetId: number, id: string): Promise<PartyRow | undefined> =>
  tx.maybe(sql<PartyRow>`select * from mediation_parties where street_id = ${streetId} and id = ${id}`)
