/** Rows of areas, levels, boundaries and figures. A day in force lies between valid_from and valid_to, both included. */
import { sql } from 'kysely'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { AreaKind } from '../area-kinds.ts'

export interface IndexedArea {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
  readonly parentId: string | null
  readonly path: string
}

/** Every area that ever was, ended ones first. */
export function allAreas(tx: Tx, streetId: number): Promise<IndexedArea[]> {
  return tx.many(
    sql<IndexedArea>`select id, code, level, name, parent_id as "parentId", path::text as path
      from areas where street_id = ${streetId} order by valid_to nulls last, path`,
  )
}

/**
 * The words of area `a` on a day as `w`, which is empty for one that never got others: those of its last change until
 * then, else those before its first one after.
 */
export const wordsOn = (day: Day) => sql`left join lateral (
  select case when r.on_day <= ${day} then r.to_name else r.from_name end as name,
    case when r.on_day <= ${day} then r.to_code else r.from_code end as code,
    case when r.on_day <= ${day} then r.to_kind else r.from_kind end as kind
  from area_renames r where r.street_id = a.street_id and r.area_id = a.id
  order by r.on_day <= ${day} desc, case when r.on_day <= ${day} then r.on_day end desc, r.on_day limit 1) w on true`
export const wordColumns = sql`coalesce(w.code, a.code) as code, coalesce(w.name, a.name) as name,
  coalesce(w.kind, a.kind) as kind`

export interface AreaRow extends IndexedArea {
  readonly kind: AreaKind
  readonly levelName: string
  readonly position: number
  readonly boundsText: string | null
  readonly hasBoundary: boolean
}

/** The areas in force on a day, in no order. */
export function areasInForce(tx: Tx, streetId: number, day: Day): Promise<AreaRow[]> {
  return tx.many(
    sql<AreaRow>`select a.id, ${wordColumns}, a.level, a.parent_id as "parentId", a.path::text as path,
        l.name as "levelName", a.position, a.bounds_text as "boundsText",
        exists (select from area_boundaries b where b.street_id = a.street_id and b.area_id = a.id
          and b.valid_from <= ${day} and (b.valid_to is null or b.valid_to >= ${day})) as "hasBoundary"
      from areas a join area_levels l on l.street_id = a.street_id and l.level = a.level ${wordsOn(day)}
      where a.street_id = ${streetId} and a.valid_from <= ${day} and (a.valid_to is null or a.valid_to >= ${day})`,
  )
}

export interface LevelRow {
  readonly level: string
  readonly name: string
  readonly nameEn: string
  readonly position: number
}

/** From the top down. */
export function areaLevels(tx: Tx, streetId: number): Promise<LevelRow[]> {
  return tx.many(
    sql<LevelRow>`select level, name, name_en as "nameEn", position from area_levels
      where street_id = ${streetId} order by position`,
  )
}

export interface BoundaryRow extends IndexedArea {
  readonly kind: AreaKind
  /** Null for an area without a drawn boundary. */
  readonly geometry: AreaGeometry | null
  readonly synthetic: boolean
}

/** The areas in force on a day, each with the boundary in force on it, if it has one. */
export function areasWithBoundaries(tx: Tx, streetId: number, day: Day): Promise<BoundaryRow[]> {
  return tx.many(
    sql<BoundaryRow>`select a.id, ${wordColumns}, a.level, a.parent_id as "parentId", a.path::text as path,
        b.geometry, coalesce(b.synthetic, false) as synthetic
      from areas a left join area_boundaries b on b.street_id = a.street_id and b.area_id = a.id
        and b.valid_from <= ${day} and (b.valid_to is null or b.valid_to >= ${day})
      ${wordsOn(day)}
      where a.street_id = ${streetId} and a.valid_from <= ${day} and (a.valid_to is null or a.valid_to >= ${day})
      order by a.path`,
  )
}

export interface FigureRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly scope: string
  readonly onDay: Day
  readonly source: string
}

/** The newest figure of each name and scope; with a day, of those given for it or before. */
export function newestFigures(
  tx: Tx,
  streetId: number,
  areaId: string,
  onDay: Day | null = null,
): Promise<FigureRow[]> {
  return tx.many(
    sql<FigureRow>`select distinct on (name, scope) name, scope, value::float8 as value, unit,
        on_day as "onDay", source
      from area_figures where street_id = ${streetId} and area_id = ${areaId}
        and (${onDay}::date is null or on_day <= ${onDay}::date)
      order by name, scope, on_day desc`,
  )
}

/** The newest figure of each area, name and scope that was given for a day or before. */
export function figuresOn(tx: Tx, streetId: number, day: Day): Promise<(FigureRow & { areaId: string })[]> {
  return tx.many(
    sql<
      FigureRow & { areaId: string }
    >`select distinct on (area_id, name, scope) area_id as "areaId", name, scope,
        value::float8 as value, unit, on_day as "onDay", source
      from area_figures where street_id = ${streetId} and on_day <= ${day}
      order by area_id, name, scope, on_day desc`,
  )
}

/** Undefined for a street whose areas were never written through this module. */
export async function areaVersion(tx: Tx, streetId: number): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ version: string }>`select version from area_versions where street_id = ${streetId}`,
  )
  return row?.version
}
