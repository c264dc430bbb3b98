import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areaDays, boundaryDays, lineageOf } from './draft-store.ts'
import { renamesOf } from './rename-store.ts'

export const getAreaHistory = operation(contract.getAreaHistory, async ({ tx, actor, params }) => {
  const days = await areaDays(tx, actor.streetId, params.id)
  if (!days) throw new Refusal('areas/not-found')
  const lines = await lineageOf(tx, actor.streetId, params.id)
  return {
    ...days,
    boundaries: await boundaryDays(tx, actor.streetId, params.id),
    renames: await renamesOf(tx, actor.streetId, params.id),
    cameFrom: lines.filter(({ to }) => to.id === params.id),
    wentTo: lines.filter(({ from }) => from.id === params.id),
  }
})
