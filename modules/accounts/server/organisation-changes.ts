/** The SQL by which an organisation changes, and what its former names were. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { OrganisationView } from '../contract.ts'
import { type OrganisationRow, selectOrganisations } from './organisation-store.ts'
import { forgetPostIndex } from './post-index.ts'

/** An organisation, locked until the end of the transaction. */
export async function lockOrganisation(
  tx: Tx,
  streetId: number,
  id: string,
): Promise<OrganisationRow | undefined> {
  await tx.run(sql`select 1 from organisations where street_id = ${streetId} and id = ${id} for update`)
  return tx.maybe(
    sql<OrganisationRow>`${selectOrganisations} where o.street_id = ${streetId} and o.id = ${id}`,
  )
}

export interface OrganisationChange {
  name: string
  kind: OrganisationView['kind']
  active: boolean
  signsIn: boolean
  answersNeedApproval: boolean
}

/** Writes the whole row; a name that gives way is kept with the instant until which it was right. */
export async function changeOrganisationRow(
  tx: Tx,
  streetId: number,
  before: OrganisationRow,
  change: OrganisationChange,
  at: Date,
): Promise<void> {
  if (change.name !== before.name)
    await tx.run(sql`insert into organisation_names (street_id, organisation_id, until, name)
      values (${streetId}, ${before.id}, ${at}, ${before.name}) on conflict do nothing`)
  await tx.run(sql`update organisations set name = ${change.name}, kind = ${change.kind}, active = ${change.active},
      signs_in = ${change.signsIn}, answers_need_approval = ${change.answersNeedApproval}, version = version + 1
    where street_id = ${streetId} and id = ${before.id}`)
  forgetPostIndex(streetId)
}

/** Where it works from now on; none means the whole street. */
export async function setOrganisationAreas(
  tx: Tx,
  streetId: number,
  id: string,
  areaIds: readonly string[],
): Promise<void> {
  await tx.run(sql`delete from organisation_areas where street_id = ${streetId} and organisation_id = ${id}`)
  if (areaIds.length > 0)
    await tx.run(sql`insert into organisation_areas (street_id, organisation_id, area_id)
      select ${streetId}::int, ${id}::uuid, area_id from unnest(${[...areaIds]}::uuid[]) as area_id`)
  forgetPostIndex(streetId)
}

export interface FormerName {
  name: string
  until: Date
}

/** Former names, the newest first. */
export function formerNamesOf(tx: Tx, streetId: number, id: string): Promise<FormerName[]> {
  return tx.many(sql<FormerName>`select name, until from organisation_names
    where street_id = ${streetId} and organisation_id = ${id} order by until desc`)
}

/** How many cases wait for it or are shared with it. Must be asked as the system: it counts what the asker may see. */
export async function openWorkOf(tx: Tx, streetId: number, id: string): Promise<number> {
  const row = await tx.one(
    sql<{ open: number }>`select open_work_of_organisation(${streetId}, ${id}) as open`,
  )
  return row.open
}
