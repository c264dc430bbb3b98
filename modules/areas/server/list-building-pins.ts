import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { buildingsOn } from './draft-store.ts'

export const listBuildingPins = operation(contract.listBuildingPins, async ({ tx, actor, at, query }) => ({
  items: (await buildingsOn(tx, actor.streetId, query.onDay ?? dayOf(at))).map(
    ({ address: _, ...building }) => building,
  ),
}))
