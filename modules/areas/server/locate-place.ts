import { toWgs84 } from '../../../lib/datum.ts'
import type { Tx } from '../../../platform/db.ts'
import type { DatumName } from '../contract.ts'
import { areaIndex, chainOf } from './area-index.ts'
import type { IndexedArea } from './area-store.ts'
import { type AreaRefView, refOf } from './area-view.ts'
import { type StreetPlaces, streetPlaces } from './street-places.ts'

export interface WhereAsked {
  readonly place?: { readonly lng: number; readonly lat: number; readonly datum: DatumName } | undefined
  readonly address?: string | undefined
  readonly buildingCode?: string | undefined
}

export interface Located {
  /** Undefined outside every boundary: the case goes to the street desk's queue. */
  readonly leaf?: IndexedArea
  /** From the community down to the leaf; empty without one. */
  readonly chain: AreaRefView[]
  readonly building?: { id: string; code: string; name: string }
}

/**
 * The one leaf area of a place, address text or building code. A building code, read from a door plate, goes before
 * a place, and a place before a text. A building that the text names is told only when it lies in the same leaf.
 */
export async function locatePlace(
  tx: Tx,
  streetId: number,
  at: Date,
  { place, address, buildingCode }: WhereAsked,
): Promise<Located> {
  return locateIn(tx, await streetPlaces(tx, streetId, at), { place, address, buildingCode })
}

/** The same for many address texts at once: what has to be asked is asked once. By the text as it was given. */
export async function locateAddresses(
  tx: Tx,
  streetId: number,
  at: Date,
  addresses: Iterable<string>,
): Promise<Map<string, Located>> {
  const places = await streetPlaces(tx, streetId, at)
  const found = new Map<string, Located>()
  for (const address of addresses)
    if (!found.has(address)) found.set(address, await locateIn(tx, places, { address }))
  return found
}

async function locateIn(
  tx: Tx,
  places: StreetPlaces,
  { place, address, buildingCode }: WhereAsked,
): Promise<Located> {
  const named = await namedPlace(tx, places, address, buildingCode)
  const wgs84 = place && toWgs84(place.lng, place.lat, place.datum)
  const pinned = wgs84 && places.locate(wgs84.lng, wgs84.lat)
  const leaf = buildingCode && named ? named.leaf : (pinned ?? named?.leaf)
  if (!leaf) return { chain: [] }
  const building = named?.leaf.id === leaf.id ? named.building : undefined
  return { leaf, chain: chainOfLeaf(places, leaf), ...(building && { building }) }
}

interface Named {
  leaf: IndexedArea
  building: Located['building']
}

async function namedPlace(
  tx: Tx,
  places: StreetPlaces,
  address: string | undefined,
  buildingCode: string | undefined,
): Promise<Named | undefined> {
  if (!buildingCode?.trim() && !address?.trim()) return undefined
  const book = await places.addressBook(tx)
  const byCode = buildingCode ? book.findByCode(buildingCode) : undefined
  const match = byCode
    ? { building: byCode, areaId: byCode.areaId }
    : address
      ? book.match(address)
      : undefined
  if (!match) return undefined
  const { building } = match
  // After a re-cut a building may still name an ended area; its place then says where it lies.
  const moved =
    building && building.lng !== null && building.lat !== null
      ? places.locate(building.lng, building.lat)
      : undefined
  const leaf = places.areas.get(match.areaId) ?? moved
  return (
    leaf && {
      leaf,
      building: building && { id: building.id, code: building.code, name: building.name },
    }
  )
}

function chainOfLeaf(places: StreetPlaces, leaf: IndexedArea): AreaRefView[] {
  const chain: AreaRefView[] = []
  for (let area: IndexedArea | undefined = leaf; area; ) {
    // The street itself is left out: a screen says 天桥社区 · 第3网格 · 微网格07.
    if (area.parentId === null) break
    chain.unshift(refOf(area))
    area = places.areas.get(area.parentId)
  }
  return chain
}

/** From the community down to the area of a path; empty for the street itself. */
export async function areaChain(tx: Tx, streetId: number, path: string): Promise<AreaRefView[]> {
  const index = await areaIndex(tx, streetId)
  return chainOf(index, path)
    .filter((area) => area.parentId !== null)
    .map(refOf)
}
