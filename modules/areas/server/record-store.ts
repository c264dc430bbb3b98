/** Rows of compounds, entrances, dwellings, counts and door codes. */
import { sql } from 'kysely'
import { addDays, type Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { areaOfBuildingOn } from './draft-store.ts'

export interface CompoundRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly buildings: number
  readonly households: number
  readonly buildingsWithHouseholds: number
  readonly areas: number
  readonly validFrom: Day
}

export function compoundsInForce(tx: Tx, streetId: number, day: Day): Promise<CompoundRow[]> {
  return tx.many(
    sql<CompoundRow>`select c.id, c.code, c.name, c.valid_from as "validFrom", count(b.id)::int as buildings,
        coalesce(sum(b.households), 0)::int as households, count(b.households)::int as "buildingsWithHouseholds",
        count(distinct b.area_id)::int as areas
      from compounds c left join buildings b on b.street_id = c.street_id and b.compound_id = c.id
      where c.street_id = ${streetId} and c.valid_from <= ${day} and (c.valid_to is null or c.valid_to >= ${day})
      group by c.street_id, c.id order by c.code collate "C"`,
  )
}

export interface BuildingRecordRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compoundName: string | null
  readonly compound: { readonly id: string; readonly code: string; readonly name: string } | null
  readonly areaId: string
  readonly lng: number | null
  readonly lat: number | null
  readonly households: number | null
  readonly doorId: string | null
}

export function findBuilding(
  tx: Tx,
  streetId: number,
  id: string,
  day: Day,
): Promise<BuildingRecordRow | undefined> {
  return tx.maybe(
    sql<BuildingRecordRow>`select b.id, b.code, b.name, b.address, b.compound as "compoundName",
        case when c.id is null then null else jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name) end as compound,
        ${areaOfBuildingOn(day)} as "areaId", b.lng, b.lat, b.households, b.door_id as "doorId"
      from buildings b left join compounds c on c.street_id = b.street_id and c.id = b.compound_id
      where b.street_id = ${streetId} and b.id = ${id}`,
  )
}

export interface EntranceRow {
  readonly id: string
  readonly code: string
  readonly floors: number | null
  readonly validFrom: Day
  readonly validTo: Day | null
  readonly dwellings: number
}

/** Ended ones too, after those in force. */
export function entrancesOf(tx: Tx, streetId: number, buildingId: string): Promise<EntranceRow[]> {
  return tx.many(
    sql<EntranceRow>`select e.id, e.code, e.floors, e.valid_from as "validFrom", e.valid_to as "validTo",
        (select count(*)::int from dwellings d where d.street_id = e.street_id and d.entrance_id = e.id
          and d.valid_to is null) as dwellings
      from entrances e where e.street_id = ${streetId} and e.building_id = ${buildingId}
      order by (e.valid_to is not null), length(e.code), e.code, e.valid_from`,
  )
}

export interface DwellingRow {
  readonly id: string
  readonly entranceId: string | null
  readonly code: string
  readonly floor: number | null
  readonly validFrom: Day
}

export function dwellingsOf(tx: Tx, streetId: number, buildingId: string): Promise<DwellingRow[]> {
  return tx.many(
    sql<DwellingRow>`select id, entrance_id as "entranceId", code, floor, valid_from as "validFrom" from dwellings
      where street_id = ${streetId} and building_id = ${buildingId} and valid_to is null
      order by entrance_id, floor nulls first, length(code), code`,
  )
}

export function countsOf(tx: Tx, streetId: number, buildingId: string) {
  return tx.many(
    sql<{ onDay: Day; households: number; source: string }>`select on_day as "onDay", households, source
      from building_counts where street_id = ${streetId} and building_id = ${buildingId} order by on_day desc`,
  )
}

export function movesOf(tx: Tx, streetId: number, buildingId: string) {
  return tx.many(
    sql<{ onDay: Day; from: string; to: string }>`select m.on_day as "onDay", f.name as "from", t.name as "to"
      from building_moves m join areas f on f.street_id = m.street_id and f.id = m.from_area_id
        join areas t on t.street_id = m.street_id and t.id = m.to_area_id
      where m.street_id = ${streetId} and m.building_id = ${buildingId} order by m.on_day desc`,
  )
}

