import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { mayStandIn } from '../rules/leave-rights.ts'
import { displayNames } from './display-names.ts'
import { postsInOrder } from './post-store.ts'
import { postViews } from './post-view.ts'
import { openPost, postForLeave } from './set-leave.ts'
import { standInOrder } from './stand-ins.ts'

const toldAtMost = 200

/** Those whom the rule would take come first, in its order; then the others whom the reader may name. */
export const listStandIns = operation(contract.listStandIns, async (call) => {
  const { tx, params, actor, at, services } = call
  const absent = await openPost(call, params.id)
  postForLeave(actor, absent)
  const order = await standInOrder(tx, actor.streetId, absent.id, null, dayOf(at))
  const place = new Map(order.map((id, index) => [id, index]))
  const rows = (await postsInOrder(tx, actor.streetId, dayOf(at), {}))
    .filter((row) => row.standInFor !== absent.id && mayStandIn(actor, absent, row))
    .toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
    .slice(0, toldAtMost)
  const names = await displayNames(
    tx,
    services.keys,
    rows.map((row) => row.accountId),
  )
  const views = await postViews(tx, actor.streetId, rows)
  const items = views.flatMap((post, index) => {
    const row = rows[index]
    if (row === undefined) return []
    const byRule = place.get(row.id)
    return [
      {
        post,
        holder: { accountId: row.accountId, displayName: names.get(row.accountId) ?? '' },
        byRule: byRule === undefined ? null : byRule + 1,
      },
    ]
  })
  return { items }
})
