/** Organisations and posts of a street in memory, for words beside an entry: who by post, never by name. */
import { sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'

export interface IndexedOrganisation {
  id: string
  code: string
  name: string
  kind: string
  active: boolean
  /** Areas in which it works; empty means the whole street. */
  areaIds: string[]
}

export interface IndexedPost {
  id: string
  accountId: string
  role: Role
  areaId: string | null
  areaPath: string | null
  organisationId: string | null
  lead: boolean
  current: boolean
}

export interface PostIndex {
  organisations: ReadonlyMap<string, IndexedOrganisation>
  posts: ReadonlyMap<string, IndexedPost>
}

const cache = streetCache<PostIndex>(5_000, async (tx, streetId) => {
  const organisations = await tx.many(
    sql<IndexedOrganisation>`select o.id, o.code, o.name, o.kind, o.active,
        coalesce(array_agg(a.area_id) filter (where a.area_id is not null), '{}') as "areaIds"
      from organisations o
      left join organisation_areas a on a.street_id = o.street_id and a.organisation_id = o.id
      where o.street_id = ${streetId} group by o.street_id, o.id`,
  )
  const posts = await tx.many(
    sql<IndexedPost>`select id, account_id as "accountId", role, area_id as "areaId", area_path::text as "areaPath",
        organisation_id as "organisationId", lead, ended_at is null as current
      from posts where street_id = ${streetId}`,
  )
  return {
    organisations: new Map(organisations.map((row) => [row.id, row])),
    posts: new Map(posts.map((row) => [row.id, row])),
  }
})

/** The street's organisations and posts by id; at most five seconds old, so never asked for rights. */
export const postIndex = (tx: Tx, streetId: number): Promise<PostIndex> => cache.get(tx, streetId)

/** After organisations or posts were written in this process. */
export const forgetPostIndex = (streetId: number): void => cache.forget(streetId)
