/** Words of areas with their days, and re-cuts that were taken back. */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { AreaKind } from '../area-kinds.ts'
import type { Who } from './draft-store.ts'

export interface AreaWords {
  readonly name: string
  readonly code: string
  readonly kind: AreaKind
}

export interface Rename {
  readonly areaId: string
  readonly from: AreaWords
  readonly to: AreaWords
}

/** Other words for areas from a day on. Their own rows follow with `settleRenames`. */
export async function insertRenames(
  tx: Tx,
  streetId: number,
  draftId: string | null,
  onDay: Day,
  renames: readonly Rename[],
): Promise<void> {
  if (renames.length === 0) return
  const rows = renames.map(({ areaId, from, to }) => ({
    areaId,
    fromName: from.name,
    fromCode: from.code,
    fromKind: from.kind,
    toName: to.name,
    toCode: to.code,
    toKind: to.kind,
  }))
  await tx.run(
    sql`insert into area_renames (street_id, area_id, on_day, from_name, from_code, from_kind, to_name, to_code, to_kind,
        draft_id)
      select ${streetId}::int, r."areaId", ${onDay}::date, r."fromName", r."fromCode", r."fromKind", r."toName",
        r."toCode", r."toKind", ${draftId}::uuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("areaId" uuid, "fromName" text, "fromCode" text,
        "fromKind" text, "toName" text, "toCode" text, "toKind" text)
      on conflict (street_id, area_id, on_day) do update set to_name = excluded.to_name, to_code = excluded.to_code,
        to_kind = excluded.to_kind, draft_id = excluded.draft_id`,
  )
}

/** Lets the row of each area say what it is called on a day. Returns how many it changed. */
export function settleRenames(tx: Tx, streetId: number, day: Day): Promise<number> {
  return tx.run(
    sql`update areas a set name = r.to_name, code = r.to_code, kind = r.to_kind
      from (select distinct on (area_id) area_id, to_name, to_code, to_kind from area_renames
        where street_id = ${streetId} and on_day <= ${day} order by area_id, on_day desc) r
      where a.street_id = ${streetId} and a.id = r.area_id
        and (a.name, a.code, a.kind) is distinct from (r.to_name, r.to_code, r.to_kind)`,
  )
}

export interface RenameRow {
  readonly onDay: Day
  readonly from: AreaWords
  readonly to: AreaWords
  readonly approval: string | null
}

/** What an area was called, in the order of the days. */
export function renamesOf(tx: Tx, streetId: number, areaId: string): Promise<RenameRow[]> {
  return tx.many(
    sql<RenameRow>`select r.on_day as "onDay", d.approval,
        jsonb_build_object('name', r.from_name, 'code', r.from_code, 'kind', r.from_kind) as "from",
        jsonb_build_object('name', r.to_name, 'code', r.to_code, 'kind', r.to_kind) as "to"
      from area_renames r left join area_drafts d on d.street_id = r.street_id and d.id = r.draft_id
      where r.street_id = ${streetId} and r.area_id = ${areaId} order by r.on_day`,
  )
}

export interface Recall {
  readonly id: string
  readonly draftId: string
  readonly inForceOn: Day
  readonly approval: string
  readonly reason: string
}

/** Takes back what a draft wrote for a day ahead, and opens the draft again. `touched` are the areas that it changed. */
export async function recallRecut(
  tx: Tx,
  streetId: number,
  recall: Recall,
  touched: {
    readonly added: readonly string[]
    readonly ended: readonly string[]
    readonly redrawn: readonly string[]
  },
  { by, at }: Who,
): Promise<void> {
  const { draftId, inForceOn } = recall
  const dayBefore = addDays(inForceOn, -1)
  const drawn = [...touched.added, ...touched.redrawn]
  // What never held has days that run backwards: whatever names it keeps its name, and no day ever shows it.
  await tx.run(sql`update areas set valid_to = ${dayBefore} where street_id = ${streetId}
    and id = any(${touched.added}::uuid[]) and valid_from = ${inForceOn}`)
  await tx.run(sql`update area_boundaries set valid_to = ${dayBefore} where street_id = ${streetId}
    and area_id = any(${drawn}::uuid[]) and valid_from = ${inForceOn}`)
  await tx.run(sql`update areas set valid_to = null where street_id = ${streetId}
    and id = any(${touched.ended}::uuid[]) and valid_to = ${dayBefore}`)
  await tx.run(sql`update area_boundaries set valid_to = null where street_id = ${streetId}
    and area_id = any(${[...touched.ended, ...touched.redrawn]}::uuid[]) and valid_to = ${dayBefore}
    and valid_from <= ${dayBefore}`)
  for (const table of ['building_moves', 'area_lineage', 'area_renames'])
    await tx.run(sql`delete from ${sql.table(table)} where street_id = ${streetId} and draft_id = ${draftId}`)
  await tx.run(sql`insert into area_recalls (street_id, id, draft_id, was_in_force_on, was_approval, reason, recalled_at,
      recalled_by)
    values (${streetId}, ${recall.id}, ${draftId}, ${inForceOn}, ${recall.approval}, ${recall.reason}, ${at}, ${by})`)
  await tx.run(sql`update area_drafts set state = 'draft', in_force_on = null, approval = null, settled_at = null,
      settled_by = null, version = version + 1, changed_at = ${at}, changed_by = ${by}
    where street_id = ${streetId} and id = ${draftId}`)
}
