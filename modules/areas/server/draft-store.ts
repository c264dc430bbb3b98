/** Rows of drafts, lineage and moves of buildings; all SQL of re-cuts stands here. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { DraftArea, DraftState, DraftSummary } from '../contract.ts'
import type { PlacedBuilding } from '../rules/draft-moves.ts'
import type { AddedArea, TreeArea } from '../rules/draft-tree.ts'
import type { Descent } from '../rules/lineage.ts'
import { wordColumns, wordsOn } from './area-store.ts'

export interface DraftRow {
  readonly id: string
  readonly name: string
  readonly baseOn: Day
  readonly state: DraftState
  readonly version: number
  readonly inForceOn: Day | null
  readonly approval: string | null
  readonly changedAt: Date
  readonly add: number
  readonly redraw: number
  readonly rename: number
  readonly end: number
  readonly recalled: DraftSummary['recalled']
}

const columns = sql`d.id, d.name, d.base_on as "baseOn", d.state, d.version, d.in_force_on as "inForceOn", d.approval,
  d.changed_at as "changedAt", n.add, n.redraw, n.rename, n."end", k.recalled`
const counts = sql`cross join lateral (select count(*) filter (where act = 'add')::int as add,
    count(*) filter (where act = 'redraw')::int as redraw,
    count(*) filter (where act in ('redraw', 'rename') and coalesce(name, code, kind) is not null)::int as rename,
    count(*) filter (where act = 'end')::int as "end"
  from area_draft_areas a where a.street_id = d.street_id and a.draft_id = d.id) n
  left join lateral (select jsonb_build_object('at', to_char(k.recalled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'inForceOn', k.was_in_force_on, 'approval', k.was_approval, 'reason', k.reason) as recalled
    from area_recalls k where k.street_id = d.street_id and k.draft_id = d.id
    order by k.recalled_at desc limit 1) k on true`

/** The newest 200. */
export function draftsOf(tx: Tx, streetId: number): Promise<DraftRow[]> {
  return tx.many(
    sql<DraftRow>`select ${columns} from area_drafts d ${counts}
      where d.street_id = ${streetId} order by d.changed_at desc, d.id desc limit 200`,
  )
}

export function findDraft(tx: Tx, streetId: number, id: string): Promise<DraftRow | undefined> {
  return tx.maybe(
    sql<DraftRow>`select ${columns} from area_drafts d ${counts} where d.street_id = ${streetId} and d.id = ${id}`,
  )
}

/** Held until the end of the transaction, so that two acts on one draft follow each other. */
export async function lockDraft(tx: Tx, streetId: number, id: string): Promise<DraftRow | undefined> {
  await tx.run(sql`select 1 from area_drafts where street_id = ${streetId} and id = ${id} for update`)
  return findDraft(tx, streetId, id)
}

export interface Who {
  readonly by: string
  readonly at: Date
}

export async function insertDraft(
  tx: Tx,
  streetId: number,
  draft: { readonly id: string; readonly name: string; readonly baseOn: Day },
  { by, at }: Who,
): Promise<void> {
  await tx.run(
    sql`insert into area_drafts (street_id, id, name, base_on, state, created_at, created_by, changed_at, changed_by)
      values (${streetId}, ${draft.id}, ${draft.name}, ${draft.baseOn}, 'draft', ${at}, ${by}, ${at}, ${by})`,
  )
}

export async function touchDraft(
  tx: Tx,
  streetId: number,
  id: string,
  name: string | null,
  { by, at }: Who,
): Promise<void> {
  await tx.run(
    sql`update area_drafts set name = coalesce(${name}::text, name), version = version + 1, changed_at = ${at},
      changed_by = ${by} where street_id = ${streetId} and id = ${id}`,
  )
}

/** What becomes of a draft in the end. */
export async function settleDraft(
  tx: Tx,
  streetId: number,
  id: string,
  end: {
    readonly state: 'in-force' | 'given-up'
    readonly onDay: Day | null
    readonly approval: string | null
  },
  { by, at }: Who,
): Promise<void> {
  await tx.run(
    sql`update area_drafts set state = ${end.state}, in_force_on = ${end.onDay}::date, approval = ${end.approval},
      version = version + 1, changed_at = ${at}, changed_by = ${by}, settled_at = ${at}, settled_by = ${by}
      where street_id = ${streetId} and id = ${id}`,
  )
}

export function draftAreas(tx: Tx, streetId: number, draftId: string): Promise<DraftArea[]> {
  return tx.many(
    sql<DraftArea>`select area_id as "areaId", act, code, level, name, kind, parent_id as "parentId", position,
        bounds_text as "boundsText", geometry, origins
      from area_draft_areas where street_id = ${streetId} and draft_id = ${draftId} order by act, code, area_id`,
  )
}

