/** All SQL on organisations and where they work. */
import { sql } from 'kysely'
import { likeEscape } from '../../../lib/text.ts'
import type { Tx } from '../../../platform/db.ts'
import type { OrganisationView } from '../contract.ts'
import { forgetPostIndex } from './post-index.ts'

export interface OrganisationRow {
  id: string
  code: string
  name: string
  kind: OrganisationView['kind']
  active: boolean
  signsIn: boolean
  answersNeedApproval: boolean
  version: number
  areaIds: string[]
}

/** Whole rows; `where` follows. */
export const selectOrganisations = sql`select o.id, o.code, o.name, o.kind, o.active, o.signs_in as "signsIn",
  o.answers_need_approval as "answersNeedApproval", o.version,
  array(select oa.area_id from organisation_areas oa where oa.street_id = o.street_id and oa.organisation_id = o.id
    order by oa.area_id) as "areaIds"
  from organisations o`

/** Organisations whose name or code contains `q`, by code. */
export function organisationsInOrder(
  tx: Tx,
  streetId: number,
  q: string | undefined,
): Promise<OrganisationRow[]> {
  const pattern = q === undefined || q.trim() === '' ? null : `%${likeEscape(q.trim())}%`
  return tx.many(sql<OrganisationRow>`${selectOrganisations} where o.street_id = ${streetId}
    and (${pattern}::text is null or o.name ilike ${pattern}::text or o.code ilike ${pattern}::text) order by o.code`)
}

/** Organisations by id; unknown ids are left out. Inactive ones are told too, for old cases name them. */
export async function findOrganisations(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
): Promise<Map<string, OrganisationRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.many(sql<OrganisationRow>`${selectOrganisations} where o.street_id = ${streetId}
    and o.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface NewOrganisation {
  id: string
  code: string
  name: string
  kind: OrganisationView['kind']
  /** Where it works; none means the whole street. */
  areaIds?: readonly string[]
  /** False for a firm that never signs in; true unless given. */
  signsIn?: boolean
  /** Its lead approves answers before they leave; false unless given. */
  answersNeedApproval?: boolean
}

/** Adds organisations. Throws when a code or id is taken: nothing may be kept then. */
export async function insertOrganisations(
  tx: Tx,
  streetId: number,
  organisations: readonly NewOrganisation[],
): Promise<void> {
  if (!(await tryInsertOrganisations(tx, streetId, organisations)))
    throw new Error('a code or id of the new organisations is taken')
}

/** As insertOrganisations, but false when a code or id is taken; the transaction must then be given up. */
export async function tryInsertOrganisations(
  tx: Tx,
  streetId: number,
  organisations: readonly NewOrganisation[],
): Promise<boolean> {
  const added =
    await tx.run(sql`insert into organisations (street_id, id, code, name, kind, signs_in, answers_need_approval)
    select ${streetId}::int, id, code, name, kind, coalesce("signsIn", true), coalesce("answersNeedApproval", false)
    from jsonb_to_recordset(${JSON.stringify(organisations)}::jsonb) as r(id uuid, code text, name text, kind text,
      "signsIn" boolean, "answersNeedApproval" boolean) on conflict do nothing`)
  if (added !== organisations.length) return false
  forgetPostIndex(streetId)
  const areas = organisations.flatMap(({ id, areaIds = [] }) =>
    [...new Set(areaIds)].map((areaId) => ({ id, areaId })),
  )
  if (areas.length > 0)
    await tx.run(sql`insert into organisation_areas (street_id, organisation_id, area_id)
      select ${streetId}::int, id, "areaId" from jsonb_to_recordset(${JSON.stringify(areas)}::jsonb)
        as r(id uuid, "areaId" uuid)`)
  return true
}

/** Whether an answer of this organisation leaves only after its lead approved it 审签; asked anew each time. */
export async function needsApproval(tx: Tx, streetId: number, organisationId: string): Promise<boolean> {
  const row = await tx.maybe(
    sql<{ needed: boolean }>`select answers_need_approval as needed from organisations
      where street_id = ${streetId} and id = ${organisationId}`,
  )
  return row?.needed ?? false
}
