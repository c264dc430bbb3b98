/** All SQL on paper sheets. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface SheetRow {
  id: string
  area: string
  activity_id: string
  recorded_at: Date
  sha256: string
  media_type: string
}

const columns = sql`h.id, h.area::text as area, h.activity_id, h.recorded_at, f.sha256, f.media_type
  from service_sheets h join files f on f.street_id = h.street_id and f.id = h.photo_id`

export const findSheet = (tx: Tx, streetId: number, id: string): Promise<SheetRow | undefined> =>
  tx.maybe(sql<SheetRow>`select ${columns} where h.street_id = ${streetId} and h.id = ${id}`)

/** Newest first. */
export const sheetsOfActivity = (tx: Tx, streetId: number, activityId: string): Promise<SheetRow[]> =>
  tx.many(
    sql<SheetRow>`select ${columns} where h.street_id = ${streetId} and h.activity_id = ${activityId}
      order by h.recorded_at desc, h.id desc limit 100`,
  )

/**
 * The photo was sent before by the same person, and belongs to this sheet from now on.
 * @returns false when it is not theirs, or belongs to another sheet
 */
export async function insertSheet(
  tx: Tx,
  streetId: number,
  sheet: {
    id: string
    area: string
    activityId: string
    photoId: string
    rows: number
    by: string
    at: Date
  },
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into service_sheets (street_id, id, area, activity_id, photo_id, rows, recorded_at, recorded_by)
      select ${streetId}::int, ${sheet.id}::uuid, ${sheet.area}::ltree, ${sheet.activityId}::uuid, f.id, ${sheet.rows}::int,
        ${sheet.at}::timestamptz, ${sheet.by}::uuid
      from files f where f.street_id = ${streetId} and f.id = ${sheet.photoId} and f.uploaded_by = ${sheet.by}
        and not exists (select from service_sheets o where o.street_id = f.street_id and o.photo_id = f.id)`,
  )
  return added === 1
}
