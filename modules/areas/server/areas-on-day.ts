/** The areas of a day, and which of them stands for an area of any other day: for lists and figures of a day. */
import { sql } from 'kysely'
import { type AreaGeometry, containsPoint } from '../../../lib/geometry.ts'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { type DatedArea, heirsOn, homeAmong, isInForce, type LineageLine } from '../rules/area-homes.ts'
import { type AreaRow, areasInForce } from './area-store.ts'
import { inTreeOrder } from './area-view.ts'
import { areaOfBuildingOn } from './draft-store.ts'

/** What says where in a divided area something lies; WGS-84. */
export interface PlaceInArea {
  readonly buildingId: string | null
  readonly lng: number | null
  readonly lat: number | null
}

export interface AreasOnDay {
  readonly day: Day
  /** In force on the day, with the words of that day, in tree order. */
  readonly areas: ReadonlyMap<string, AreaRow>
  /** Areas of other days that have several heirs on this one: a place must say which. */
  readonly divided: readonly string[]
  /** Every area that ever was and counts whole for one of `areaIds` on the day. */
  wholeIn(areaIds: readonly string[]): string[]
  /** An area of the day and all below it; empty for one that is not in force. */
  under(areaId: string): string[]
  /**
   * The area of the day for what was put down in an area of any day: itself while it is in force. In a divided one the heir in
   * which its building, else its place, lies; where neither says, the heir of the largest share. Undefined for an unknown area.
   */
  homeOf(areaId: string, place?: PlaceInArea): string | undefined
}

export async function areasOnDay(tx: Tx, streetId: number, day: Day): Promise<AreasOnDay> {
  const areas = new Map(inTreeOrder(await areasInForce(tx, streetId, day)).map((area) => [area.id, area]))
  const dated = await datedAreas(tx, streetId)
  const strangers = dated.filter((area) => !isInForce(area, day))
  const lines = strangers.length > 0 ? await lineage(tx, streetId) : []
  const heirs = heirsOn(day, new Map(dated.map((area) => [area.id, area])), lines)
  const divided = strangers.flatMap(({ id }) => ((heirs.get(id)?.length ?? 0) > 1 ? [id] : []))
  const inHeirs = [...new Set(divided.flatMap((id) => (heirs.get(id) ?? []).map(({ areaId }) => areaId)))]
  const shapes =
    divided.length > 0 ? await shapesOn(tx, streetId, day, inHeirs) : new Map<string, AreaGeometry>()
  const buildings =
    divided.length > 0 ? await buildingsIn(tx, streetId, day, inHeirs) : new Map<string, string>()
  return {
    day,
    areas,
    divided,
    wholeIn(areaIds) {
      const wanted = new Set(areaIds)
      return [...heirs].flatMap(([id, [heir, ...others]]) =>
        heir && others.length === 0 && wanted.has(heir.areaId) ? [id] : [],
      )
    },
    under: (areaId) => {
      const top = areas.get(areaId)
      if (!top) return []
      return [...areas.values()].flatMap(({ id, path }) =>
        id === areaId || path.startsWith(`${top.path}.`) ? [id] : [],
      )
    },
    homeOf(areaId, place) {
      const own = heirs.get(areaId) ?? []
      if (own.length < 2 || !place) return own[0]?.areaId
      const building = buildings.get(place.buildingId ?? '')
      if (own.some((heir) => heir.areaId === building)) return building
      return homeAmong(own, (heir) => liesIn(shapes.get(heir), place))
    },
  }
}

const liesIn = (shape: AreaGeometry | undefined, { lng, lat }: PlaceInArea): boolean =>
  shape !== undefined && lng !== null && lat !== null && containsPoint(shape, lng, lat)

const datedAreas = (tx: Tx, streetId: number): Promise<DatedArea[]> =>
  tx.many(
    sql<DatedArea>`select id, parent_id as "parentId", valid_from as "validFrom", valid_to as "validTo"
      from areas where street_id = ${streetId}`,
  )

const lineage = (tx: Tx, streetId: number): Promise<LineageLine[]> =>
  tx.many(
    sql<LineageLine>`select from_area_id as "from", to_area_id as "to", on_day as "onDay", share::float8 as share
      from area_lineage where street_id = ${streetId}`,
  )

async function shapesOn(
  tx: Tx,
  streetId: number,
  day: Day,
  areaIds: readonly string[],
): Promise<Map<string, AreaGeometry>> {
  const rows = await tx.many(
    sql<{ id: string; geometry: AreaGeometry }>`select area_id as id, geometry from area_boundaries
      where street_id = ${streetId} and area_id = any(${[...areaIds]}::uuid[]) and geometry is not null
        and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`,
  )
  return new Map(rows.map(({ id, geometry }) => [id, geometry]))
}

/** The buildings of these areas on a day, each with its area. */
async function buildingsIn(
  tx: Tx,
  streetId: number,
  day: Day,
  areaIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.many(
    sql<{ id: string; areaId: string }>`select id, "areaId" from (
        select b.id, ${areaOfBuildingOn(day)} as "areaId" from buildings b where b.street_id = ${streetId}) b
      where "areaId" = any(${[...areaIds]}::uuid[])`,
  )
  return new Map(rows.map(({ id, areaId }) => [id, areaId]))
}
