/** The lists: one statement each, keyset-paged, under row security. */
import { type RawBuilder, sql } from 'kysely'
import { bigrams, normaliseText } from '../../../lib/text.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseState } from '../words.ts'
import type { CaseRow } from './case-row.ts'
import type { Names } from './names.ts'
import { coveredAreas, waitingFor } from './waiting-for.ts'

export interface CaseFilter {
  states?: readonly CaseState[]
  /** Leaf and inner areas by id: a path operator could use no index under row security. */
  areaIds?: readonly string[]
  organisationId?: string
  kind?: string
  matterIds?: readonly string[]
  desk?: string
  route?: string
  ids?: readonly string[]
  /** Rechecks the words of a search in the text itself. */
  contains?: string
  /** Only what waits for the actor; the names say which areas and posts there are. */
  mine?: Names
  /** Only where these posts let its texts be read. */
  readable?: { actor: Actor; posts: readonly Post[]; names: Names }
  source?: string
  due?: 'today' | 'soon' | 'overdue' | 'long-term'
  /** The condition of the figure whose list this is (figures.ts). */
  figure?: RawBuilder<unknown>
  /** What a list of a past day asks for (cases-on-day.ts). */
  asOf?: readonly RawBuilder<unknown>[]
  at: Date
  /** Last instant of today, at UTC+8. */
  endOfToday: Date
}

export type CaseOrder = 'newest' | 'due-first'
export interface CaseKey {
  at: Date
  id: string
}

const openStates: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']
/** Cases without a deadline come after all that have one. */
const never = new Date('9999-12-31T00:00:00Z')

/** A search says what a text holds, so it looks only where somebody may read texts. */
function readableBy({ actor, posts, names }: NonNullable<CaseFilter['readable']>): RawBuilder<unknown> {
  const organisations = posts.flatMap((post) => post.organisationId ?? [])
  return sql`(${coveredAreas(posts, names)} or reporter_id = ${actor.accountId} or filed_by = ${actor.accountId}
    or holder_account_id = ${actor.accountId} or organisation_id = any(${organisations}::uuid[])
    or shared_organisations && ${organisations}::uuid[])`
}

function conditions(actor: Actor, filter: CaseFilter): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [sql`street_id = ${actor.streetId}`]
  if (filter.states) all.push(sql`state = any(${[...filter.states]}::text[])`)
  if (filter.areaIds) all.push(sql`area_id = any(${[...filter.areaIds]}::uuid[])`)
  if (filter.organisationId) all.push(sql`organisation_id = ${filter.organisationId}`)
  if (filter.kind) all.push(sql`kind = ${filter.kind}`)
  if (filter.matterIds) all.push(sql`matter_id = any(${[...filter.matterIds]}::uuid[])`)
  if (filter.desk) all.push(sql`desk = ${filter.desk}`)
  if (filter.route) all.push(sql`route = ${filter.route}`)
  if (filter.mine) all.push(waitingFor(actor, filter.mine))
  // A duty task stands in the list of who has to do it, and else on its own page.
  else if (!filter.ids || filter.contains !== undefined)
    all.push(sql`task is null and special is distinct from 'mediation'`)
  if (filter.source) all.push(sql`outside_source = ${filter.source}`)
  if (filter.readable) all.push(readableBy(filter.readable))
  if (filter.figure) all.push(sql`(${filter.figure})`)
  for (const condition of filter.asOf ?? []) all.push(sql`(${condition})`)
  if (filter.ids) all.push(sql`id = any(${[...filter.ids]}::uuid[])`)
  if (filter.contains !== undefined)
    all.push(
      sql`(number || ' ' || title || ' ' || text || ' ' || coalesce(place_text, '') || ' ' || coalesce(outside_number, '')) ilike ${`%${filter.contains}%`}`,
    )
  if (filter.due === 'long-term') all.push(sql`review_on is not null and state = 'closed'`)
  else if (filter.due) {
    all.push(sql`state = any(${[...openStates]}::text[]) and due_at is not null and suspended_until is null`)
    if (filter.due === 'overdue') all.push(sql`due_at < ${filter.at}`)
    if (filter.due === 'today') all.push(sql`due_at <= ${filter.endOfToday}`)
    if (filter.due === 'soon')
      all.push(sql`due_at between ${filter.at} and ${new Date(filter.at.getTime() + 48 * 3_600_000)}`)
  }
  return all
}

