import { type RawBuilder, sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { likeEscape, queryTerms } from '../../../lib/text.ts'
import { dayOf, endOfDay } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaIdsUnder } from '../../areas/server/index.ts'
import type { CaseSummary } from '../contract.ts'
import * as contract from '../contract.ts'
import { type CaseState, caseStates } from '../words.ts'
import {
  type CaseFilter,
  type CaseKey,
  type CaseOrder,
  keyOf,
  listCaseRows,
  numberedBy,
  searchCandidates,
} from './case-list.ts'
import type { CaseRow } from './case-row.ts'
import { summaryOf, withoutTexts } from './case-view.ts'
import { type CasesOnDay, casesOnDay, openAt, stateAt } from './cases-on-day.ts'
import { figureListCondition } from './figures.ts'
import { areaRef, type Names, namesOf } from './names.ts'
import { type Seen, seenOf } from './seen-of.ts'

type ListCall = Call<typeof contract.listCases>

const mostCandidates = 500

/** Newest first; with `due` or `mine` the one due first. Text search looks at the newest 500 matches. */
export const listCases = operation(contract.listCases, async (call) => {
  const { tx, actor, query } = call
  const names = await namesOf(tx, actor.streetId)
  const order = orderOf(query)
  const after = cursorOf(query.cursor)
  const asOf = await asOfDay(call)
  const limit = query.limit ?? 20
  const wanted = { order, after, limit: limit + 1 }
  const state = asOf && stateAt(asOf.end)
  const rowsAmong = async (candidates: number) => {
    const filter = await filterOf(call, order === 'newest' ? after : undefined, asOf, candidates)
    const found = await listCaseRows(tx, actor, filter, wanted, state)
    return { found, all: (filter.ids?.length ?? 0) < candidates }
  }
  // The newest that a search finds mostly fill the page: all of them are looked at only where they do not.
  const newest = order === 'newest' && query.q ? await rowsAmong(3 * limit) : undefined
  const rows =
    newest && (newest.all || newest.found.length > limit)
      ? newest.found
      : (await rowsAmong(mostCandidates)).found
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const seen = await seenOf(call, names)
  return {
    items: page.map((row) => (asOf ? summaryOnDay(row, seen, asOf) : summaryOf(row, seen))),
    nextCursor: rows.length > limit && last ? cursorText(keyOf(last, order)) : null,
  }
})

/** The rows behind a list in its order, at most `limit`: for whoever chooses all of it. */
export async function rowsOfList(call: ListCall, limit: number): Promise<CaseRow[]> {
  const { tx, actor, query } = call
  const asOf = await asOfDay(call)
  const filter = await filterOf(call, undefined, asOf, mostCandidates)
  const wanted = { order: orderOf(query), after: undefined, limit }
  return listCaseRows(tx, actor, filter, wanted, asOf && stateAt(asOf.end))
}

/** @throws Refusal platform/invalid-input for a day together with what is only asked for now */
async function asOfDay({ tx, actor, query }: ListCall): Promise<CasesOnDay | undefined> {
  if (query.onDay === undefined) return undefined
  if (query.due || query.mine)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/onDay', message: 'what is due or waits is asked for now, not for a day' }],
    })
  return await casesOnDay(tx, actor, query.onDay)
}

/** With the state and the area of the day; how much time is left is a question of now. */
function summaryOnDay(row: CaseRow, seen: Seen, asOf: CasesOnDay): CaseSummary {
  const area = asOf.areas.areas.get(asOf.homeOf(row) ?? '')
  return {
    ...summaryOf({ ...row, clock_rule: null }, seen),
    area: area ? areaRef(area) : null,
  }
}

const dueFirst: readonly string[] = ['running', 'overdue', 'coming', 'due-open']

const orderOf = ({ due, mine, figure }: ListCall['query']): CaseOrder =>
  (due && due !== 'long-term') || mine || dueFirst.includes(figure ?? '') ? 'due-first' : 'newest'

const cursorText = (key: CaseKey): string => encodeCursor([key.at.toISOString(), key.id])

function cursorOf(text: string | undefined): CaseKey | undefined {
  if (text === undefined) return undefined
  const decoded = decodeCursor(text, ['string', 'string'])
  const at = new Date(decoded?.[0] ?? '')
  if (!decoded || Number.isNaN(at.getTime()))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/cursor', message: 'not a cursor of this list' }],
    })
  return { at, id: decoded[1] }
}

