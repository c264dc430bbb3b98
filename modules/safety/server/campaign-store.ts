/** All SQL on campaigns and the lines of their ledgers. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { HazardLevel } from '../campaign-words.ts'

export interface CampaignRow {
  id: string
  area_id: string
  area: string
  name: string
  kinds: string[]
  from_on: Day
  until_on: Day
  created_by: string
  created_at: Date
  ended_by: string | null
  ended_at: Date | null
}

export interface HazardRow {
  case_id: string
  campaign_id: string
  area: string
  kind: string
  level: HazardLevel
  owner: string
  organisation_id: string | null
  rectify_on: Day
  listed_by: string
  listed_at: Date
}

/** Those that run first, then the newest. */
export const allCampaigns = (tx: Tx, streetId: number): Promise<CampaignRow[]> =>
  tx.many(
    sql<CampaignRow>`select * from campaigns where street_id = ${streetId}
      order by ended_at is not null, until_on desc, id desc limit 200`,
  )

export const findCampaign = (tx: Tx, streetId: number, id: string): Promise<CampaignRow | undefined> =>
  tx.maybe(sql<CampaignRow>`select * from campaigns where street_id = ${streetId} and id = ${id}`)

export async function insertCampaign(tx: Tx, streetId: number, row: CampaignRow): Promise<void> {
  await tx.run(
    sql`insert into campaigns select * from jsonb_populate_record(null::campaigns,
      ${JSON.stringify({ street_id: streetId, ...row })}::jsonb)`,
  )
}

/** True when it had not ended before, and lies at a desk of the caller. */
export async function endCampaignRow(
  tx: Tx,
  streetId: number,
  id: string,
  by: string,
  at: Date,
): Promise<boolean> {
  const ended = await tx.run(
    sql`update campaigns set ended_by = ${by}, ended_at = ${at}
      where street_id = ${streetId} and id = ${id} and ended_at is null`,
  )
  return ended === 1
}

/** In the order in which they were listed. */
export const hazardsOf = (tx: Tx, streetId: number, campaignId: string): Promise<HazardRow[]> =>
  tx.many(
    sql<HazardRow>`select * from hazards where street_id = ${streetId} and campaign_id = ${campaignId}
      order by listed_at, case_id limit 5000`,
  )

/** A line that stands on another ledger stays there: false. */
export async function putHazardRow(tx: Tx, streetId: number, row: HazardRow): Promise<boolean> {
  const put = await tx.run(
    sql`insert into hazards select * from jsonb_populate_record(null::hazards,
        ${JSON.stringify({ street_id: streetId, ...row })}::jsonb)
      on conflict (street_id, case_id) do update set kind = excluded.kind, level = excluded.level, owner = excluded.owner,
        organisation_id = excluded.organisation_id, rectify_on = excluded.rectify_on
      where hazards.campaign_id = excluded.campaign_id`,
  )
  return put === 1
}

/** The campaign on whose ledger a case stands. */
export const campaignOfHazard = (
  tx: Tx,
  streetId: number,
  caseId: string,
): Promise<{ id: string; name: string } | undefined> =>
  tx.maybe(
    sql<{ id: string; name: string }>`select c.id, c.name from hazards h
      join campaigns c on c.street_id = h.street_id and c.id = h.campaign_id
      where h.street_id = ${streetId} and h.case_id = ${caseId}`,
  )
