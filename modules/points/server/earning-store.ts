/** Rows of earning rules, awards, partners and kin; all SQL of them stands here. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { KinRelation, PartnerPart } from '../contract.ts'

export interface RuleRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly earns: 'person' | 'organisation'
  readonly basis: 'hour' | 'time'
  readonly points: number
  readonly cap_activity: number | null
  readonly cap_day: number | null
  readonly reserve_id: string | null
  readonly from_on: Day
  readonly to_on: Day | null
}

const ruleColumns = sql`id, code, name, earns, basis, points, cap_activity, cap_day, reserve_id, from_on, to_on`

/** Newest first within a code. */
export function allRules(tx: Tx, streetId: number): Promise<RuleRow[]> {
  return tx.many(
    sql<RuleRow>`select ${ruleColumns} from earning_rules where street_id = ${streetId} order by code, from_on desc, id desc`,
  )
}

/** The rule of a code in force on a day: the one that began last. */
export function ruleOn(
  tx: Tx,
  streetId: number,
  code: string,
  earns: string,
  on: Day,
): Promise<RuleRow | undefined> {
  return tx.maybe(
    sql<RuleRow>`select ${ruleColumns} from earning_rules
      where street_id = ${streetId} and code = ${code} and earns = ${earns} and from_on <= ${on} and (to_on is null or to_on >= ${on})
      order by from_on desc, id desc limit 1`,
  )
}

export async function insertRule(
  tx: Tx,
  streetId: number,
  requestId: string,
  row: Omit<RuleRow, 'to_on'>,
): Promise<void> {
  await tx.run(
    sql`insert into earning_rules (street_id, id, code, name, earns, basis, points, cap_activity, cap_day, reserve_id, from_on, request_id)
      values (${streetId}, ${row.id}, ${row.code}, ${row.name}, ${row.earns}, ${row.basis}, ${row.points}, ${row.cap_activity},
        ${row.cap_day}, ${row.reserve_id}, ${row.from_on}, ${requestId})`,
  )
}

export async function endRule(tx: Tx, streetId: number, id: string, to: Day): Promise<boolean> {
  return (
    (await tx.run(
      sql`update earning_rules set to_on = ${to} where street_id = ${streetId} and id = ${id} and from_on <= ${to}`,
    )) > 0
  )
}

/** Until the end of the transaction nobody else counts what this account earned. */
export async function oneAtATime(tx: Tx, accountId: string): Promise<void> {
  await tx.many(sql`select pg_advisory_xact_lock(hashtextextended(${accountId}, 0))`)
}

/** What an account earned by this activity, and on this day under this rule. */
export function earnedSoFar(
  tx: Tx,
  streetId: number,
  asked: { accountId: string; ruleId: string; activityId: string | null; on: Day },
): Promise<{ activity: number; day: number }> {
  return tx.one(
    sql<{ activity: number; day: number }>`
      select coalesce(sum(points) filter (where activity_id = ${asked.activityId}), 0)::int as activity,
        coalesce(sum(points) filter (where on_day = ${asked.on}), 0)::int as day
      from point_awards where street_id = ${streetId} and account_id = ${asked.accountId} and rule_id = ${asked.ruleId}
        and (on_day = ${asked.on} or activity_id = ${asked.activityId})`,
  )
}

export interface AwardRow {
  readonly id: string
  readonly account_id: string
  readonly area: string
  readonly rule_id: string
  readonly activity_id: string | null
  readonly on_day: Day
  readonly minutes: number | null
  readonly uncapped: number
  readonly points: number
  readonly reserve_id: string | null
}

/** False when this award was made before. */
export async function insertAward(
  tx: Tx,
  streetId: number,
  row: AwardRow,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  return (
    (await tx.run(
      sql`insert into point_awards (street_id, id, account_id, area, rule_id, activity_id, on_day, minutes, uncapped, points,
          reserve_id, at, made_by)
        values (${streetId}, ${row.id}, ${row.account_id}, ${row.area}::ltree, ${row.rule_id}, ${row.activity_id}, ${row.on_day},
          ${row.minutes}, ${row.uncapped}, ${row.points}, ${row.reserve_id}, ${at}, ${by})
        on conflict (street_id, id) do nothing`,
    )) > 0
  )
}

