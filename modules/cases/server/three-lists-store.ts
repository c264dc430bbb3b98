/** The three lists as one statement over the cases of an area; there is no table of lists. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { EntryAct } from '../words.ts'
import type { CaseRow } from './case-row.ts'

export interface ListFilter {
  areaIds: readonly string[]
  from?: Date | undefined
  to?: Date | undefined
  route?: string | undefined
  source?: 'gathering' | 'other' | undefined
  state?: 'open' | 'settled' | undefined
}

export interface ListedRow extends CaseRow {
  from_gathering: boolean
  voices: number
  published: string | null
  last_act: EntryAct | null
  last_at: Date | null
}

/** Said at a gathering, by its own reporter or by one who was merged into it. */
const saidAtGathering = sql`exists (select from gathering_needs g where g.street_id = c.street_id
    and (g.case_id = c.id or g.case_id in (select k.id from cases k
      where k.street_id = c.street_id and k.parent_case_id = c.id)))`
const settled = sql`(c.state = 'closed' and c.review_on is null)`

/** Public matters and all that was said at gatherings; what somebody told in confidence stands in no list. */
function conditions(streetId: number, filter: ListFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [
    sql`c.street_id = ${streetId}`,
    sql`c.area_id = any(${[...filter.areaIds]}::uuid[])`,
    sql`c.state not in ('merged', 'declined')`,
    sql`not c.confidential and c.petition is null`,
  ]
  if (filter.from) all.push(sql`c.created_at >= ${filter.from}`)
  if (filter.to) all.push(sql`c.created_at <= ${filter.to}`)
  if (filter.route) all.push(sql`c.route = ${filter.route}`)
  if (filter.source === 'gathering') all.push(saidAtGathering)
  else if (filter.source === 'other') all.push(sql`m.is_public and not ${saidAtGathering}`)
  else all.push(sql`(m.is_public or ${saidAtGathering})`)
  return sql.join(all, sql` and `)
}

const joined = sql`cases c left join matters m on m.street_id = c.street_id and m.id = c.matter_id`

export function listedRows(
  tx: Tx,
  streetId: number,
  filter: ListFilter,
  limit: number,
): Promise<ListedRow[]> {
  const state =
    filter.state === undefined ? sql`true` : filter.state === 'settled' ? settled : sql`not ${settled}`
  return tx.many(
    sql<ListedRow>`select c.*, ${saidAtGathering} as from_gathering, s.published, last.act as last_act, last.at as last_at,
        1 + (select count(*) from cases k where k.street_id = c.street_id and k.parent_case_id = c.id) as voices
      from ${joined}
      left join public_summaries s on s.street_id = c.street_id and s.case_id = c.id
      left join lateral (select e.act, e.at from entries_of_case(c.id) e where not e.internal
        order by e.at desc, e.id desc limit 1) last on true
      where ${conditions(streetId, filter)} and ${state}
      order by c.created_at desc, c.id desc limit ${limit}`,
  )
}

export const countListed = (
  tx: Tx,
  streetId: number,
  filter: ListFilter,
): Promise<{ open: number; settled: number }> =>
  tx.one(
    sql<{ open: number; settled: number }>`select count(*) filter (where not ${settled}) as open,
        count(*) filter (where ${settled}) as settled
      from ${joined} where ${conditions(streetId, filter)}`,
  )
