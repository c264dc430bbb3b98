import type { OutputOf } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areasWithBoundaries } from './area-store.ts'

type Feature = OutputOf<typeof contract.getBoundaries>['features'][number]

export const getBoundaries = operation(contract.getBoundaries, async ({ tx, query, actor, at }) => {
  const rows = await areasWithBoundaries(tx, actor.streetId, query.onDay ?? dayOf(at))
  const drawn = rows.filter(
    (row) => row.geometry !== null && (query.level === undefined || row.level === query.level),
  )
  return {
    type: 'FeatureCollection' as const,
    synthetic: drawn.some((row) => row.synthetic),
    features: drawn.map(
      ({ id, level, name, code, geometry }): Feature => ({
        type: 'Feature',
        id,
        properties: { level, name, code },
        geometry: geometry as Feature['geometry'],
      }),
    ),
  }
})
