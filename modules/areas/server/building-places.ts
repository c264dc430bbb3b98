/** Where the rows of a list of buildings would come to lie, before they go in. */
import { type Datum, toWgs84 } from '../../../lib/datum.ts'
import type { SheetCall, SheetPlaces } from '../../../platform/sheets/sheet-kind.ts'
import type { DatumName } from '../contract.ts'
import { areasWithBoundaries } from './area-store.ts'
import { outsideStreet, spreadOver } from './outside-street.ts'

interface PlacedRow {
  readonly name: string
  readonly compound: string | null
  readonly lng: number | null
  readonly lat: number | null
  readonly datum: string | null
}

/** The same numbers in another datum are half a kilometre away. Nothing where no row has a place. */
export async function placesOf(
  { tx, streetId, today }: Pick<SheetCall, 'tx' | 'streetId' | 'today'>,
  rows: readonly PlacedRow[],
): Promise<{ places?: SheetPlaces }> {
  const pins = rows.flatMap(({ lng, lat, datum, name, compound }) =>
    lng === null || lat === null || datum === null
      ? []
      : [{ ...toWgs84(lng, lat, datum as Datum), label: `${compound ?? ''}${name}`, datum }],
  )
  const [first] = pins
  if (!first) return {}
  const shapes = (await areasWithBoundaries(tx, streetId, today)).flatMap(({ geometry }) => geometry ?? [])
  const outside = outsideStreet(
    pins.map(({ lng, lat }) => [lng, lat, lng, lat]),
    shapes,
    first.datum as DatumName,
  )
  const isMixed = pins.some(({ datum }) => datum !== first.datum)
  const samples = spreadOver(pins).map(({ lng, lat, label }) => ({ lng, lat, label }))
  return { places: { samples, outside: outside && isMixed ? { ...outside, better: null } : outside } }
}
