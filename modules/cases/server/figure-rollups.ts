/**
 * Figures from the roll-ups, always as true as a recount: the sums, put right by the facts of areas that a re-cut moved, and with
 * every case that changed since the last fold taken off as it was folded and added as it stands. Where the first recount of a street
 * has not run, or more changed than is worth putting right, all is counted from the cases themselves, or, where they are too many
 * for that, refused until it has.
 */
import { type RawBuilder, sql } from 'kysely'
import { addDays, type Day, dayOf, startOfDay } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { CaseFigure } from '../case-figures.ts'
import type { CasesOnDay } from './cases-on-day.ts'
import { figureCondition } from './figure-conditions.ts'
import { factsOf, nobody } from './figure-facts.ts'
import { type FigureGroups, type GroupAsked, groupsOf, groupTables, placeTables } from './figure-groups.ts'
import { type RolledFigure, rolledFigures } from './figure-table.ts'
import { figureTime } from './figures.ts'
import { columnOf } from './fold-figures.ts'
import type { Names } from './names.ts'

/** By what the lines of a group are split. */
export type SplitBy = 'nothing' | 'organisation' | 'matter' | 'day'

export interface RollupAsked {
  /** Both days counted in. */
  readonly from: Day
  readonly to: Day
  readonly groups: readonly GroupAsked[]
  readonly by: SplitBy
  /** Only what counts for this organisation; null for what counts for none. */
  readonly organisationId?: string | null
  readonly matterIds?: readonly string[]
  readonly at: Date
}

/** What one line counts. `key`: the organisation, matter or day; '' for the whole, `nobody` for none. Figures without a case are absent. */
export interface CountedLine {
  readonly group: number
  readonly key: string
  readonly counts: ReadonlyMap<CaseFigure, number>
}

export interface CountedFigures {
  readonly lines: readonly CountedLine[]
  /** Cases that changed since the last fold and were counted as they stand; null where all were. */
  readonly unfolded: readonly string[] | null
}

/** More changed cases than this are not put right one by one. */
const mostUnfolded = 5_000
/** What stands now, whatever the period. */
const standing: readonly CaseFigure[] = ['running', 'overdue', 'long-term', 'review-due']

interface CountRow {
  grp: number
  key: string
  figure: CaseFigure
  n: number
}

/**
 * `names` and `asOf` say which areas there are; rows are those that the actor may see. `recount` leaves the roll-ups aside.
 * @throws Refusal cases/figures-being-counted
 */
export async function countRolled(
  tx: Tx,
  actor: Actor,
  { names, asOf }: { names: Names; asOf: CasesOnDay },
  asked: RollupAsked,
  recount = false,
): Promise<CountedFigures> {
  const groups = groupsOf(names, asOf, asked.groups, summedTo(asked))
  const { streetId } = actor
  const folded = recount ? undefined : await foldedCounts(tx, streetId, groups, asked)
  const counts = folded?.counts ?? []
  if (!folded && !recount && (await tooManyToCount(tx, streetId)))
    throw new Refusal('cases/figures-being-counted')
  if (!folded || folded.unfolded.length > 0)
    counts.push(...(await countsNow(tx, streetId, names, groups, asked, folded?.unfolded)))
  counts.push(...(await liveCounts(tx, streetId, names, groups, asked)))
  return { lines: linesOf(counts, asked), unfolded: folded?.unfolded ?? null }
}

/** More cases than can be counted from their rows while somebody waits. */
const mostCounted = 3_000

async function tooManyToCount(tx: Tx, streetId: number): Promise<boolean> {
  const { n } = await tx.one(
    sql<{ n: number }>`select count(*)::int as n
      from (select from cases where street_id = ${streetId} limit ${mostCounted + 1}) few`,
  )
  return n > mostCounted
}

const ofOrganisation = ({ by, organisationId }: RollupAsked) =>
  by === 'organisation' || organisationId !== undefined
const ofMatter = ({ by, matterIds }: RollupAsked) => by === 'matter' || matterIds !== undefined

/** The street has sums by organisation and by matter, the area below it only whole ones. */
function summedTo(asked: RollupAsked): -1 | 0 | 1 {
  if (ofOrganisation(asked) && ofMatter(asked)) return -1
  return ofOrganisation(asked) || ofMatter(asked) ? 0 : 1
}

function keyOf(by: SplitBy, of: string): RawBuilder<unknown> {
  if (by === 'nothing') return sql`''`
  if (by === 'day') return sql.raw(`${of}.day::text`)
  return sql.raw(`${of}.${by}_id::text`)
}

/** Facts of which organisation and matter. */
function narrowed({ organisationId, matterIds }: RollupAsked): RawBuilder<unknown> {
  const organisation =
    organisationId === undefined ? sql`true` : sql`f.organisation_id = ${organisationId ?? nobody}::uuid`
  return matterIds === undefined
    ? organisation
    : sql`${organisation} and f.matter_id = any(${[...matterIds]}::uuid[])`
}

