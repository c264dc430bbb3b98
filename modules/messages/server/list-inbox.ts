import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { inboxOf } from './notice-store.ts'
import { noticeWriter } from './notice-words.ts'
import { pageOf, placeOf } from './page-place.ts'

/** What I was told. The words are made now: a street that changed a text changes it for what was told before, too. */
export const listInbox = operation(contract.listInbox, async ({ tx, actor, at, query }) => {
  const limit = query.limit ?? 30
  const filter = { unread: query.unread ?? false, before: placeOf(query.cursor), limit: limit + 1 }
  const { page, nextCursor } = pageOf(await inboxOf(tx, actor, filter), limit)
  const writer = await noticeWriter(tx, actor.streetId, at)
  const items = []
  for (const row of page)
    items.push({
      id: row.id,
      event: row.event,
      reader: row.reader,
      about: { type: row.subject_type, id: row.subject_id },
      urgency: row.urgency,
      text: await writer.write(row),
      at: row.created_at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    })
  return { items, nextCursor }
})
