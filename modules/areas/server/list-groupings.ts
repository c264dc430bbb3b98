import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { groupingsOn } from './grouping-store.ts'
import { groupingViews } from './grouping-view.ts'

export const listGroupings = operation(contract.listGroupings, async ({ tx, actor, at, query }) => {
  const onDay = query.onDay ?? dayOf(at)
  const rows = await groupingsOn(tx, actor.streetId, onDay)
  return { onDay, items: await groupingViews(tx, actor.streetId, onDay, rows) }
})
