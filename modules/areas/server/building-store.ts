import { sql } from 'kysely'
import { type Datum, toWgs84 } from '../../../lib/datum.ts'
import { newId } from '../../../lib/ids.ts'
import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { renewAreaVersion } from './area-writes.ts'
import { areaOfBuildingOn, insertMoves } from './draft-store.ts'

export interface BuildingRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compound: string | null
  readonly areaId: string
  /** WGS-84. */
  readonly lng: number | null
  readonly lat: number | null
}

/** All buildings of a street in the order of their codes, each in the area where it lies on a day. */
export function allBuildings(tx: Tx, streetId: number, day: Day): Promise<BuildingRow[]> {
  return tx.many(
    sql<BuildingRow>`select b.id, b.code, b.name, b.address, b.compound, ${areaOfBuildingOn(day)} as "areaId",
        b.lng, b.lat
      from buildings b where b.street_id = ${streetId} order by b.code collate "C"`,
  )
}

export function buildingCodes(tx: Tx, streetId: number): Promise<{ id: string; code: string }[]> {
  return tx.many(
    sql<{ id: string; code: string }>`select id, code from buildings where street_id = ${streetId}`,
  )
}

/** Where buildings that are there already lie, by code. */
async function areasOfBuildings(tx: Tx, streetId: number, codes: readonly string[]) {
  const rows = await tx.many(
    sql<{ id: string; code: string; areaId: string }>`select id, code, area_id as "areaId" from buildings
      where street_id = ${streetId} and code = any(${codes}::text[])`,
  )
  return new Map(rows.map((row) => [row.code, row]))
}

export interface NewBuilding {
  readonly id?: string
  /** What a door plate or QR code carries. */
  readonly code: string
  /** '3栋' */
  readonly name: string
  /** The whole address, such as '桐荫路18号 梧桐苑 3栋'. */
  readonly address: string
  readonly compound?: string | null
  readonly areaId: string
  readonly place?: { readonly lng: number; readonly lat: number; readonly datum: Datum } | null
  readonly households?: number | null
}

/** Adds buildings; one of the same code is brought up to date and keeps its id. Returns the ids by code. */
export async function insertBuildings(
  tx: Tx,
  streetId: number,
  at: Date,
  buildings: readonly NewBuilding[],
): Promise<Map<string, string>> {
  const rows = buildings.map(({ place, ...building }) => ({
    ...building,
    id: building.id ?? newId(at.getTime()),
    ...(place ? toWgs84(place.lng, place.lat, place.datum) : {}),
  }))
  const stood = await areasOfBuildings(
    tx,
    streetId,
    rows.map(({ code }) => code),
  )
  const kept = await tx.many(
    sql<{ id: string; code: string }>`insert into buildings (street_id, id, code, name, address, compound,
        area_id, lng, lat, households)
      select ${streetId}::int, r.id, r.code, r.name, r.address, r.compound, r."areaId", r.lng, r.lat, r.households
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, name text, address text,
        compound text, "areaId" uuid, lng float8, lat float8, households int)
      on conflict (street_id, code) do update set name = excluded.name, address = excluded.address,
        compound = excluded.compound, area_id = excluded.area_id, lng = excluded.lng, lat = excluded.lat,
        households = excluded.households
      returning id, code`,
  )
  const moves = rows.flatMap(({ code, areaId }) => {
    const before = stood.get(code)
    return before && before.areaId !== areaId
      ? [{ buildingId: before.id, from: before.areaId, to: areaId }]
      : []
  })
  if (moves.length > 0) await insertMoves(tx, streetId, null, dayOf(at), moves)
  await renewAreaVersion(tx, streetId, at)
  return new Map(kept.map((row) => [row.code, row.id]))
}

/** What views show of buildings, by id; unknown ids are left out. */
export async function buildingRefs(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string; address: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.many(
    sql<{ id: string; name: string; address: string }>`select id, name, address from buildings
      where street_id = ${streetId} and id = any(${ids}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