/**
 * For which figures of `f.figures` a row counts: in the period on its last day there, alone by day on each; what stands now on
 * whatever day it is kept under.
 */
function countedFigures({ from, to, by, at }: RollupAsked): RawBuilder<unknown> {
  const inPeriod =
    by === 'day'
      ? sql`f.day between ${from} and ${to}`
      : sql`f.day between ${from} and ${to} and f.next_day > ${to}`
  const now =
    by === 'day'
      ? sql`false`
      : sql`v.figure in ('running', 'long-term') or v.figure = 'overdue' and f.day < ${dayOf(at)} or v.figure = 'review-due' and f.day <= ${to}`
  return sql`cross join lateral (
    select u.figure from unnest(f.figures) u(figure) where u.figure not in ('running', 'long-term') and ${inPeriod}
    union all
    select v.figure from unnest(f.figures) u(figure) join (values ('running', 'running'), ('running', 'overdue'),
      ('long-term', 'long-term'), ('long-term', 'review-due')) v(of, figure) on v.of = u.figure where ${now}) c`
}

/** Rows of days outside the period are looked at only where something stands there now. */
const ofInterest = ({ from, to, by }: RollupAsked): RawBuilder<unknown> =>
  by === 'day'
    ? sql`f.day between ${from} and ${to}`
    : sql`(f.day between ${from} and ${to} or f.figures && '{running,long-term}'::text[])`

/** The sums with what re-cuts moved, and without every case that changed since; undefined where they can not be used. */
async function foldedCounts(
  tx: Tx,
  streetId: number,
  groups: FigureGroups,
  asked: RollupAsked,
): Promise<{ counts: CountRow[]; unfolded: string[] } | undefined> {
  const { rolled, counts, unfolded, ready } = await tx.one(
    sql<{
      rolled: [path: string, key: string, sums: number[]][]
      counts: CountRow[]
      unfolded: string[]
      ready: boolean
    }>`with ${groupTables(groups)},
      changed as materialized (select distinct case_id from case_figure_changes where street_id = ${streetId} limit ${mostUnfolded + 1}),
      single as (
        select p.grp, p.sign, f.* from parts p join case_facts f on f.area_id = p.area_id
          where f.street_id = ${streetId} and ${narrowed(asked)} and ${ofInterest(asked)}
        union all
        select h.grp, 1, f.* from homes h join case_facts f on f.case_id = h.case_id
          where f.street_id = ${streetId} and ${narrowed(asked)} and ${ofInterest(asked)}
        union all
        select coalesce(h.grp, p.grp), -1, f.* from changed join case_facts f on f.case_id = changed.case_id
          left join homes h on h.case_id = f.case_id left join places p on p.area_id = f.area_id and h.grp is null
          where f.street_id = ${streetId} and coalesce(h.grp, p.grp) is not null and ${narrowed(asked)} and ${ofInterest(asked)}),
      counts as (
        select f.grp, ${keyOf(asked.by, 'f')} as key, c.figure, sum(f.sign)::int as n from single f ${countedFigures(asked)} group by 1, 2, 3)
      select (select coalesce(jsonb_agg(jsonb_build_array(r.area_path, r.key, r.sums)), '[]')
          from (${sumsOf(
            streetId,
            groups.sums.map(({ path }) => path),
            asked,
          )}) r) as rolled,
        (select coalesce(jsonb_agg(counts), '[]') from counts) as counts,
        (select coalesce(array_agg(case_id), '{}') from changed) as unfolded,
        exists (select from case_figure_checks where street_id = ${streetId}) as ready`,
  )
  if (!ready || unfolded.length > mostUnfolded) return undefined
  const groupAt = new Map(groups.sums.map(({ path, group }) => [path, group]))
  const sums = rolled.flatMap(([path, key, values]) =>
    values.flatMap((n, index): CountRow[] => {
      const figure = summedFigures[index]
      return n === 0 || figure === undefined ? [] : [{ grp: groupAt.get(path) ?? -1, key, figure, n }]
    }),
  )
  return { counts: [...sums, ...counts], unfolded }
}

const inPeriod = rolledFigures.filter((one) => !standing.includes(one))
/** In the order of the sums that are read. */
const summedFigures: readonly CaseFigure[] = [...inPeriod, ...standing]

