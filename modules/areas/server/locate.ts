import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { refOf } from './area-view.ts'
import { locatePlace } from './locate-place.ts'

export const locate = operation(contract.locate, async ({ tx, query, actor, at }) => {
  const { leaf, chain, building } = await locatePlace(tx, actor.streetId, at, {
    place: placeAsked(query),
    address: query.address,
    buildingCode: query.buildingCode,
  })
  return { leaf: leaf ? refOf(leaf) : null, chain, building: building ?? null }
})

interface Asked {
  lng?: number
  lat?: number
  datum?: contract.DatumName
  address?: string
  buildingCode?: string
}

/** A place needs all its three parts: a guessed datum would be two grids off. */
function placeAsked({ lng, lat, datum, address, buildingCode }: Asked) {
  if (lng === undefined && lat === undefined && datum === undefined) {
    if (address !== undefined || buildingCode !== undefined) return undefined
    throw missing('/query/lng', 'a place, an address or a buildingCode is needed')
  }
  if (lng === undefined) throw missing('/query/lng', 'is needed with lat')
  if (lat === undefined) throw missing('/query/lat', 'is needed with lng')
  if (datum === undefined)
    throw missing('/query/datum', 'is needed: the same numbers lie 500 m apart in WGS-84 and GCJ-02')
  return { lng, lat, datum }
}

function missing(path: string, message: string): Refusal {
  return new Refusal('platform/invalid-input', { errors: [{ path, message }] })
}
