import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { displayNames } from './display-names.ts'
import { postsInOrder } from './post-store.ts'
import { postViews } from './post-view.ts'

/** Posts in force today. Colleagues see each other's names. */
export const listPosts = operation(contract.listPosts, async ({ tx, query, actor, at, services }) => {
  const rows = await postsInOrder(tx, actor.streetId, dayOf(at), query)
  const people = rows.flatMap((row) =>
    row.standInForAccountId === null ? [row.accountId] : [row.accountId, row.standInForAccountId],
  )
  const names = await displayNames(tx, services.keys, people)
  const views = await postViews(tx, actor.streetId, rows)
  const items = views.flatMap((view, index) => {
    const row = rows[index]
    if (row === undefined) return []
    const holder = { accountId: row.accountId, displayName: names.get(row.accountId) ?? '' }
    const standInFor = row.standInForAccountId === null ? null : (names.get(row.standInForAccountId) ?? null)
    return [{ ...view, holder, standInFor }]
  })
  return { items }
})
