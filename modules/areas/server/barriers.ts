import { toWgs84 } from '../../../lib/datum.ts'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { barriersOn, replaceBarriers } from './proposal-store.ts'

export const listBarriers = operation(contract.listBarriers, async ({ tx, actor, at }) => ({
  items: await barriersOn(tx, actor.streetId, dayOf(at)),
}))

export const saveBarriers = operation(contract.saveBarriers, async (call) => {
  const { tx, actor, at, body } = call
  const rows = body.items.map(({ name, line }) => ({
    id: call.newId(),
    name,
    line: line.map(([lng = 0, lat = 0]) => {
      const place = toWgs84(lng, lat, body.datum)
      return [place.lng, place.lat]
    }),
  }))
  await replaceBarriers(tx, actor.streetId, dayOf(at), rows)
  call.audit({ subjectType: 'area-barriers', detail: { count: rows.length } })
  return { count: rows.length }
})
