/**
 * What it takes to place a point or an address in a street, kept in the process until the street's areas change:
 * the areas in force today with a locator over their boundaries, and the address book.
 */
import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { buildLocator, type Locator, type LocatorLeaf } from '../rules/locate.ts'
import { areasWithBoundaries, areaVersion, type BoundaryRow, type IndexedArea } from './area-store.ts'
import { allBuildings, type BuildingRow } from './building-store.ts'
import { type AddressBook, buildAddressBook } from './match-address.ts'

export interface StreetPlaces {
  /** The areas in force on the day. */
  readonly areas: ReadonlyMap<string, IndexedArea>
  /**
   * The leaf that holds a WGS-84 place. Where the leaves there are not drawn, the lowest area that is: the matter
   * then goes to that desk. Undefined outside all of them; the street's own outline finds nothing.
   */
  locate(lng: number, lat: number): IndexedArea | undefined
  /** Read at the first use, for most calls come with a place. */
  addressBook(tx: Tx): Promise<AddressBook<BuildingRow>>
}

interface Kept {
  version: string
  day: Day
  places: Promise<StreetPlaces>
}

/** By pool, for tests run several databases in one process. */
const kept = new WeakMap<object, Map<number, Kept>>()

/** The same of any day, read anew: for what is asked of the past or of a re-cut ahead. */
export const streetPlacesOn = (tx: Tx, streetId: number, day: Day): Promise<StreetPlaces> =>
  readPlaces(tx, streetId, day)

/** One query when nothing has changed since the last call. */
export async function streetPlaces(tx: Tx, streetId: number, at: Date): Promise<StreetPlaces> {
  const day = dayOf(at)
  const version = await areaVersion(tx, streetId)
  if (version === undefined) return readPlaces(tx, streetId, day)
  const streets = kept.get(tx.cacheKey) ?? new Map<number, Kept>()
  kept.set(tx.cacheKey, streets)
  const found = streets.get(streetId)
  if (found?.version === version && found.day === day) return found.places
  const places = readPlaces(tx, streetId, day)
  streets.set(streetId, { version, day, places })
  places.catch(() => streets.delete(streetId))
  return places
}

async function readPlaces(tx: Tx, streetId: number, day: Day): Promise<StreetPlaces> {
  const rows = await areasWithBoundaries(tx, streetId, day)
  const areas = new Map<string, IndexedArea>(
    rows.map(({ geometry: _, synthetic: __, ...area }) => [area.id, area]),
  )
  const tiers = locatorsFromLeavesUp(rows)
  let book: Promise<AddressBook<BuildingRow>> | undefined
  return {
    areas,
    locate(lng, lat) {
      for (const tier of tiers) {
        const hit = tier.locate(lng, lat)
        if (hit) return areas.get(hit.areaId)
      }
      return undefined
    },
    addressBook(tx) {
      book ??= allBuildings(tx, streetId, day)
        .then(buildAddressBook)
        .catch((error: unknown) => {
          book = undefined
          throw error
        })
      return book
    },
  }
}

/** The leaves first, whatever their depth; then the areas above them, the deepest first. */
function locatorsFromLeavesUp(rows: readonly BoundaryRow[]): Locator[] {
  const parents = new Set(rows.map((row) => row.parentId))
  const tiers = new Map<number, LocatorLeaf[]>()
  for (const { id, path, parentId, geometry } of rows) {
    if (!geometry || parentId === null) continue
    const tier = parents.has(id) ? path.split('.').length : Number.POSITIVE_INFINITY
    const leaves = tiers.get(tier) ?? []
    leaves.push({ areaId: id, path, geometry })
    tiers.set(tier, leaves)
  }
  return [...tiers].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, leaves]) => buildLocator(leaves))
}
