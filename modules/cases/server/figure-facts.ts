/**
 * What cases count for, worked out from their rows and entries: for which figures on which days, and how long they took. One row of
 * facts is one case, day and organisation; the roll-ups are sums of these, so a recount is the same question asked of every case.
 */
import { type RawBuilder, sql } from 'kysely'
import {
  type Condition,
  counted,
  countedWithDeclined,
  countsDeclined,
  definitionOf,
  type FigureDefinition,
  type FigureNames,
  holderLevel,
  inDutyOf,
  type RolledFigure,
  resultActs,
  rolledFigures,
} from './figure-table.ts'
import type { Names } from './names.ts'

/** Stands for no organisation and for no matter, in keys that may hold no null. */
export const nobody = '00000000-0000-0000-0000-000000000000'

const dayIn = (instant: Condition): Condition =>
  sql`(((${instant}) at time zone 'UTC') + interval '8 hours')::date`

/** Conditions that ask the posts which were joined to the case, see `chosen`. */
const joinedNames = (names: Names): FigureNames => ({
  resultAt: sql`result_at`,
  heldInGrid: sql`(holder_level = 'grid')`,
  heldInCommunity: sql`(holder_level = 'community')`,
  inDuty: inDutyOf(names),
})

interface Defined {
  readonly figure: RolledFigure
  readonly definition: FigureDefinition
}

const together = (parts: readonly RawBuilder<unknown>[], by = sql`, `) => sql.join([...parts], by)

/**
 * The parts of a WITH that ends in `facts` and `times`, of the cases with these ids (SQL for an array), as far as the caller sees them.
 */
export function factsOf(names: Names, ids: Condition): RawBuilder<unknown> {
  const figureNames = joinedNames(names)
  const all = rolledFigures.map(
    (figure): Defined => ({ figure, definition: definitionOf(figure, figureNames) }),
  )
  return together([
    sql`${postsOf(names)}`,
    sql`done as materialized (select a.* from acts_of_cases(${ids}, ${actsOf(all)}::text[]) a)`,
    sql`results as materialized (select case_id, max(at) as result_at from done where act = any(${[...resultActs]}::text[]) group by 1)`,
    // As a CASE, a condition counts as true for half of the rows; of five columns that are null the planner expects none.
    sql`chosen as materialized (
      select cases.*, posts.level as holder_level, results.result_at, (${counted}) as counts from cases_by_ids(${ids}) cases
        left join posts on posts.id = cases.holder_post_id left join results on results.case_id = cases.id
      where case when ${countedWithDeclined} then true else false end)`,
    ...marksOf(all),
    sql`facts as materialized (
      select m.case_id, m.day, m.next_day, coalesce(case when m.figure = 'returned' then asked.organisation_id
          else cases.organisation_id end, ${nobody}::uuid) as organisation_id,
        cases.area_id, cases.area, coalesce(cases.matter_id, ${nobody}::uuid) as matter_id,
        array_agg(m.figure order by m.figure) as figures
      from marks m join chosen cases on cases.id = m.case_id left join posts asked on asked.id = m.post_id
      group by 1, 2, 3, 4, 5, 6, 7)`,
    timesOf(),
  ])
}

/** Whose posts stand in a grid or a community, and which belong to organisations. */
function postsOf({ people }: Names): RawBuilder<unknown> {
  const posts = [...people.posts.values()].flatMap(({ id, role, organisationId }) => {
    const level = holderLevel(role)
    return level === null && organisationId === null ? [] : [{ id, level, organisationId }]
  })
  return sql`posts as materialized (select * from unnest(${posts.map(({ id }) => id)}::uuid[],
    ${posts.map(({ level }) => level)}::text[], ${posts.map(({ organisationId }) => organisationId)}::uuid[])
    p(id, level, organisation_id))`
}

function actsOf(all: readonly Defined[]): string[] {
  const names = all.flatMap(({ definition }) =>
    'acts' in definition ? [...definition.acts, ...(definition.followedBy?.acts ?? [])] : [],
  )
  return [...new Set([...names, ...resultActs])]
}

interface Value {
  readonly figure: RolledFigure
  readonly value: RawBuilder<unknown>
}