export function findAward(tx: Tx, streetId: number, id: string): Promise<AwardRow | undefined> {
  return tx.maybe(
    sql<AwardRow>`select id, account_id, area::text as area, rule_id, activity_id, on_day, minutes, uncapped, points, reserve_id
      from point_awards where street_id = ${streetId} and id = ${id}`,
  )
}

/** What these accounts earned before an instant, the oldest first, by whose reserve pays. */
export function awardsBefore(
  tx: Tx,
  streetId: number,
  accountIds: readonly string[],
  before: Date,
): Promise<{ account_id: string; points: number; reserve_id: string | null }[]> {
  return tx.many(
    sql<{ account_id: string; points: number; reserve_id: string | null }>`
      select account_id, points, reserve_id from point_awards
      where street_id = ${streetId} and account_id = any(${[...accountIds]}::uuid[]) and at < ${before} and points > 0
      order by account_id, at, id`,
  )
}

export interface PartnerRow {
  readonly id: string
  readonly organisation_id: string
  readonly part: PartnerPart
  readonly terms: string
  readonly from_on: Day
  readonly to_on: Day | null
}

export function allPartners(tx: Tx, streetId: number): Promise<PartnerRow[]> {
  return tx.many(
    sql<PartnerRow>`select id, organisation_id, part, terms, from_on, to_on from point_partners
      where street_id = ${streetId} order by part, from_on desc, id`,
  )
}

/** Whether an organisation takes part on a day. */
export async function takesPart(
  tx: Tx,
  streetId: number,
  organisationId: string,
  part: PartnerPart,
  on: Day,
): Promise<boolean> {
  const row = await tx.maybe(
    sql`select 1 from point_partners where street_id = ${streetId} and organisation_id = ${organisationId} and part = ${part}
      and from_on <= ${on} and (to_on is null or to_on >= ${on}) limit 1`,
  )
  return row !== undefined
}

export async function insertPartner(
  tx: Tx,
  streetId: number,
  requestId: string,
  row: PartnerRow,
): Promise<void> {
  await tx.run(
    sql`insert into point_partners (street_id, id, organisation_id, part, terms, from_on, to_on, request_id)
      values (${streetId}, ${row.id}, ${row.organisation_id}, ${row.part}, ${row.terms}, ${row.from_on}, ${row.to_on}, ${requestId})`,
  )
}

export async function endPartner(tx: Tx, streetId: number, id: string, to: Day): Promise<boolean> {
  return (
    (await tx.run(
      sql`update point_partners set to_on = ${to} where street_id = ${streetId} and id = ${id} and from_on <= ${to}`,
    )) > 0
  )
}

export interface KinRow {
  readonly id: string
  readonly one_person: string
  readonly other_person: string
  readonly relation: KinRelation
}

/** Who stands in the family account of a person on a day. */
export function kinOf(tx: Tx, streetId: number, personId: string, on: Day): Promise<KinRow[]> {
  return tx.many(
    sql<KinRow>`select id, one_person, other_person, relation from kin_links
      where street_id = ${streetId} and (one_person = ${personId} or other_person = ${personId})
        and from_on <= ${on} and (ended_on is null or ended_on > ${on}) order by id`,
  )
}

export async function insertKin(
  tx: Tx,
  streetId: number,
  requestId: string,
  row: KinRow & { readonly area: string; readonly from: Day },
): Promise<void> {
  await tx.run(
    sql`insert into kin_links (street_id, id, one_person, other_person, area, relation, from_on, request_id)
      values (${streetId}, ${row.id}, ${row.one_person}, ${row.other_person}, ${row.area}::ltree, ${row.relation}, ${row.from},
        ${requestId})`,
  )
}

export function findKin(
  tx: Tx,
  streetId: number,
  id: string,
): Promise<{ area: string; ended_on: Day | null; one_person: string; other_person: string } | undefined> {
  return tx.maybe(
    sql`select area::text as area, ended_on, one_person, other_person from kin_links where street_id = ${streetId} and id = ${id}`,
  )
}

export async function endKin(tx: Tx, streetId: number, id: string, on: Day): Promise<void> {
  await tx.run(
    sql`update kin_links set ended_on = ${on} where street_id = ${streetId} and id = ${id} and ended_on is null`,
  )
}
