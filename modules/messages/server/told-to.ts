/** Whom a notice was for, as others read it: a post and its place, never a name. */
import type { Role } from '../../../lib/contract.ts'
import type { Tx } from '../../../platform/db.ts'
import { type IndexedPost, postIndex } from '../../accounts/server/index.ts'
import { areaIndex } from '../../areas/server/index.ts'
import type { NoticeRow } from './notice-row.ts'

export interface ToldTo {
  role: Role
  place: string | null
}

/** From memory: areas, organisations and posts of the street. */
export async function toldToOf(
  tx: Tx,
  streetId: number,
): Promise<(notice: Pick<NoticeRow, 'account_id' | 'reader' | 'area'>) => ToldTo> {
  const areas = await areaIndex(tx, streetId)
  const people = await postIndex(tx, streetId)
  const byAccount = new Map<string, IndexedPost[]>()
  for (const post of people.posts.values()) {
    if (!post.current) continue
    byAccount.set(post.accountId, [...(byAccount.get(post.accountId) ?? []), post])
  }
  return ({ account_id, reader, area }) => {
    const posts = reader === 'resident' ? [] : (byAccount.get(account_id ?? '') ?? [])
    // Of several posts the one through which they stand nearest to the matter: in an organisation, else on the way up.
    const post =
      posts.find((one) => (reader === 'holder') === (one.organisationId !== null)) ??
      posts.find((one) => one.areaPath !== null && `${area}.`.startsWith(`${one.areaPath}.`)) ??
      posts[0]
    if (!post) return { role: 'resident', place: null }
    const place =
      post.organisationId === null
        ? areas.byId.get(post.areaId ?? '')?.name
        : people.organisations.get(post.organisationId)?.name
    return { role: post.role, place: place ?? null }
  }
}
