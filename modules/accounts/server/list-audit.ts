import { isId } from '../../../lib/ids.ts'
import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { auditEntriesBefore } from './audit-store.ts'
import { postsById } from './post-store.ts'
import { describePost, postViews } from './post-view.ts'

export const listAudit = operation(contract.listAudit, async (call) => {
  const { tx, query, actor } = call
  const limit = query.limit ?? 50
  const before = placeOf(query.cursor)
  const rows = await auditEntriesBefore(tx, actor.streetId, query, before, limit + 1)
  const page = rows.slice(0, limit)
  const posts = await postWords(
    call,
    page.flatMap((row) => row.postId ?? []),
  )
  const last = page.at(-1)
  call.audit({ subjectType: 'audit', detail: { shown: page.length } })
  return {
    items: page.map(({ postId, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      actorPost: posts.get(postId ?? '') ?? null,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
})

async function postWords(
  { tx, actor }: { tx: Parameters<typeof postsById>[0]; actor: { streetId: number } },
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await postsById(tx, actor.streetId, [...new Set(ids)])
  const views = await postViews(tx, actor.streetId, rows)
  return new Map(views.map((view) => [view.id, describePost(view)]))
}

function placeOf(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id] = decodeCursor(cursor, ['string', 'string']) ?? []
  if (isId(id) && !Number.isNaN(Date.parse(at))) return { at, id }
  throw new Refusal('platform/invalid-input', {
    errors: [{ path: '/query/cursor', message: 'is not a cursor of this list' }],
  })
}
