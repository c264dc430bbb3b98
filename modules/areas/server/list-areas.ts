import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areasInForce } from './area-store.ts'
import { areaView, inTreeOrder } from './area-view.ts'

/** The whole tree of a street is one page: some thousand rows at most. */
export const listAreas = operation(contract.listAreas, async ({ tx, query, actor, at }) => {
  const rows = inTreeOrder(await areasInForce(tx, actor.streetId, query.onDay ?? dayOf(at)))
  const wanted = rows.filter(
    (row) =>
      (query.level === undefined || row.level === query.level) &&
      (query.parentId === undefined || row.parentId === query.parentId),
  )
  return { items: wanted.map(areaView), nextCursor: null }
})
