import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { isDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { meetingsPage } from './meeting-store.ts'
import { summaryOf } from './meeting-view.ts'

export const listMeetings = operation(contract.listMeetings, async ({ tx, actor, query }) => {
  const limit = query.limit ?? 20
  const rows = await meetingsPage(tx, actor.streetId, cursorOf(query.cursor), limit + 1)
  const page = rows.slice(0, limit)
  const areas = await areaRefs(
    tx,
    actor.streetId,
    page.map((row) => row.area_id),
  )
  const last = page.at(-1)
  return {
    items: page.map((row) => summaryOf(row, areas)),
    nextCursor: rows.length > limit && last ? encodeCursor([last.meets_on, last.id]) : null,
  }
})

function cursorOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [meetsOn, id] = decodeCursor(text, ['string', 'string']) ?? []
  if (!isDay(meetsOn) || id === undefined)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/cursor', message: 'not a cursor of this list' }],
    })
  return { meetsOn, id }
}