export async function putDraftAreas(
  tx: Tx,
  streetId: number,
  draftId: string,
  areas: readonly DraftArea[],
): Promise<void> {
  await tx.run(
    sql`insert into area_draft_areas (street_id, draft_id, area_id, act, code, level, name, kind, parent_id, position,
        bounds_text, geometry, origins)
      select ${streetId}::int, ${draftId}::uuid, r."areaId", r.act, r.code, r.level, r.name, r.kind, r."parentId",
        r.position,
        r."boundsText", r.geometry, r.origins
      from jsonb_to_recordset(${JSON.stringify(areas.map(withoutNullGeometry))}::jsonb) as r("areaId" uuid, act text,
        code text, level text, name text, kind text, "parentId" uuid, position int, "boundsText" text, geometry jsonb,
        origins uuid[])
      on conflict (street_id, draft_id, area_id) do update set act = excluded.act, code = excluded.code,
        level = excluded.level, name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id, position = excluded.position,
        bounds_text = excluded.bounds_text, geometry = excluded.geometry, origins = excluded.origins`,
  )
}

/** A null in JSON would be kept as the JSON value null, which is no missing geometry. */
const withoutNullGeometry = ({ geometry, ...area }: DraftArea) => (geometry ? { ...area, geometry } : area)

export async function dropDraftAreas(
  tx: Tx,
  streetId: number,
  draftId: string,
  areaIds: readonly string[],
): Promise<void> {
  await tx.run(
    sql`delete from area_draft_areas where street_id = ${streetId} and draft_id = ${draftId}
      and area_id = any(${areaIds}::uuid[])`,
  )
}