/** As arrays: a list of VALUES is compiled anew for every row that it is joined to. */
const listed = (values: readonly Value[], type: 'timestamptz' | 'boolean'): RawBuilder<unknown> =>
  sql`unnest(${values.map(({ figure }) => figure)}::text[], array[${together(values.map(({ value }) => value))}]::${sql.raw(type)}[])`

/** `marks`: case, figure, day, the day on which it counts again, and for acts the post. A case counts for a figure once a day. */
function marksOf(all: readonly Defined[]): RawBuilder<unknown>[] {
  const instants: Value[] = []
  const acts: Value[] = []
  const later: RawBuilder<unknown>[] = []
  for (const { figure, definition } of all) {
    const holds = sql`${countsDeclined(figure) ? sql`true` : sql`cases.counts`} and ${definition.where}`
    if ('instant' in definition) {
      instants.push({ figure, value: sql`case when ${holds} then ${definition.instant} end` })
      continue
    }
    const { followedBy } = definition
    const afterwards = sql.ref(`then_${later.length}`)
    if (followedBy)
      later.push(
        sql`max(b.at) filter (where b.act = any(${[...followedBy.acts]}::text[]) and ${followedBy.act ?? sql`true`}) as ${afterwards}`,
      )
    acts.push({
      figure,
      value: sql`a.act = any(${[...definition.acts]}::text[]) and ${definition.act ?? sql`true`} and ${holds}
        and ${followedBy ? sql`coalesce(${afterwards} >= a.at, false)` : sql`true`}`,
    })
  }
  return [
    sql`later as materialized (select b.case_id, ${together(later)} from done b group by b.case_id)`,
    sql`days as (
      select cases.id as case_id, v.figure, ${dayIn(sql`v.instant`)} as day, null::uuid as post_id
      from chosen cases cross join lateral ${listed(instants, 'timestamptz')} v(figure, instant) where v.instant is not null
      union all
      (select distinct on (a.case_id, v.figure, ${dayIn(sql`a.at`)}) a.case_id, v.figure, ${dayIn(sql`a.at`)}, a.post_id
        from done a join chosen cases on cases.id = a.case_id left join later on later.case_id = a.case_id
          cross join lateral ${listed(acts, 'boolean')} v(figure, holds)
        where v.holds order by a.case_id, v.figure, ${dayIn(sql`a.at`)}, a.at desc, a.id desc))`,
    sql`marks as (
      select d.*, lead(d.day, 1, 'infinity'::date) over (partition by d.case_id, d.figure order by d.day) as next_day from days d)`,
  ]
}

/**
 * A reopened case begins anew with its clock. A pause moves the deadline by as long as it lasted (rules/resume-clock.ts), so what is
 * left of the time is counted up to that much earlier.
 */
function timesOf(): RawBuilder<unknown> {
  const since = sql`case when reopen_count > 0 then coalesce(clock_start_at, created_at) else created_at end`
  const ran = sql`v.until - cases.paused_minutes * interval '1 minute'`
  const minutes = (from: Condition, to: Condition) =>
    sql`greatest(0, floor(extract(epoch from ${to} - ${from}) / 60))::int`
  return sql`times as materialized (
    select cases.id as case_id, v.length, ${dayIn(sql`v.until`)} as day, coalesce(cases.organisation_id, ${nobody}::uuid) as organisation_id,
      cases.area_id, cases.area, coalesce(cases.matter_id, ${nobody}::uuid) as matter_id, ${minutes(sql`v.since`, sql`v.until`)} as minutes,
      v.unit, case when v.unit is null or cases.clock_start_at is null then null
        when v.unit = 'working-days' then working_minutes(cases.clock_start_at, ${ran})
        else ${minutes(sql`cases.clock_start_at`, ran)} end as lawful_minutes
    from chosen cases cross join lateral unnest('{accept,contact,answer,close}'::text[],
      array[created_at, ${since}, ${since}, ${since}],
      array[accepted_at, responded_at, answered_at, case when state = 'closed' then closed_at end],
      array[null, clock_rule -> 'response' ->> 'unit', clock_rule -> 'finish' ->> 'unit', null]) v(length, since, until, unit)
    where cases.counts and v.until is not null)`
}