function statesOf(text: string | undefined): CaseState[] | undefined {
  if (text === undefined || text === '') return undefined
  const states = text.split(',')
  const unknown = states.find((state) => !caseStates.some((known) => known === state))
  if (unknown !== undefined)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/state', message: `no state is called ${unknown}` }],
    })
  return states as CaseState[]
}

/**
 * `before`: where a page in the order newest first begins; in the order by deadline it says nothing about age.
 * `candidates`: so many a search gives at most, but for those of a whole number.
 */
async function filterOf(
  call: ListCall,
  before: CaseKey | undefined,
  asOf: CasesOnDay | undefined,
  candidates: number,
): Promise<CaseFilter> {
  const { tx, actor, at, query } = call
  const names = await namesOf(tx, actor.streetId)
  const filter: CaseFilter = { at, endOfToday: endOfDay(dayOf(at)) }
  const states = statesOf(query.state)
  if (asOf) filter.asOf = conditionsOnDay(query, states, asOf)
  else {
    if (states) filter.states = states
    if (query.areaId)
      filter.areaIds = query.inNoPart ? [query.areaId] : await areaIdsUnder(tx, actor.streetId, query.areaId)
  }
  if (query.figure) filter.figure = figureOf(query, at, names)
  else if (query.organisationId) filter.organisationId = query.organisationId
  if (query.kind) filter.kind = query.kind
  if (query.desk) filter.desk = query.desk
  if (query.route) filter.route = query.route
  if (query.due) filter.due = query.due
  if (query.mine) filter.mine = names
  if (query.source) filter.source = query.source
  if (query.matterCode)
    filter.matterIds = [...names.matters.byId.values()]
      .filter((matter) => matter.code === query.matterCode)
      .map((matter) => matter.id)
  if (query.q) Object.assign(filter, await searchFilter(call, names, query.q, before?.at ?? at, candidates))
  return filter
}

function conditionsOnDay(
  { areaId, inNoPart, figure }: ListCall['query'],
  states: readonly CaseState[] | undefined,
  { end, areas, within }: CasesOnDay,
): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (areaId) conditions.push(within(inNoPart ? [areaId] : areas.under(areaId)))
  if (states) conditions.push(sql`created_at <= ${end} and ${stateAt(end)} = any(${[...states]}::text[])`)
  // A figure says itself which cases it counts; the day says only which areas there are.
  else if (figure === undefined) conditions.push(openAt(end))
  return conditions
}

/** @throws Refusal platform/invalid-input for a figure without its days */
function figureOf(
  { figure, from, to, organisationId, noOrganisation }: ListCall['query'],
  at: Date,
  names: Names,
) {
  if (figure === undefined || from === undefined || to === undefined)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/query/from', message: 'a figure needs the days of its period' }],
    })
  const whose = noOrganisation
    ? { organisationId: null }
    : organisationId === undefined
      ? {}
      : { organisationId }
  return figureListCondition({ figure, from, to, ...whose }, at, names)
}

/**
 * Staff with areas search through the index of character pairs, within their areas and organisations. Whoever may read
 * no texts searches in none: finding a case by its words would tell them.
 */
async function searchFilter(
  call: ListCall,
  names: Names,
  q: string,
  before: Date,
  most: number,
): Promise<Partial<CaseFilter>> {
  const words = q.trim()
  const terms = queryTerms(words)
  if (terms.length === 0) throw new Refusal('cases/search-too-short')
  const contains = likeEscape(words)
  const { actor } = call
  const reading = actor.posts.filter((post) => !withoutTexts.includes(post.role))
  if (actor.posts.length > 0 && reading.length === 0) throw new Refusal('cases/search-without-texts')
  const readable = reading.length < actor.posts.length ? { readable: { actor, posts: reading, names } } : {}
  // Residents and handlers without an area: their own are few and are read as they are.
  if (actor.scope.areas.length === 0) return { contains, ...readable }
  const { numbered, terms: all } = await numberedBy(call.tx, actor.streetId, words, terms)
  const found = await searchCandidates(call.tx, all, before, most)
  return { contains, ...readable, ids: [...found, ...numbered] }
}