/** A row for each area and key with all its sums; for what stands now a second one, of all days, with the others empty. */
function sumsOf(streetId: number, paths: readonly string[], asked: RollupAsked): RawBuilder<unknown> {
  const { from, to, by, at, organisationId, matterIds } = asked
  const split = ofOrganisation(asked) ? 'organisation' : ofMatter(asked) ? 'matter' : 'all'
  const keys =
    organisationId !== undefined
      ? [organisationId ?? nobody]
      : (matterIds ?? (split === 'all' ? [nobody] : undefined))
  const here = sql`r.street_id = ${streetId} and r.area_path = any(${[...paths]}::text[]) and r.split = ${split}
    ${keys ? sql`and r.key = any(${[...keys]}::uuid[])` : sql``}`
  const key = by === 'nothing' ? sql`''` : by === 'day' ? sql`r.day::text` : sql`r.key::text`
  const last = by === 'day' ? sql`true` : sql`r.next_day > ${to}`
  const ofPeriod = sql`select r.area_path, ${key} as key, array[${sql.join(inPeriod.map((one) => sql`sum(r.${columnOf(one)})`))}] as sums
    from case_rollups r where ${here} and r.day between ${from} and ${to} and ${last} group by 1, 2`
  if (by === 'day') return ofPeriod
  return sql`${ofPeriod} union all
    select r.area_path, ${key}, array_fill(0, array[${inPeriod.length}::int])::bigint[] || array[sum(r.running),
        coalesce(sum(r.running) filter (where r.day < ${dayOf(at)}), 0), sum(r.long_term),
        coalesce(sum(r.long_term) filter (where r.day <= ${to}), 0)]
    from case_rollups r where ${here} and (r.running <> 0 or r.long_term <> 0) group by 1, 2`
}

/** The facts of these cases, or of all that the actor sees, as they stand. */
function countsNow(
  tx: Tx,
  streetId: number,
  names: Names,
  groups: FigureGroups,
  asked: RollupAsked,
  cases: readonly string[] | undefined,
): Promise<CountRow[]> {
  return tx.many(
    sql<CountRow>`with ${placeTables(groups)}, ${factsOf(names, idsOf(streetId, cases))}
      select coalesce(h.grp, p.grp) as grp, ${keyOf(asked.by, 'f')} as key, c.figure, count(*)::int as n
      from facts f left join homes h on h.case_id = f.case_id left join places p on p.area_id = f.area_id and h.grp is null
        ${countedFigures(asked)}
      where coalesce(h.grp, p.grp) is not null and ${narrowed(asked)} group by 1, 2, 3`,
  )
}

const idsOf = (streetId: number, cases: readonly string[] | undefined): RawBuilder<unknown> =>
  cases === undefined
    ? sql`(select array_agg(id) from cases where street_id = ${streetId})`
    : sql`${[...cases]}::uuid[]`

/** What turns on the hour, and whistles, which are few: counted from their rows. */
async function liveCounts(
  tx: Tx,
  streetId: number,
  names: Names,
  groups: FigureGroups,
  asked: RollupAsked,
): Promise<CountRow[]> {
  if (asked.by === 'day') return []
  const { from, to, at, organisationId, matterIds } = asked
  const time = figureTime(from, to, at)
  const key =
    asked.by === 'nothing'
      ? sql`''`
      : sql`coalesce(cases.${sql.ref(`${asked.by}_id`)}, ${nobody}::uuid)::text`
  const whose = sql`${organisationId === undefined ? sql`true` : sql`organisation_id is not distinct from ${organisationId}::uuid`}
    and ${matterIds === undefined ? sql`true` : sql`matter_id = any(${[...matterIds]}::uuid[])`}`
  const today = dayOf(at)
  const parts = [
    {
      figure: 'overdue' as const,
      also: sql`due_at >= ${startOfDay(today)} and due_at < ${startOfDay(addDays(today, 1))}`,
    },
    { figure: 'whistled' as const, also: sql`true` },
    { figure: 'whistle-late' as const, also: sql`true` },
  ].map(
    ({
      figure,
      also,
    }) => sql`select coalesce(h.grp, p.grp) as grp, ${key} as key, ${figure}::text as figure, count(*)::int as n
      from cases left join homes h on h.case_id = cases.id left join places p on p.area_id = cases.area_id and h.grp is null
      where cases.street_id = ${streetId} and ${figureCondition(figure, time, names)} and ${also} and ${whose}
        and coalesce(h.grp, p.grp) is not null group by 1, 2`,
  )
  return await tx.many(sql<CountRow>`with ${placeTables(groups)} ${sql.join(parts, sql` union all `)}`)
}

function linesOf(rows: readonly CountRow[], { by }: RollupAsked): CountedLine[] {
  const lines = new Map<string, { group: number; key: string; counts: Map<CaseFigure, number> }>()
  for (const { grp, key, figure, n } of rows) {
    const id = `${grp} ${key}`
    const line = lines.get(id) ?? { group: grp, key, counts: new Map<CaseFigure, number>() }
    lines.set(id, line)
    line.counts.set(figure, (line.counts.get(figure) ?? 0) + n)
    // One and the same, under the name that the other rate needs.
    if (figure === 'dispatched') line.counts.set('received', line.counts.get('dispatched') ?? 0)
  }
  const kept = [...lines.values()].map((line) => ({
    ...line,
    counts: new Map([...line.counts].filter(([, count]) => count !== 0)),
  }))
  return by === 'nothing' ? kept : kept.filter(({ counts }) => counts.size > 0)
}

export type { RolledFigure }