interface CasePage {
  order: CaseOrder
  after: CaseKey | undefined
  limit: number
}

/** At most `limit` rows after `after`, in order; with `state` each in the state that it had at that instant. */
export function listCaseRows(
  tx: Tx,
  actor: Actor,
  filter: CaseFilter,
  page: CasePage,
  state?: RawBuilder<CaseState>,
): Promise<CaseRow[]> {
  const all = conditions(actor, filter)
  const { after } = page
  const due = sql`coalesce(due_at, ${never})`
  if (after && page.order === 'newest') all.push(sql`(created_at, id) < (${after.at}, ${after.id})`)
  if (after && page.order === 'due-first') all.push(sql`(${due}, id) > (${after.at}, ${after.id})`)
  const order = page.order === 'newest' ? sql`created_at desc, id desc` : sql`${due}, id`
  const asked = sql`from cases where ${sql.join(all, sql` and `)} order by ${order} limit ${page.limit}`
  if (!state) return tx.many(sql<CaseRow>`select * ${asked}`)
  return tx.many(sql<CaseRow>`select *, ${state} as state ${asked}`)
}

/** The keyset of a row in an order. */
export function keyOf(row: CaseRow, order: CaseOrder): CaseKey {
  return { at: order === 'newest' ? row.created_at : (row.due_at ?? never), id: row.id }
}

/** Candidates of a search by character pairs, newest first, within the actor's areas. */
export async function searchCandidates(
  tx: Tx,
  terms: readonly string[],
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await tx.many(
    sql<{ case_id: string }>`select case_id from search_cases(${[...terms]}::text[], ${before}, ${limit})`,
  )
  return rows.map((row) => row.case_id)
}

/**
 * The cases of a whole number, ours or that of those above: its pairs stand in so many numbers that the newest with them are
 * others. Who else mentions it is found by it as a whole word; `terms` are the pairs, and stay what is asked for else.
 */
export async function numberedBy(
  tx: Tx,
  streetId: number,
  words: string,
  terms: readonly string[],
): Promise<{ numbered: readonly string[]; terms: readonly string[] }> {
  const number = normaliseText(words).toUpperCase()
  if (!/^[A-Z0-9-]{6,40}$/.test(number)) return { numbered: [], terms }
  const rows = await tx.many(
    sql<{ id: string }>`select id from cases where street_id = ${streetId} and number = ${number}
      union select id from cases where street_id = ${streetId} and outside_number = ${number}`,
  )
  return rows.length === 0
    ? { numbered: [], terms }
    : { numbered: rows.map(({ id }) => id), terms: bigrams(words) }
}

/** Where search finds the case, after its place was corrected or it was sent down. */
export async function moveInSearch(tx: Tx, caseId: string, area: string): Promise<void> {
  await tx.run(sql`select move_case_in_search(${caseId}, ${area}::ltree)`)
}

export async function casesByPhone(
  tx: Tx,
  index: string | null,
  tailIndex: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await tx.many(
    sql<{ case_id: string }>`select case_id from cases_by_phone(${index}, ${tailIndex}, ${limit})`,
  )
  return rows.map((row) => row.case_id)
}

export async function countMine(tx: Tx, actor: Actor, names: Names): Promise<number> {
  const row = await tx.one(
    sql<{
      count: number
    }>`select count(*) as count from cases where street_id = ${actor.streetId} and ${waitingFor(actor, names)}`,
  )
  return row.count
}

export function countByState(tx: Tx, streetId: number, at: Date, endOfToday: Date) {
  return tx.many(
    sql<{
      state: CaseState
      count: number
      due_today: number
      overdue: number
      long_term: number
    }>`select state, count(*) as count,
        count(*) filter (where due_at <= ${endOfToday} and suspended_until is null and state = any(${[...openStates]}::text[])) as due_today,
        count(*) filter (where due_at < ${at} and suspended_until is null and state = any(${[...openStates]}::text[])) as overdue,
        count(*) filter (where state = 'closed' and review_on is not null) as long_term
      from cases where street_id = ${streetId} and task is null and special is distinct from 'mediation' and (state not in ('closed', 'declined', 'merged') or review_on is not null)
      group by state`,
  )
}
