/** Rows of groupings 片区 and of the areas that each holds. Both days of a term are included. */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'

export interface GroupingRow {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly note: string | null
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly version: number
  /** Of the areas it holds on the day. */
  readonly areaIds: readonly string[]
}

/** The groupings in force on a day with the areas of that day, by kind and name. */
export function groupingsOn(
  tx: Tx,
  streetId: number,
  day: Day,
  id: string | null = null,
): Promise<GroupingRow[]> {
  return tx.many(
    sql<GroupingRow>`select g.id, g.kind, g.name, g.note, g.valid_from as "validFrom", g.valid_to as "validTo", g.version,
        array(select m.area_id from area_grouping_members m where m.street_id = g.street_id and m.grouping_id = g.id
          and m.valid_from <= ${day} and (m.valid_to is null or m.valid_to >= ${day})) as "areaIds"
      from area_groupings g where g.street_id = ${streetId} and (${id}::uuid is null or g.id = ${id}::uuid)
        and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to >= ${day})
      order by g.kind, g.name, g.id`,
  )
}

export interface GroupingWords {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly note: string | null
}

/** False when a grouping of this id has ended: it is not begun again. */
export async function putGrouping(
  tx: Tx,
  streetId: number,
  one: GroupingWords,
  today: Day,
): Promise<boolean> {
  const rows = await tx.run(
    sql`insert into area_groupings as g (street_id, id, kind, name, note, valid_from)
      values (${streetId}, ${one.id}, ${one.kind}, ${one.name}, ${one.note}, ${today})
      on conflict (street_id, id) do update set kind = excluded.kind, name = excluded.name, note = excluded.note,
        version = g.version + 1
        where g.valid_to is null`,
  )
  return rows > 0
}

/** From today on it holds exactly these areas; what it held before keeps its days. */
export async function setMembers(
  tx: Tx,
  streetId: number,
  id: string,
  areaIds: readonly string[],
  today: Day,
): Promise<void> {
  await tx.run(
    sql`update area_grouping_members set valid_to = ${addDays(today, -1)} where street_id = ${streetId}
      and grouping_id = ${id} and (valid_to is null or valid_to >= ${today}) and area_id <> all(${areaIds}::uuid[])`,
  )
  await tx.run(
    sql`insert into area_grouping_members as m (street_id, grouping_id, area_id, valid_from)
      select ${streetId}::int, ${id}::uuid, wanted.id, ${today}::date from unnest(${areaIds}::uuid[]) as wanted(id)
      where not exists (select from area_grouping_members t where t.street_id = ${streetId} and t.grouping_id = ${id}
        and t.area_id = wanted.id and (t.valid_to is null or t.valid_to >= ${today}))
      on conflict (street_id, grouping_id, area_id, valid_from) do update set valid_to = null`,
  )
}

/** False when it is not there or has ended. Its last day is today; its members end with it. */
export async function endGroupingOn(tx: Tx, streetId: number, id: string, today: Day): Promise<boolean> {
  const rows = await tx.run(
    sql`update area_groupings set valid_to = ${today}, version = version + 1
      where street_id = ${streetId} and id = ${id} and valid_to is null`,
  )
  if (rows === 0) return false
  await tx.run(
    sql`update area_grouping_members set valid_to = ${today}
      where street_id = ${streetId} and grouping_id = ${id} and valid_to is null`,
  )
  return true
}
