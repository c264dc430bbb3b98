/** Bulk writing of areas, boundaries and figures, for seeding and imports. Each write gives the street a new version. */
import { sql } from 'kysely'
import { type Datum, toWgs84 } from '../../../lib/datum.ts'
import { type AreaGeometry, findGeometryFault, type Position, polygonsOf } from '../../../lib/geometry.ts'
import { newId } from '../../../lib/ids.ts'
import { addDays, type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { AreaKind } from '../area-kinds.ts'
import { forgetAreaIndex } from './area-index.ts'
import { allAreas, type IndexedArea } from './area-store.ts'
import { usedCodes } from './draft-store.ts'

export interface NewArea {
  readonly id?: string
  readonly code: string
  readonly level: string
  readonly name: string
  /** Code of an area in the same list or already there. */
  readonly parentCode: string
  /** The last label of its path; the code unless given. */
  readonly label?: string
  /** Its place among its siblings; the place in the list unless given. */
  readonly position?: number
  readonly boundsText?: string | null
  /** Ordinary unless given. */
  readonly kind?: AreaKind
  /** The day of `at` unless given. */
  readonly validFrom?: Day
}

/**
 * Adds areas below existing ones, in any order. Returns them by code.
 * @throws Error when a parent is unknown, a code is there already or a label is no ltree label
 */
export async function insertAreas(
  tx: Tx,
  streetId: number,
  at: Date,
  areas: readonly NewArea[],
): Promise<Map<string, IndexedArea>> {
  const known = new Map((await allAreas(tx, streetId)).map((area) => [area.code, area]))
  const used = await usedCodes(tx, streetId)
  const wanted = new Map(areas.map((area, index) => [area.code, { area, index }]))
  const made = new Map<
    string,
    IndexedArea & { position: number; boundsText: string | null; kind: AreaKind; validFrom: Day }
  >()
  const make = (code: string, depth: number): IndexedArea => {
    const there = made.get(code) ?? known.get(code)
    if (there) return there
    const entry = wanted.get(code)
    if (!entry) throw new Error(`area ${code} is unknown`)
    if (depth > 32) throw new Error(`area ${code} is its own ancestor`)
    const parent = make(entry.area.parentCode, depth + 1)
    const label = pathLabel(entry.area.label ?? code)
    const row = {
      id: entry.area.id ?? newId(at.getTime()),
      code,
      level: entry.area.level,
      name: entry.area.name,
      parentId: parent.id,
      path: `${parent.path}.${label}`,
      position: entry.area.position ?? entry.index,
      boundsText: entry.area.boundsText ?? null,
      kind: entry.area.kind ?? 'ordinary',
      validFrom: entry.area.validFrom ?? dayOf(at),
    }
    made.set(code, row)
    return row
  }
  for (const { code } of areas) {
    if (used.has(code)) throw new Error(`area ${code} is there already`)
    make(code, 0)
  }
  await tx.run(
    sql`insert into areas (street_id, id, code, level, name, parent_id, path, position, bounds_text, kind, valid_from)
      select ${streetId}::int, r.id, r.code, r.level, r.name, r."parentId", r.path::ltree, r.position, r."boundsText", r.kind, r."validFrom"
      from jsonb_to_recordset(${JSON.stringify([...made.values()])}::jsonb) as r(id uuid, code text, level text,
        name text, "parentId" uuid, path text, position int, "boundsText" text, kind text, "validFrom" date)`,
  )
  await renewAreaVersion(tx, streetId, at)
  return made
}

/** An ltree label as every PostgreSQL from 15 on takes it. */
export function pathLabel(code: string): string {
  if (!/^[A-Za-z0-9_]{1,200}$/.test(code)) throw new Error(`${JSON.stringify(code)} is no label of a path`)
  return code
}

/** Gives an area described bounds, and another name or kind from the day of `at` on: the days before keep what it had. */
export async function renameArea(
  tx: Tx,
  streetId: number,
  at: Date,
  area: {
    readonly id: string
    readonly name: string
    readonly boundsText: string | null
    /** As it is unless given. */
    readonly kind?: AreaKind
  },
): Promise<void> {
  await tx.run(
    sql`insert into area_renames (street_id, area_id, on_day, from_name, from_code, from_kind, to_name, to_code, to_kind)
      select street_id, id, ${dayOf(at)}::date, name, code, kind, ${area.name}, code, coalesce(${area.kind ?? null}, kind) from areas
      where street_id = ${streetId} and id = ${area.id} and (name, kind) <> (${area.name}, coalesce(${area.kind ?? null}, kind))
      on conflict (street_id, area_id, on_day) do update set to_name = excluded.to_name, to_kind = excluded.to_kind`,
  )
  await tx.run(
    sql`update areas set name = ${area.name}, bounds_text = ${area.boundsText}, kind = coalesce(${area.kind ?? null}, kind)
      where street_id = ${streetId} and id = ${area.id}`,
  )
  await renewAreaVersion(tx, streetId, at)
}

export interface NewBoundary {
  readonly areaId: string
  /** In the datum declared here; it is stored as WGS-84. */
  readonly geometry: AreaGeometry
  readonly datum: Datum
  /** Made up; the map says so. */
  readonly synthetic: boolean
  /** The day of `at` unless given. */
  readonly validFrom?: Day
}

/**
 * Adds boundaries. The one in force before ends the day before; one of the same first day is replaced, and holds again
 * where a recall had taken it back.
 * @throws Error for a geometry that is no usable polygon
 */
export async function insertBoundaries(
  tx: Tx,
  streetId: number,
  at: Date,
  boundaries: readonly NewBoundary[],
): Promise<void> {
  const rows = boundaries.map((boundary) => {
    const fault = findGeometryFault(boundary.geometry)
    if (fault) throw new Error(`boundary of area ${boundary.areaId}: ${fault}`)
    const validFrom = boundary.validFrom ?? dayOf(at)
    return {
      areaId: boundary.areaId,
      geometry: geometryInWgs84(boundary.geometry, boundary.datum),
      datum: boundary.datum,
      synthetic: boundary.synthetic,
      validFrom,
      dayBefore: addDays(validFrom, -1),
    }
  })
  const list = JSON.stringify(rows)
  await tx.run(
    sql`update area_boundaries b set valid_to = r."dayBefore"
      from jsonb_to_recordset(${list}::jsonb) as r("areaId" uuid, "validFrom" date, "dayBefore" date)
      where b.street_id = ${streetId} and b.area_id = r."areaId" and b.valid_from < r."validFrom"
        and (b.valid_to is null or b.valid_to >= r."validFrom")`,
  )
  await tx.run(
    sql`insert into area_boundaries (street_id, area_id, valid_from, geometry, source_datum, synthetic)
      select ${streetId}::int, r."areaId", r."validFrom", r.geometry, r.datum, r.synthetic
      from jsonb_to_recordset(${list}::jsonb)
        as r("areaId" uuid, "validFrom" date, geometry jsonb, datum text, synthetic boolean)
      on conflict (street_id, area_id, valid_from) do update
        set geometry = excluded.geometry, source_datum = excluded.source_datum, synthetic = excluded.synthetic,
          valid_to = case when area_boundaries.valid_to >= area_boundaries.valid_from then area_boundaries.valid_to end`,
  )
  await renewAreaVersion(tx, streetId, at)
}

/** WGS-84 keeps its very numbers; heights are left out. */
export function geometryInWgs84(geometry: AreaGeometry, datum: Datum): AreaGeometry {
  const moved = polygonsOf(geometry).map((rings) =>
    rings.map((ring) =>
      ring.map(([lng = NaN, lat = NaN]: Position) => {
        const place = toWgs84(lng, lat, datum)
        return [place.lng, place.lat]
      }),
    ),
  )
  const [first, ...others] = moved
  return first && others.length === 0
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: moved }
}

