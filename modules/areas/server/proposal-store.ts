/** Rows of proposals, their parts and barriers. */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { ProposalFigures, ProposalSummary } from '../contract.ts'
import type { PartitionState } from '../rules/partition.ts'
import type { Barrier, PartitionBuilding } from '../rules/partition-graph.ts'
import { areaOfBuildingOn } from './draft-store.ts'
import type { PartInput, PartResult } from './partition-slice.ts'

export interface ProposalRow {
  readonly id: string
  readonly name: string
  readonly areaId: string
  readonly level: string
  readonly target: number
  readonly deviation: number
  readonly seed: number
  readonly recut: boolean
  readonly withBarriers: boolean
  readonly state: ProposalSummary['state']
  readonly doneShare: number
  readonly unplaced: number
  readonly figures: ProposalFigures | null
  readonly createdAt: Date
  readonly draftId: string | null
}

const columns = sql`id, name, area_id as "areaId", level, target, deviation::float8 as deviation, seed, recut,
  with_barriers as "withBarriers", state, done_share::float8 as "doneShare", unplaced, figures,
  created_at as "createdAt", draft_id as "draftId"`

export function newestProposals(tx: Tx, streetId: number): Promise<ProposalRow[]> {
  return tx.many(
    sql<ProposalRow>`select ${columns} from area_proposals where street_id = ${streetId}
      order by created_at desc, id desc limit 100`,
  )
}

export function findProposal(tx: Tx, streetId: number, id: string): Promise<ProposalRow | undefined> {
  return tx.maybe(
    sql<ProposalRow>`select ${columns} from area_proposals where street_id = ${streetId} and id = ${id}`,
  )
}

/** Its row is held until the end of the transaction. */
export function lockProposal(tx: Tx, streetId: number, id: string): Promise<ProposalRow | undefined> {
  return tx.maybe(
    sql<ProposalRow>`select ${columns} from area_proposals where street_id = ${streetId} and id = ${id} for update`,
  )
}

/** Whether nobody else works on it; until the end of the transaction nobody else does. Its row stays free. */
export async function takeProposal(tx: Tx, id: string): Promise<boolean> {
  const { taken } = await tx.one(
    sql<{
      taken: boolean
    }>`select pg_try_advisory_xact_lock(hashtextextended(${`area-proposal/${id}`}, 0)) as taken`,
  )
  return taken
}

export type NewProposal = Pick<
  ProposalRow,
  'id' | 'name' | 'areaId' | 'level' | 'target' | 'deviation' | 'seed' | 'recut' | 'withBarriers' | 'unplaced'
>

