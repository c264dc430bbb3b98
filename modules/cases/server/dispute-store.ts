/** All SQL on precedents of duty and on who handles meanwhile. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { FallbackLine } from '../rules/dispute.ts'
import type { CaseRow } from './case-row.ts'

export interface PrecedentRow {
  readonly id: string
  readonly matterId: string
  readonly areaId: string
  readonly area: string
  readonly organisationId: string
  readonly objectorId: string
  readonly caseId: string
  readonly reason: string
  readonly decidedBy: string
  readonly decidedPost: string | null
  readonly decidedAt: Date
}

const selectPrecedents = sql`select id, matter_id as "matterId", area_id as "areaId", area::text, organisation_id as "organisationId",
  objector_id as "objectorId", case_id as "caseId", reason, decided_by as "decidedBy", decided_post as "decidedPost",
  decided_at as "decidedAt" from duty_precedents`

export async function insertPrecedent(tx: Tx, streetId: number, row: PrecedentRow): Promise<void> {
  await tx.run(sql`insert into duty_precedents (street_id, id, matter_id, area_id, area, organisation_id, objector_id, case_id,
      reason, decided_by, decided_post, decided_at)
    values (${streetId}, ${row.id}, ${row.matterId}, ${row.areaId}, ${row.area}::ltree, ${row.organisationId}, ${row.objectorId},
      ${row.caseId}, ${row.reason}, ${row.decidedBy}, ${row.decidedPost}, ${row.decidedAt})`)
}

/** Every decision about one matter, newest first. */
export function precedentsOfMatter(tx: Tx, streetId: number, matterId: string): Promise<PrecedentRow[]> {
  return tx.many(sql<PrecedentRow>`${selectPrecedents} where street_id = ${streetId} and matter_id = ${matterId}
    order by decided_at desc, id desc limit 200`)
}

/** The newest decisions; with words, those whose reason, matter or organisation holds them. */
export function findPrecedents(
  tx: Tx,
  streetId: number,
  wanted: {
    matterIds: readonly string[] | undefined
    organisationIds: readonly string[]
    q: string | undefined
  },
): Promise<PrecedentRow[]> {
  const { matterIds, organisationIds, q } = wanted
  const said =
    q === undefined
      ? sql`true`
      : sql`(position(lower(${q}) in lower(reason)) > 0 or organisation_id = any(${[...organisationIds]}::uuid[])
          or matter_id = any(${[...(matterIds ?? [])]}::uuid[]))`
  const of =
    matterIds === undefined || q !== undefined ? sql`true` : sql`matter_id = any(${[...matterIds]}::uuid[])`
  return tx.many(sql<PrecedentRow>`${selectPrecedents} where street_id = ${streetId} and ${said} and ${of}
    order by decided_at desc, id desc limit 200`)
}

export interface FallbackRow extends FallbackLine {
  readonly setAt: Date
}

/** The line in force for each prefix. */
export function fallbacks(tx: Tx, streetId: number): Promise<FallbackRow[]> {
  return tx.many(sql<FallbackRow>`select distinct on (matter_prefix) matter_prefix as "matterPrefix",
      organisation_id as "organisationId", set_at as "setAt"
    from duty_fallbacks where street_id = ${streetId} order by matter_prefix, set_at desc, id desc`)
}

export async function insertFallback(
  tx: Tx,
  streetId: number,
  row: FallbackRow & { id: string; setBy: string },
): Promise<void> {
  await tx.run(sql`insert into duty_fallbacks (street_id, id, matter_prefix, set_at, organisation_id, set_by)
    values (${streetId}, ${row.id}, ${row.matterPrefix}, ${row.setAt}, ${row.organisationId}, ${row.setBy})`)
}

/** Cases whose duty is disputed, within the caller's sight; who has to decide first stands first. */
export function disputedCases(tx: Tx, streetId: number): Promise<CaseRow[]> {
  return tx.many(sql<CaseRow>`select * from cases where street_id = ${streetId} and dispute is not null and state not in ('closed', 'declined', 'merged')
    order by dispute ->> 'decideBy', id limit 100`)
}
