import { isId } from '../../../lib/ids.ts'
import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Place } from './notice-store.ts'

/** Where a page begins. @throws Refusal invalid-input when the cursor is none of these lists */
export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id] = decodeCursor(cursor, ['string', 'string']) ?? []
  if (isId(id) && !Number.isNaN(Date.parse(at))) return { at, id }
  throw new Refusal('platform/invalid-input', {
    errors: [{ path: '/query/cursor', message: 'is not a cursor of this list' }],
  })
}

/** The rows of a page that was read with one row too many, and where the next one begins. */
export function pageOf<Row extends { id: string; created_at: Date }>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  return { page, nextCursor: more ? encodeCursor([last.created_at.toISOString(), last.id]) : null }
}