export async function insertProposal(
  tx: Tx,
  streetId: number,
  row: NewProposal,
  parts: readonly { readonly parentId: string; readonly input: PartInput }[],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into area_proposals (street_id, id, name, area_id, level, target, deviation, seed, recut, with_barriers,
        state, unplaced, created_at, created_by, changed_at)
      values (${streetId}, ${row.id}, ${row.name}, ${row.areaId}, ${row.level}, ${row.target}, ${row.deviation},
        ${row.seed}, ${row.recut}, ${row.withBarriers}, 'running', ${row.unplaced}, ${at}, ${by}, ${at})`,
  )
  await tx.run(
    sql`insert into area_proposal_parts (street_id, proposal_id, parent_id, position, input)
      select ${streetId}::int, ${row.id}::uuid, r."parentId", r.position, r.input
      from jsonb_to_recordset(${JSON.stringify(parts.map((part, position) => ({ ...part, position })))}::jsonb)
        as r("parentId" uuid, position int, input jsonb)`,
  )
}

export async function setProposalState(
  tx: Tx,
  streetId: number,
  id: string,
  change: { readonly state: ProposalRow['state']; readonly draftId?: string; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`update area_proposals set state = ${change.state}, draft_id = ${change.draftId ?? null}::uuid,
      changed_at = ${change.at} where street_id = ${streetId} and id = ${id}`,
  )
}

export async function keepProgress(
  tx: Tx,
  streetId: number,
  id: string,
  change: { readonly share: number; readonly figures: ProposalFigures | null; readonly at: Date },
): Promise<void> {
  await tx.run(
    sql`update area_proposals set done_share = ${change.share}, figures = ${change.figures && JSON.stringify(change.figures)}::jsonb,
      state = case when ${change.figures !== null} then 'ready' else state end, changed_at = ${change.at}
      where street_id = ${streetId} and id = ${id}`,
  )
}

export interface OpenPart {
  readonly parentId: string
  readonly input: PartInput
  readonly progress: PartitionState | null
}

/** The first parts that have no result yet. */
export function nextParts(tx: Tx, streetId: number, proposalId: string, limit: number): Promise<OpenPart[]> {
  return tx.many(
    sql<OpenPart>`select parent_id as "parentId", input, progress from area_proposal_parts
      where street_id = ${streetId} and proposal_id = ${proposalId} and result is null order by position limit ${limit}`,
  )
}

export async function keepPart(
  tx: Tx,
  streetId: number,
  proposalId: string,
  parentId: string,
  done: { readonly progress: PartitionState; readonly result: PartResult | null },
): Promise<void> {
  await tx.run(
    sql`update area_proposal_parts set progress = ${JSON.stringify(done.progress)}::jsonb,
      result = ${done.result && JSON.stringify(done.result)}::jsonb
      where street_id = ${streetId} and proposal_id = ${proposalId} and parent_id = ${parentId}`,
  )
}

export interface PartRow {
  readonly parentId: string
  readonly result: PartResult | null
}

export function proposalParts(tx: Tx, streetId: number, proposalId: string): Promise<PartRow[]> {
  return tx.many(
    sql<PartRow>`select parent_id as "parentId", result from area_proposal_parts
      where street_id = ${streetId} and proposal_id = ${proposalId} order by position`,
  )
}

/** A worker that was killed leaves its proposal where the last slice ended. */
export async function proposalsStandingStill(tx: Tx, streetId: number, since: Date): Promise<string[]> {
  const rows = await tx.many(
    sql<{ id: string }>`select id from area_proposals
      where street_id = ${streetId} and state = 'running' and changed_at < ${since}`,
  )
  return rows.map(({ id }) => id)
}

export interface DividedBuilding extends Omit<PartitionBuilding, 'before' | 'lng' | 'lat'> {
  readonly lng: number | null
  readonly lat: number | null
  /** Where it lies on the day, and the path of that. */
  readonly areaId: string
  readonly path: string
  readonly level: string
}

/** The buildings at or below a path on a day. */
export function buildingsToDivide(
  tx: Tx,
  streetId: number,
  path: string,
  day: Day,
): Promise<DividedBuilding[]> {
  return tx.many(
    sql<DividedBuilding>`select b.id, b.lng, b.lat, coalesce(b.households, 0) as households,
        coalesce(b.compound_id::text, b.compound) as compound, a.id as "areaId", a.path::text as path, a.level
      from buildings b join areas a on a.street_id = b.street_id and a.id = ${areaOfBuildingOn(day)}
      where b.street_id = ${streetId} and (a.path::text = ${path} or starts_with(a.path::text, ${`${path}.`}))
      order by b.code collate "C"`,
  )
}

export async function barriersOn(
  tx: Tx,
  streetId: number,
  day: Day,
): Promise<{ name: string; line: number[][] }[]> {
  return tx.many(
    sql<{ name: string; line: number[][] }>`select name, line from area_barriers where street_id = ${streetId}
      and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by name, id`,
  )
}

export const asBarriers = (rows: readonly { line: number[][] }[]): Barrier[] =>
  rows.map(({ line }) => line.map(([lng = 0, lat = 0]) => [lng, lat] as const))

/** Those of before end with the day before; a line of the same day is gone at once. */
export async function replaceBarriers(
  tx: Tx,
  streetId: number,
  day: Day,
  rows: readonly {
    readonly id: string
    readonly name: string
    readonly line: readonly (readonly number[])[]
  }[],
): Promise<void> {
  await tx.run(
    sql`update area_barriers set valid_to = ${addDays(day, -1)} where street_id = ${streetId}
      and (valid_to is null or valid_to >= ${day})`,
  )
  await tx.run(
    sql`insert into area_barriers (street_id, id, name, line, valid_from)
      select ${streetId}::int, r.id, r.name, r.line, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, name text, line jsonb)`,
  )
}