/** Each name once; a compound that is not there yet is added from the day on. Returns ids by name. */
export async function compoundIds(
  tx: Tx,
  streetId: number,
  names: readonly string[],
  day: Day,
  newId: () => string,
): Promise<Map<string, string>> {
  const rows = [...new Set(names)].map((name) => ({ id: newId(), name }))
  await tx.run(
    sql`insert into compounds (street_id, id, code, name, valid_from)
      select ${streetId}::int, r.id, 'X' || lpad((n.last + row_number() over (order by r.id))::text, 4, '0'), r.name, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, name text)
        cross join (select coalesce(max(substring(code from 2)::int), 0) as last from compounds
          where street_id = ${streetId} and code ~ '^X[0-9]{1,8}$') n
      where not exists (select from compounds c where c.street_id = ${streetId} and c.name = r.name and c.valid_to is null)`,
  )
  const found = await tx.many(
    sql<{ id: string; name: string }>`select id, name from compounds
      where street_id = ${streetId} and valid_to is null and name = any(${[...new Set(names)]}::text[])`,
  )
  return new Map(found.map(({ id, name }) => [name, id]))
}

/** Ties buildings to the compounds that they name. */
export async function linkCompounds(
  tx: Tx,
  streetId: number,
  links: readonly {
    readonly buildingId: string
    readonly compoundId: string | null
    readonly name: string | null
  }[],
): Promise<void> {
  await tx.run(
    sql`update buildings b set compound_id = r."compoundId", compound = r.name
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r("buildingId" uuid, "compoundId" uuid, name text)
      where b.street_id = ${streetId} and b.id = r."buildingId"`,
  )
}

/** How many households buildings have from a day on; told again on the same day, the later word counts. */
export async function keepCounts(
  tx: Tx,
  streetId: number,
  day: Day,
  source: string,
  counts: readonly { readonly buildingId: string; readonly households: number }[],
): Promise<void> {
  await tx.run(
    sql`insert into building_counts (street_id, building_id, on_day, households, source)
      select ${streetId}::int, r."buildingId", ${day}::date, r.households, ${source}
      from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as r("buildingId" uuid, households int)
      on conflict (street_id, building_id, on_day) do update set households = excluded.households, source = excluded.source`,
  )
}

export interface WantedEntrance {
  readonly code: string
  readonly floors: number | null
  readonly dwellings: readonly string[]
}

/** The last day of what began today is today: a term never runs backwards. */
const lastDay = (day: Day) => sql`greatest(valid_from, ${addDays(day, -1)}::date)`

/** Leaves exactly these entrances and dwellings in force from the day on; the others end and stay to be read. */
export async function replaceEntrances(
  tx: Tx,
  streetId: number,
  buildingId: string,
  day: Day,
  wanted: readonly WantedEntrance[],
  newId: () => string,
): Promise<void> {
  const codes = wanted.map(({ code }) => code)
  const doors = wanted.flatMap(({ code, dwellings }) =>
    dwellings.map((door) => ({ id: newId(), entrance: code, code: door, floor: floorOf(door) })),
  )
  const rows = wanted.map(({ code, floors }) => ({ id: newId(), code, floors }))
  await tx.run(
    sql`update dwellings d set valid_to = ${lastDay(day)}
      where d.street_id = ${streetId} and d.building_id = ${buildingId} and d.valid_to is null and not exists (
        select from jsonb_to_recordset(${JSON.stringify(doors)}::jsonb) as r(entrance text, code text)
          join entrances e on e.street_id = ${streetId} and e.building_id = ${buildingId} and e.code = r.entrance
            and e.valid_to is null
        where e.id = d.entrance_id and r.code = d.code)`,
  )
  await tx.run(
    sql`update entrances set valid_to = ${lastDay(day)} where street_id = ${streetId} and building_id = ${buildingId}
      and valid_to is null and not code = any(${codes}::text[])`,
  )
  await tx.run(
    sql`insert into entrances (street_id, id, building_id, code, floors, valid_from)
      select ${streetId}::int, r.id, ${buildingId}::uuid, r.code, r.floors, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, floors int)
      on conflict (street_id, building_id, code) where valid_to is null do update set floors = excluded.floors`,
  )
  await tx.run(
    sql`insert into dwellings (street_id, id, building_id, entrance_id, code, floor, valid_from)
      select ${streetId}::int, r.id, ${buildingId}::uuid, e.id, r.code, r.floor, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(doors)}::jsonb) as r(id uuid, entrance text, code text, floor int)
        join entrances e on e.street_id = ${streetId} and e.building_id = ${buildingId} and e.code = r.entrance
          and e.valid_to is null
      where not exists (select from dwellings d where d.street_id = ${streetId} and d.building_id = ${buildingId}
        and d.entrance_id = e.id and d.code = r.code and d.valid_to is null)`,
  )
}

