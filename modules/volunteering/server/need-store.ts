/** All SQL on needs and wishes. A need is its asker's, its taker's and the area's; the operation shows the rest without people. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { NeedState, WishState } from '../contract.ts'
import type { Satisfaction } from '../hour-words.ts'

export interface NeedRow {
  id: string
  area_id: string
  area: string
  account_id: string | null
  asker_id: string
  kind: string
  words: string
  wanted_text: string
  state: NeedState
  taker_id: string | null
  taker_account: string | null
  taken_at: Date | null
  created_at: Date
  created_by: string
  satisfaction: Satisfaction | null
  evaluation: string | null
  version: number
  asker_name: string
  taker_name: string | null
}

const needRows = (where: RawBuilder<unknown>) => sql<NeedRow>`
  select n.id, n.area_id, n.area::text as area, n.account_id, n.asker_id, n.kind, n.words, n.wanted_text, n.state, n.taker_id, n.taker_account, n.taken_at,
    n.created_at, n.created_by, n.satisfaction, n.evaluation, n.version, p.name_masked as asker_name, t.name_masked as taker_name
  from volunteer_needs n
    join people p on p.street_id = n.street_id and p.id = n.asker_id
    left join people t on t.street_id = n.street_id and t.id = n.taker_id
  where ${where}`

export const findNeed = (tx: Tx, streetId: number, id: string): Promise<NeedRow | undefined> =>
  tx.maybe(needRows(sql`n.street_id = ${streetId} and n.id = ${id}`))

export const lockNeed = (tx: Tx, streetId: number, id: string): Promise<NeedRow | undefined> =>
  tx.maybe(sql<NeedRow>`${needRows(sql`n.street_id = ${streetId} and n.id = ${id}`)} for update of n`)

/** Newest first, two hundred at most. */
export const needsWhere = (tx: Tx, streetId: number, where: RawBuilder<unknown>): Promise<NeedRow[]> =>
  tx.many(
    sql<NeedRow>`${needRows(sql`n.street_id = ${streetId} and ${where}`)} order by n.state <> 'open', n.created_at desc, n.id limit 200`,
  )

export const isOpen = sql`n.state = 'open'`
export const ofPeople = (people: readonly string[]) =>
  sql`(n.asker_id = any(${[...people]}::uuid[]) or n.taker_id = any(${[...people]}::uuid[]))`
export const inAreas = (areas: readonly string[]) => sql`n.area <@ any(${[...areas]}::ltree[])`
export const openOrOf = (people: readonly string[]) => sql`(${isOpen} or ${ofPeople(people)})`

export const insertNeed = (
  tx: Tx,
  streetId: number,
  row: Pick<
    NeedRow,
    'id' | 'area_id' | 'area' | 'account_id' | 'asker_id' | 'kind' | 'words' | 'wanted_text'
  >,
  by: { account: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`insert into volunteer_needs (street_id, id, area_id, area, account_id, asker_id, kind, words, wanted_text, state, created_at, created_by)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.account_id}, ${row.asker_id}, ${row.kind}, ${row.words},
        ${row.wanted_text}, 'open', ${by.at}, ${by.account})`,
  )

export const setTaker = (
  tx: Tx,
  streetId: number,
  id: string,
  taker: { id: string; account_id: string | null } | null,
  at: Date,
): Promise<number> =>
  tx.run(
    sql`update volunteer_needs set state = ${taker ? 'taken' : 'open'}, taker_id = ${taker?.id ?? null},
        taker_account = ${taker?.account_id ?? null}, taken_at = ${taker ? at : null}, version = version + 1
      where street_id = ${streetId} and id = ${id}`,
  )

export const setNeedState = (
  tx: Tx,
  streetId: number,
  id: string,
  state: NeedState,
  at: Date,
): Promise<number> =>
  tx.run(
    sql`update volunteer_needs set state = ${state}, done_at = ${state === 'done' ? at : null}, version = version + 1
      where street_id = ${streetId} and id = ${id}`,
  )

export const setEvaluation = (
  tx: Tx,
  streetId: number,
  id: string,
  said: { satisfaction: Satisfaction; words: string | null; at: Date },
): Promise<number> =>
  tx.run(
    sql`update volunteer_needs set state = 'evaluated', satisfaction = ${said.satisfaction}, evaluation = ${said.words},
        evaluated_at = ${said.at}, version = version + 1
      where street_id = ${streetId} and id = ${id}`,
  )

/** The service of a need, the newest that was not struck. */
export async function sessionOfNeed(tx: Tx, streetId: number, needId: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ id: string }>`select id from service_sessions where street_id = ${streetId} and need_id = ${needId}
      and state <> 'struck' order by recorded_at desc limit 1`,
  )
  return row?.id
}

