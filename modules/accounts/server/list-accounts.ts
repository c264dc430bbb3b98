import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { normaliseText } from '../../../lib/text.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { staffOfStreet } from './account-store.ts'
import { accountViews } from './account-view.ts'
import { displayNames } from './display-names.ts'

/**
 * By user name. Names are sealed, so a search by name opens them here; a street has some thousand staff at most.
 */
export const listAccounts = operation(contract.listAccounts, async (call) => {
  const { tx, query, actor, at, services } = call
  const limit = query.limit ?? 50
  const after = decodeCursor(query.cursor, ['string'])
  if (query.cursor !== undefined && after === undefined) throw badCursor()
  const wanted = normaliseText(query.q ?? '')
  let rows = await staffOfStreet(tx, actor.streetId, after?.[0], wanted === '' ? limit + 1 : undefined)
  if (wanted !== '') {
    const names = await displayNames(
      tx,
      services.keys,
      rows.map((row) => row.id),
    )
    rows = rows.filter((row) =>
      [row.username ?? '', names.get(row.id) ?? ''].some((text) => normaliseText(text).includes(wanted)),
    )
  }
  const page = rows.slice(0, limit)
  const last = page.at(-1)?.username
  call.audit({ subjectType: 'account', detail: { searched: wanted !== '', shown: page.length } })
  return {
    items: await accountViews(tx, services.keys, actor.streetId, page, at),
    nextCursor: rows.length > limit && last ? encodeCursor([last]) : null,
  }
})

function badCursor(): Refusal {
  return new Refusal('platform/invalid-input', {
    errors: [{ path: '/query/cursor', message: 'is not a cursor of this list' }],
  })
}