/** Adds entrances that are not there yet; those that are stay with their days and dwellings. */
export async function addEntrances(
  tx: Tx,
  streetId: number,
  day: Day,
  rows: readonly { readonly id: string; readonly buildingId: string; readonly code: string }[],
): Promise<void> {
  await tx.run(
    sql`insert into entrances (street_id, id, building_id, code, valid_from)
      select ${streetId}::int, r.id, r."buildingId", r.code, ${day}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "buildingId" uuid, code text)
      on conflict (street_id, building_id, code) where valid_to is null do nothing`,
  )
}

/** For buildings that an import brought and its undo takes out again. */
export async function dropRecords(tx: Tx, streetId: number, buildingIds: readonly string[]): Promise<void> {
  await tx.run(
    sql`delete from dwellings where street_id = ${streetId} and building_id = any(${buildingIds}::uuid[])`,
  )
  await tx.run(
    sql`delete from entrances where street_id = ${streetId} and building_id = any(${buildingIds}::uuid[])`,
  )
  await tx.run(
    sql`delete from building_counts where street_id = ${streetId} and building_id = any(${buildingIds}::uuid[])`,
  )
}

/** 1203 is on floor 12, 502 on floor 5; a door without such a number says nothing. */
export function floorOf(door: string): number | null {
  const [, floor] = /^(\d{1,2})\d{2}$/.exec(door) ?? []
  return floor === undefined || Number(floor) === 0 ? null : Number(floor)
}

export interface DoorRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly address: string
  readonly compound: string | null
  readonly doorId: string | null
}

/** Along compounds and codes: as somebody would walk who puts the sheets up. */
export function buildingsForDoors(
  tx: Tx,
  streetId: number,
  areaIds: readonly string[] | null,
  buildingId: string | null,
  day: Day,
): Promise<DoorRow[]> {
  return tx.many(
    sql<DoorRow>`select id, code, name, address, compound, door_id as "doorId" from buildings b
      where street_id = ${streetId} and (${buildingId}::uuid is null or id = ${buildingId}::uuid)
        and (${areaIds}::uuid[] is null or ${areaOfBuildingOn(day)} = any(${areaIds}::uuid[]))
      order by compound nulls last, code collate "C"`,
  )
}

/** Gives codes to buildings that have none; one that got its code meanwhile keeps it. */
export async function giveDoorIds(
  tx: Tx,
  streetId: number,
  doors: readonly { readonly id: string; readonly doorId: string }[],
): Promise<void> {
  await tx.run(
    sql`update buildings b set door_id = r."doorId"
      from jsonb_to_recordset(${JSON.stringify(doors)}::jsonb) as r(id uuid, "doorId" text)
      where b.street_id = ${streetId} and b.id = r.id and b.door_id is null`,
  )
}

export function buildingOfDoor(tx: Tx, streetId: number, doorId: string) {
  return tx.maybe(
    sql<{ code: string; name: string; address: string; areaId: string }>`select code, name, address,
        area_id as "areaId" from buildings
      where street_id = ${streetId} and door_id = ${doorId}`,
  )
}
