/** All SQL on gatherings and their needs. Row security shows those within the areas of the actor. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { GatheringKind } from '../gathering-words.ts'

export interface GatheringRow {
  street_id: number
  id: string
  kind: GatheringKind
  area_id: string
  area: string
  held_at: Date
  place_text: string | null
  held_by: string[]
  attendees: number | null
  note: string | null
  created_by: string
  created_post: string | null
  created_at: Date
  version: number
}

export interface NeedOfGathering {
  gathering_id: string
  case_id: string
  asked_parent_id: string | null
}

/** False when the id is taken, by this gathering sent before or by another one. */
export async function insertGathering(tx: Tx, row: GatheringRow): Promise<boolean> {
  const added = await tx.run(
    sql`insert into gatherings (street_id, id, kind, area_id, area, held_at, place_text, held_by, attendees, note,
        created_by, created_post, created_at)
      values (${row.street_id}, ${row.id}, ${row.kind}, ${row.area_id}, ${row.area}::ltree, ${row.held_at}, ${row.place_text},
        ${row.held_by}::uuid[], ${row.attendees}, ${row.note}, ${row.created_by}, ${row.created_post}, ${row.created_at})
      on conflict do nothing`,
  )
  return added === 1
}

/** Held against others who add to it or correct it; undefined outside the actor's areas. */
export const lockGathering = (tx: Tx, streetId: number, id: string): Promise<GatheringRow | undefined> =>
  tx.maybe(
    sql<GatheringRow>`select * from gatherings where street_id = ${streetId} and id = ${id} for update`,
  )

export const findGathering = (tx: Tx, streetId: number, id: string): Promise<GatheringRow | undefined> =>
  tx.maybe(sql<GatheringRow>`select * from gatherings where street_id = ${streetId} and id = ${id}`)

export type GatheringChange = Pick<GatheringRow, 'held_at' | 'place_text' | 'held_by' | 'attendees' | 'note'>

export const changeGathering = (tx: Tx, row: GatheringRow, to: GatheringChange): Promise<GatheringRow> =>
  tx.one(
    sql<GatheringRow>`update gatherings set held_at = ${to.held_at}, place_text = ${to.place_text},
        held_by = ${to.held_by}::uuid[], attendees = ${to.attendees}, note = ${to.note}, version = version + 1
      where street_id = ${row.street_id} and id = ${row.id} returning *`,
  )

export interface GatheringFilter {
  areaIds?: readonly string[] | undefined
  postId?: string | undefined
  kind?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  after?: { at: Date; id: string } | undefined
}

export function gatheringRows(
  tx: Tx,
  streetId: number,
  filter: GatheringFilter,
  limit: number,
): Promise<GatheringRow[]> {
  const all: RawBuilder<unknown>[] = [sql`street_id = ${streetId}`]
  if (filter.areaIds) all.push(sql`area_id = any(${[...filter.areaIds]}::uuid[])`)
  if (filter.postId)
    all.push(sql`(held_by @> array[${filter.postId}::uuid] or created_post = ${filter.postId}::uuid)`)
  if (filter.kind) all.push(sql`kind = ${filter.kind}`)
  if (filter.from) all.push(sql`held_at >= ${filter.from}`)
  if (filter.to) all.push(sql`held_at <= ${filter.to}`)
  if (filter.after) all.push(sql`(held_at, id) < (${filter.after.at}, ${filter.after.id})`)
  return tx.many(
    sql<GatheringRow>`select * from gatherings where ${sql.join(all, sql` and `)}
      order by held_at desc, id desc limit ${limit}`,
  )
}

/** In the order in which they were written down. */
export const needsOf = (tx: Tx, streetId: number, ids: readonly string[]): Promise<NeedOfGathering[]> =>
  tx.many(
    sql<NeedOfGathering>`select gathering_id, case_id, asked_parent_id from gathering_needs
      where street_id = ${streetId} and gathering_id = any(${[...ids]}::uuid[])
      order by created_at, position, case_id`,
  )

export async function insertNeed(
  tx: Tx,
  gathering: GatheringRow,
  need: {
    caseId: string
    position: number
    consent: boolean
    askedParentId: string | null
    by: string
    at: Date
  },
): Promise<void> {
  await tx.run(
    sql`insert into gathering_needs (street_id, gathering_id, case_id, area, position, consent, asked_parent_id, created_by, created_at)
      values (${gathering.street_id}, ${gathering.id}, ${need.caseId}, ${gathering.area}::ltree, ${need.position}, ${need.consent},
        ${need.askedParentId}, ${need.by}, ${need.at})`,
  )
}

/** One row of many may fail alone: what it wrote is taken back and the others stay. */
export const beginRow = (tx: Tx): Promise<number> => tx.run(sql`savepoint one_row`)
export const keepRow = (tx: Tx): Promise<number> => tx.run(sql`release savepoint one_row`)
export const dropRow = (tx: Tx): Promise<number> => tx.run(sql`rollback to savepoint one_row`)
