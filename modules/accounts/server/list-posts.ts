import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { maySetLeave } from '../rules/leave-rights.ts'
import { displayNames } from './display-names.ts'
import { openLeaves } from './leave-store.ts'
import { leaveViews } from './leave-view.ts'
import { postsInOrder } from './post-store.ts'
import { postViews } from './post-view.ts'

/** Posts in force today, with who is away. Colleagues see each other's names. */
export const listPosts = operation(contract.listPosts, async ({ tx, query, actor, at, services }) => {
  const rows = await postsInOrder(tx, actor.streetId, dayOf(at), query)
  const people = rows.flatMap((row) =>
    row.standInForAccountId === null ? [row.accountId] : [row.accountId, row.standInForAccountId],
  )
  const names = await displayNames(tx, services.keys, people)
  const views = await postViews(tx, actor.streetId, rows)
  const leaves = await openLeaves(
    tx,
    actor.streetId,
    dayOf(at),
    rows.map((row) => row.id),
  )
  // By their first day, so that the leave that runs, or else the next one, is kept.
  const firstLeaves = leaves.filter(
    (leave, index) => leaves.findIndex((one) => one.postId === leave.postId) === index,
  )
  const leaveOf = new Map(
    (await leaveViews(tx, services.keys, actor.streetId, firstLeaves, dayOf(at))).map((one) => [
      one.postId,
      one,
    ]),
  )
  const items = views.flatMap((view, index) => {
    const row = rows[index]
    if (row === undefined) return []
    const holder = { accountId: row.accountId, displayName: names.get(row.accountId) ?? '' }
    const standInFor = row.standInForAccountId === null ? null : (names.get(row.standInForAccountId) ?? null)
    return [
      {
        ...view,
        holder,
        standInFor,
        lead: row.lead,
        leave: leaveOf.get(row.id) ?? null,
        maySetLeave: maySetLeave(actor, row),
      },
    ]
  })
  return { items }
})