/** The areas in force on a day, each with the boundary of that day. */
export async function treeOn(tx: Tx, streetId: number, day: Day): Promise<Map<string, TreeArea>> {
  const rows = await tx.many(
    sql<TreeArea>`select a.id, ${wordColumns}, a.level, a.parent_id as "parentId", a.path::text as path, a.position,
        a.bounds_text as "boundsText", b.geometry
      from areas a left join area_boundaries b on b.street_id = a.street_id and b.area_id = a.id
        and b.valid_from <= ${day} and (b.valid_to is null or b.valid_to >= ${day})
      ${wordsOn(day)}
      where a.street_id = ${streetId} and a.valid_from <= ${day} and (a.valid_to is null or a.valid_to >= ${day})
      order by a.path`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Areas that end, get another boundary, other words or a new child after a day: nothing may be put in force before
 * that. What was recalled before its day never held: its days run backwards.
 */
export async function changedAfter(tx: Tx, streetId: number, day: Day): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{
      id: string
    }>`select id from areas where street_id = ${streetId} and valid_to >= ${day} and valid_to >= valid_from
      union select area_id from area_boundaries where street_id = ${streetId} and valid_from > ${day}
        and (valid_to is null or valid_to >= valid_from)
      union select parent_id from areas where street_id = ${streetId} and valid_from > ${day}
        and (valid_to is null or valid_to >= valid_from)
      union select area_id from area_renames where street_id = ${streetId} and on_day > ${day}`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Every code that an area has, had or will have, but for those of `except`: a draft's own from before its recall. */
export async function usedCodes(
  tx: Tx,
  streetId: number,
  except: readonly string[] = [],
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{
      code: string
    }>`select code from areas where street_id = ${streetId} and id <> all(${except}::uuid[])
      union select unnest(array[from_code, to_code]) from area_renames where street_id = ${streetId}`,
  )
  return new Set(rows.map(({ code }) => code))
}

/** The area of a building on a day: its last move until then, else where it lay before its first one, else its own row. */
export const areaOfBuildingOn = (day: Day) => sql`coalesce(
  (select m.to_area_id from building_moves m where m.street_id = b.street_id and m.building_id = b.id
    and m.on_day <= ${day} order by m.on_day desc limit 1),
  (select m.from_area_id from building_moves m where m.street_id = b.street_id and m.building_id = b.id
    and m.on_day > ${day} order by m.on_day limit 1),
  b.area_id)`

export interface DraftBuilding extends PlacedBuilding {
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compound: string | null
}

export function buildingsOn(tx: Tx, streetId: number, day: Day): Promise<DraftBuilding[]> {
  return tx.many(
    sql<DraftBuilding>`select b.id, b.name, b.address, b.compound, b.lng, b.lat, b.households, ${areaOfBuildingOn(day)} as "areaId"
      from buildings b where b.street_id = ${streetId} order by b.code collate "C"`,
  )
}

/** Ends areas on the day before, and their boundaries with them. */
export async function endAreas(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  lastDay: Day,
): Promise<void> {
  await tx.run(
    sql`update areas set valid_to = ${lastDay} where street_id = ${streetId} and id = any(${ids}::uuid[])`,
  )
  await tx.run(
    sql`update area_boundaries set valid_to = ${lastDay} where street_id = ${streetId}
      and area_id = any(${ids}::uuid[]) and (valid_to is null or valid_to > ${lastDay})`,
  )
}

/**
 * Adds areas with the ids and paths that the draft gave them; those of a recalled draft begin again. Their boundaries
 * come apart.
 */
export async function insertDraftedAreas(
  tx: Tx,
  streetId: number,
  areas: readonly AddedArea[],
  validFrom: Day,
): Promise<void> {
  const rows = areas.map(({ geometry: _, origins: __, ...area }) => area)
  await tx.run(
    sql`insert into areas (street_id, id, code, level, name, kind, parent_id, path, position, bounds_text, valid_from)
      select ${streetId}::int, r.id, r.code, r.level, r.name, r.kind, r."parentId", r.path::ltree, r.position,
        r."boundsText", ${validFrom}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, level text, name text, kind text,
        "parentId" uuid, path text, position int, "boundsText" text)
      on conflict (street_id, id) do update set code = excluded.code, level = excluded.level, name = excluded.name,
        kind = excluded.kind, parent_id = excluded.parent_id, path = excluded.path, position = excluded.position,
        bounds_text = excluded.bounds_text, valid_from = excluded.valid_from, valid_to = null
        where areas.valid_to < areas.valid_from`,
  )
}

export async function insertLineage(
  tx: Tx,
  streetId: number,
  draftId: string,
  onDay: Day,
  lines: readonly Descent[],
): Promise<void> {
  await tx.run(
    sql`insert into area_lineage (street_id, from_area_id, to_area_id, on_day, share, basis, draft_id)
      select ${streetId}::int, r."from", r."to", ${onDay}::date, r.share, r.basis, ${draftId}::uuid
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r("from" uuid, "to" uuid, share numeric, basis text)
      on conflict (street_id, from_area_id, to_area_id, on_day) do nothing`,
  )
}

export interface NewMove {
  readonly buildingId: string
  readonly from: string
  readonly to: string
}

export async function insertMoves(
  tx: Tx,
  streetId: number,
  draftId: string | null,
  onDay: Day,
  moves: readonly NewMove[],
): Promise<void> {
  await tx.run(
    sql`insert into building_moves (street_id, building_id, on_day, from_area_id, to_area_id, draft_id)
      select ${streetId}::int, r."buildingId", ${onDay}::date, r."from", r."to", ${draftId}::uuid
      from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as r("buildingId" uuid, "from" uuid, "to" uuid)
      on conflict (street_id, building_id, on_day) do update
        set to_area_id = excluded.to_area_id, draft_id = excluded.draft_id`,
  )
}

/** Lets the row of each building say where it lies on a day. Returns how many it changed. */
export function settleMoves(tx: Tx, streetId: number, day: Day): Promise<number> {
  return tx.run(
    sql`update buildings b set area_id = m.to_area_id
      from (select distinct on (building_id) building_id, to_area_id from building_moves
        where street_id = ${streetId} and on_day <= ${day} order by building_id, on_day desc) m
      where b.street_id = ${streetId} and b.id = m.building_id and b.area_id <> m.to_area_id`,
  )
}

interface NamedArea {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
}

export interface LineageRow {
  readonly from: NamedArea
  readonly to: NamedArea
  readonly onDay: Day
  readonly share: number
  readonly basis: Descent['basis']
}

/** Where an area came from and where it went, in the order of their days. */
export function lineageOf(tx: Tx, streetId: number, areaId: string): Promise<LineageRow[]> {
  const named = (alias: string) =>
    sql`jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'code', ${sql.ref(`${alias}.code`)},
      'level', ${sql.ref(`${alias}.level`)}, 'name', ${sql.ref(`${alias}.name`)})`
  return tx.many(
    sql<LineageRow>`select ${named('f')} as "from", ${named('t')} as "to", l.on_day as "onDay",
        l.share::float8 as share, l.basis
      from area_lineage l
      join areas f on f.street_id = l.street_id and f.id = l.from_area_id
      join areas t on t.street_id = l.street_id and t.id = l.to_area_id
      where l.street_id = ${streetId} and (l.from_area_id = ${areaId} or l.to_area_id = ${areaId})
      order by l.on_day, l.share desc, t.code`,
  )
}

export interface BoundaryDays {
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly approval: string | null
  readonly draftName: string | null
}

/** The boundaries of an area, each with the draft that brought it, if one did. */
export function boundaryDays(tx: Tx, streetId: number, areaId: string): Promise<BoundaryDays[]> {
  return tx.many(
    sql<BoundaryDays>`select b.valid_from as "validFrom", b.valid_to as "validTo", d.approval, d.name as "draftName"
      from area_boundaries b left join lateral (
        select d.approval, d.name from area_drafts d join area_draft_areas a on a.street_id = d.street_id
          and a.draft_id = d.id and a.area_id = b.area_id and a.act <> 'end'
        where d.street_id = b.street_id and d.state = 'in-force' and d.in_force_on = b.valid_from
        order by d.settled_at desc limit 1) d on true
      where b.street_id = ${streetId} and b.area_id = ${areaId}
        and (b.valid_to is null or b.valid_to >= b.valid_from) order by b.valid_from`,
  )
}

export interface AreaDays {
  readonly validFrom: Day
  readonly validTo: Day | null
}

export function areaDays(tx: Tx, streetId: number, areaId: string): Promise<AreaDays | undefined> {
  return tx.maybe(
    sql<AreaDays>`select valid_from as "validFrom", valid_to as "validTo" from areas
      where street_id = ${streetId} and id = ${areaId}`,
  )
}
