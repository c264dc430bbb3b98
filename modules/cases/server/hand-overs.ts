import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { displayNames, standInFor } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { getCases } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { type HandOverRow, handOversAfter, workOfPost } from './hand-over-store.ts'
import { byPost, type Names, namesOf } from './names.ts'

const shownAtMost = 200

/** 交接预览: what a post holds now and who would have it, before anybody leaves. */
export const getOpenWork = operation(contract.getOpenWork, async (call) => {
  const { tx, actor, at, query } = call
  const names = await namesOf(tx, actor.streetId)
  const post = names.people.posts.get(query.postId)
  if (!post) throw new Refusal('cases/post-unknown')
  const rows = await workOfPost(tx, actor.streetId, post.id, shownAtMost)
  const heir = await standInFor(tx, actor.streetId, post.id, at)
  const held = await heldBy(call, names, [post.id, ...(heir ? [heir.id] : [])])
  return {
    from: held(post.id),
    to: heir ? held(heir.id) : null,
    items: rows.map((row) => caseRef(row, call)),
  }
})

/** 已交接: newest first. A case that has since left the reader's sight is left out. */
export const listHandOvers = operation(contract.listHandOvers, async (call) => {
  const { tx, actor, query } = call
  const limit = query.limit ?? 50
  const rows = await handOversAfter(tx, actor.streetId, keyOf(query.cursor), limit + 1)
  const page = rows.slice(0, limit)
  const names = await namesOf(tx, actor.streetId)
  const found = await getCases(
    tx,
    actor.streetId,
    page.map((row) => row.case_id),
  )
  const cases = new Map(found.map((row) => [row.id, row]))
  const held = await heldBy(call, names, page.flatMap(postsOf))
  const last = page.at(-1)
  return {
    items: page.flatMap((row) => {
      const one = cases.get(row.case_id)
      if (!one) return []
      const to = row.to_post_id === null ? null : held(row.to_post_id)
      return [
        { id: row.id, at: row.at.toISOString(), case: caseRef(one, call), from: held(row.from_post_id), to },
      ]
    }),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
})

const postsOf = (row: HandOverRow): string[] => [
  row.from_post_id,
  ...(row.to_post_id === null ? [] : [row.to_post_id]),
]

function keyOf(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined
  const decoded = decodeCursor(cursor, ['string', 'string'])
  const at = new Date(decoded?.[0] ?? '')
  if (!decoded || Number.isNaN(at.getTime()))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/cursor', message: 'not a cursor of this list' }],
    })
  return { at, id: decoded[1] }
}

type Reading = Call<typeof contract.getOpenWork> | Call<typeof contract.listHandOvers>

/** Posts in words with the names of their holders, looked up once for all. */
async function heldBy(
  { tx, services }: Reading,
  names: Names,
  postIds: readonly string[],
): Promise<(postId: string) => contract.Held> {
  const accounts = postIds.flatMap((id) => names.people.posts.get(id)?.accountId ?? [])
  const said = await displayNames(tx, services.keys, [...new Set(accounts)])
  return (postId) => {
    const accountId = names.people.posts.get(postId)?.accountId ?? null
    return {
      post: byPost(names, postId, accountId, ''),
      holder: accountId === null ? '' : (said.get(accountId) ?? ''),
    }
  }
}

const caseRef = (row: CaseRow, { actor }: Reading): contract.HandOverView['case'] => ({
  id: row.id,
  number: row.number,
  title: mayReadTexts(row, actor) ? row.title : '',
  state: row.state,
  dueAt: row.due_at?.toISOString() ?? null,
})
