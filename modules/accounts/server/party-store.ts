/** Rows of the party tree and of the posts in it. A day in force lies between both days, both included. */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { PartyLevel, PartyTitle } from '../contract.ts'

export interface PartyBodyRow {
  readonly id: string
  readonly level: PartyLevel
  readonly name: string
  readonly parentId: string | null
  readonly areaId: string
  readonly areaPath: string
  readonly buildingId: string | null
  readonly joint: boolean
  readonly validFrom: Day
  readonly validTo: Day | null
}

const bodyColumns = sql`id, level, name, parent_id as "parentId", area_id as "areaId", area::text as "areaPath",
  building_id as "buildingId", joint, valid_from as "validFrom", valid_to as "validTo"`

export function partyBodiesOn(tx: Tx, streetId: number, day: Day): Promise<PartyBodyRow[]> {
  return tx.many(
    sql<PartyBodyRow>`select ${bodyColumns} from party_bodies where street_id = ${streetId}
      and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by area, level desc, name, id`,
  )
}

export function findPartyBody(tx: Tx, streetId: number, id: string): Promise<PartyBodyRow | undefined> {
  return tx.maybe(
    sql<PartyBodyRow>`select ${bodyColumns} from party_bodies where street_id = ${streetId} and id = ${id}`,
  )
}

export interface NewPartyBody {
  readonly id: string
  readonly level: PartyLevel
  readonly name: string
  readonly parentId: string | null
  readonly area: { readonly id: string; readonly path: string }
  readonly buildingId: string | null
  readonly joint: boolean
}

/** Held until the end of the transaction, so that two branches of one grid cannot be added side by side. */
export async function lockAreaForBranch(tx: Tx, streetId: number, areaId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${streetId}, hashtext(${areaId}))`)
}

export async function insertPartyBody(
  tx: Tx,
  streetId: number,
  body: NewPartyBody,
  today: Day,
): Promise<void> {
  await tx.run(
    sql`insert into party_bodies (street_id, id, level, name, parent_id, area_id, area, building_id, joint, valid_from)
      values (${streetId}, ${body.id}, ${body.level}, ${body.name}, ${body.parentId}, ${body.area.id},
        ${body.area.path}::ltree, ${body.buildingId}, ${body.joint}, ${today})`,
  )
}

/** Yesterday was its last day; what began today never held. */
export async function endBody(tx: Tx, streetId: number, id: string, today: Day): Promise<void> {
  const last = addDays(today, -1)
  await tx.run(
    sql`update party_bodies set valid_to = ${last}, version = version + 1
      where street_id = ${streetId} and id = ${id} and valid_to is null`,
  )
  await tx.run(
    sql`update party_posts set to_day = greatest(from_day, ${last}::date) where street_id = ${streetId}
      and body_id = ${id} and (to_day is null or to_day > ${last})`,
  )
}

export interface PartyPostRow {
  readonly id: string
  readonly bodyId: string
  readonly accountId: string
  readonly title: PartyTitle
  readonly fromDay: Day
  readonly toDay: Day | null
  readonly shown: boolean
}

const postColumns = sql`id, body_id as "bodyId", account_id as "accountId", title, from_day as "fromDay",
  to_day as "toDay", shown`

export function partyPostsOn(tx: Tx, streetId: number, day: Day): Promise<PartyPostRow[]> {
  return tx.many(
    sql<PartyPostRow>`select ${postColumns} from party_posts where street_id = ${streetId}
      and from_day <= ${day} and (to_day is null or to_day >= ${day}) order by body_id, title desc, from_day, id`,
  )
}

export function findPartyPost(tx: Tx, streetId: number, id: string): Promise<PartyPostRow | undefined> {
  return tx.maybe(
    sql<PartyPostRow>`select ${postColumns} from party_posts where street_id = ${streetId} and id = ${id}`,
  )
}

export async function insertPartyPost(
  tx: Tx,
  streetId: number,
  post: Omit<PartyPostRow, 'shown'>,
): Promise<void> {
  await tx.run(
    sql`insert into party_posts (street_id, id, body_id, account_id, title, from_day, to_day)
      values (${streetId}, ${post.id}, ${post.bodyId}, ${post.accountId}, ${post.title}, ${post.fromDay}, ${post.toDay})`,
  )
}

/** Whoever holds the one place of a body gives it up the day before. */
export async function vacate(
  tx: Tx,
  streetId: number,
  bodyId: string,
  title: PartyTitle,
  from: Day,
): Promise<void> {
  const last = addDays(from, -1)
  await tx.run(
    sql`update party_posts set to_day = greatest(from_day, ${last}::date) where street_id = ${streetId}
      and body_id = ${bodyId} and title = ${title} and (to_day is null or to_day > ${last})`,
  )
}

export async function endPartyPostOn(tx: Tx, streetId: number, id: string, today: Day): Promise<void> {
  await tx.run(
    sql`update party_posts set to_day = greatest(from_day, ${today}::date) where street_id = ${streetId} and id = ${id}
      and (to_day is null or to_day > ${today})`,
  )
}

export async function setShown(
  tx: Tx,
  streetId: number,
  id: string,
  shown: boolean,
  at: Date,
): Promise<void> {
  await tx.run(
    sql`update party_posts set shown = ${shown}, shown_at = ${at} where street_id = ${streetId} and id = ${id}`,
  )
}

/** Areas that have a branch of their own on a day; undefined where the street keeps no party tree. */
export async function branchAreas(
  tx: Tx,
  streetId: number,
  day: Day,
): Promise<ReadonlySet<string> | undefined> {
  const bodies = await partyBodiesOn(tx, streetId, day)
  if (bodies.length === 0) return undefined
  return new Set(
    bodies.filter(({ level, joint }) => level === 'grid-branch' && !joint).map(({ areaId }) => areaId),
  )
}