export interface WishRow {
  id: string
  area_id: string
  area: string
  account_id: string | null
  words: string
  public_words: string | null
  state: WishState
  made_at: Date
  made_by: string
  claimed_by: string | null
  claimed_as: string | null
  fulfilled_words: string | null
  thanks: string | null
  withdrawn_words: string | null
  version: number
}

const wishColumns = sql`id, area_id, area::text as area, account_id, words, public_words, state, made_at, made_by, claimed_by, claimed_as,
  fulfilled_words, thanks, withdrawn_words, version`

/** Newest first; the caller reaches the street and shows no more than it may. */
export const allWishes = (tx: Tx, streetId: number): Promise<WishRow[]> =>
  tx.many(
    sql<WishRow>`select ${wishColumns} from wishes where street_id = ${streetId}
      order by state in ('confirmed', 'declined', 'withdrawn'), made_at desc, id limit 200`,
  )

export const lockWish = (tx: Tx, streetId: number, id: string): Promise<WishRow | undefined> =>
  tx.maybe(
    sql<WishRow>`select ${wishColumns} from wishes where street_id = ${streetId} and id = ${id} for update`,
  )

export const insertWish = (
  tx: Tx,
  streetId: number,
  row: Pick<WishRow, 'id' | 'area_id' | 'area' | 'words' | 'made_by' | 'made_at'>,
): Promise<number> =>
  tx.run(
    sql`insert into wishes (street_id, id, area_id, area, account_id, words, state, made_at, made_by)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.made_by}, ${row.words}, 'waiting', ${row.made_at}, ${row.made_by})`,
  )

/** What an act leaves on the wish; fields that are left out stay. */
export interface WishChange {
  state: WishState
  publicWords?: string | null
  claimed?: { by: string; as: string } | null
  fulfilledWords?: string | null
  thanks?: string | null
  withdrawnWords?: string | null
}

export const changeWish = (
  tx: Tx,
  streetId: number,
  row: WishRow,
  to: WishChange,
  by: { account: string; at: Date },
): Promise<number> => {
  const claimed = to.claimed === undefined ? { by: row.claimed_by, as: row.claimed_as } : to.claimed
  const publicWords = to.publicWords === undefined ? row.public_words : to.publicWords
  return tx.run(
    sql`update wishes set state = ${to.state}, public_words = ${publicWords},
        published_at = case when ${to.state} = 'open' then coalesce(published_at, ${by.at}) else published_at end,
        published_by = case when ${to.state} = 'open' then coalesce(published_by, ${by.account}::uuid) else published_by end,
        claimed_by = ${claimed?.by ?? null}, claimed_as = ${claimed?.as ?? null},
        claimed_at = case when ${to.state} = 'claimed' then ${by.at}::timestamptz else claimed_at end,
        fulfilled_at = case when ${to.state} = 'fulfilled' then ${by.at}::timestamptz else fulfilled_at end,
        fulfilled_words = ${to.fulfilledWords === undefined ? row.fulfilled_words : to.fulfilledWords},
        thanks = ${to.thanks === undefined ? row.thanks : to.thanks},
        withdrawn_at = case when ${to.state} = 'withdrawn' then ${by.at}::timestamptz end,
        withdrawn_by = case when ${to.state} = 'withdrawn' then ${by.account}::uuid end, withdrawn_words = ${to.withdrawnWords ?? null},
        version = version + 1
      where street_id = ${streetId} and id = ${row.id}`,
  )
}
