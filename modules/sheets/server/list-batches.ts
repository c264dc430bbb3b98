import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { batchesInOrder } from './batch-store.ts'
import { batchViews } from './batch-view.ts'
import { visibleKinds } from './sheet-kinds.ts'

const pageRows = 30

export const listBatches = operation(contract.listBatches, async ({ tx, actor, at, query, services }) => {
  const after = cursorOf(query.cursor)
  const kinds = visibleKinds(actor)
  const rows = await batchesInOrder(tx, actor.streetId, {
    kinds: kinds.all,
    ownKinds: kinds.own,
    by: actor.accountId,
    after,
    limit: pageRows + 1,
  })
  const page = rows.slice(0, pageRows)
  const last = page.at(-1)
  return {
    items: await batchViews({ tx, keys: services.keys, actor, at }, page),
    nextCursor: rows.length > pageRows && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  }
})

function cursorOf(text: string | undefined): { at: string; id: string } | undefined {
  if (text === undefined) return undefined
  const decoded = decodeCursor(text, ['string', 'string'])
  if (!decoded || Number.isNaN(Date.parse(decoded[0])) || !/^[0-9a-f-]{36}$/.test(decoded[1]))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/cursor', message: 'not a cursor of this list' }],
    })
  return { at: decoded[0], id: decoded[1] }
}