export interface NewFigure {
  readonly areaId: string
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Whom or what it counts: 户籍人口 and 常住人口 are two figures. */
  readonly scope: string
  readonly onDay: Day
  readonly source: string
}

/** Adds figures; one of the same area, name, scope and day is replaced. */
export async function insertFigures(tx: Tx, streetId: number, figures: readonly NewFigure[]): Promise<void> {
  await tx.run(
    sql`insert into area_figures (street_id, area_id, name, scope, on_day, value, unit, source)
      select ${streetId}::int, r."areaId", r.name, r.scope, r."onDay", r.value, r.unit, r.source
      from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as r("areaId" uuid, name text, scope text,
        "onDay" date, value numeric, unit text, source text)
      on conflict (street_id, area_id, name, scope, on_day) do update
        set value = excluded.value, unit = excluded.unit, source = excluded.source`,
  )
}

/** After every write: the locator and the address book of every process are made anew at their next use. */
export async function renewAreaVersion(tx: Tx, streetId: number, at: Date): Promise<void> {
  await tx.run(
    sql`insert into area_versions (street_id, version) values (${streetId}, ${newId(at.getTime())})
      on conflict (street_id) do update set version = excluded.version`,
  )
  forgetAreaIndex(streetId)
}

export async function setBuildingHouseholds(
  tx: Tx,
  streetId: number,
  buildingId: string,
  households: number,
): Promise<void> {
  await tx.run(
    sql`update buildings set households = ${households} where street_id = ${streetId} and id = ${buildingId}`,
  )
}
