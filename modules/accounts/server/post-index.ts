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
  /** False: it never signs in; the desk prints its orders and records its results. */
  signsIn: boolean
  /** Its answers leave only after its lead approved them. */
  answersNeedApproval: boolean
  /** Areas in which it works; empty means the whole street. */
  areaIds: string[]
  /** Former names with the instant until which each was right, in order of time. */
  formerNames: readonly { name: string; until: string }[]
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
    sql<IndexedOrganisation>`select o.id, o.code, o.name, o.kind, o.active, o.signs_in as "signsIn",
        o.answers_need_approval as "answersNeedApproval",
        coalesce(array_agg(a.area_id) filter (where a.area_id is not null), '{}') as "areaIds",
        (select coalesce(jsonb_agg(jsonb_build_object('name', n.name, 'until', n.until) order by n.until), '[]')
          from organisation_names n where n.street_id = o.street_id and n.organisation_id = o.id) as "formerNames"
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

/** The name that an organisation had at an instant: what was written then is read with it. */
export function organisationNameAt(
  organisation: Pick<IndexedOrganisation, 'name' | 'formerNames'>,
  at: Date,
): string {
  const then = organisation.formerNames.find((former) => Date.parse(former.until) > at.getTime())
  return then?.name ?? organisation.name
}

/** The street's organisations and posts by id; at most five seconds old, so never asked for rights. */
export const postIndex = (tx: Tx, streetId: number): Promise<PostIndex> => cache.get(tx, streetId)

/** After organisations or posts were written in this process. */
export const forgetPostIndex = (streetId: number): void => cache.forget(streetId)
