/** What the roll-ups hold for a question, told in one look together with which cases changed since they were folded. */
import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseFigure } from '../case-figures.ts'
import { nobody } from './figure-facts.ts'
import { type FigureGroups, groupTables } from './figure-groups.ts'
import {
  type CountRow,
  countedFigures,
  keyOf,
  narrowed,
  ofInterest,
  ofMatter,
  ofOrganisation,
  type RollupAsked,
} from './figure-questions.ts'
import { rolledFigures } from './figure-table.ts'
import { columnOf, figureShape } from './fold-figures.ts'

/** More changed cases than this are not put right while somebody reads. */
const mostUnfolded = 5_000

export interface FoldedCounts {
  readonly counts: readonly CountRow[]
  /** Changed since the last fold: their old facts are out of the counts, and how they stand now is still to be added. */
  readonly unfolded: readonly string[]
  /** Changed since, too many to be put right: the counts are those of the last fold, and this many cases follow. */
  readonly waiting: number
}

/** What stands now, whatever the period. */
const standing = ['running', 'overdue', 'long-term', 'review-due'] as const satisfies readonly CaseFigure[]
const inPeriod = rolledFigures.filter((one) => !(standing as readonly CaseFigure[]).includes(one))

type SumsOfArea = readonly [path: string, key: string, sums: readonly number[]]

/**
 * The sums with what re-cuts moved, and without every case that changed since; undefined before the street was counted.
 * In a storm of changes they are the sums of the last fold, seconds old and in themselves right, for a duty officer needs them then.
 */
export async function foldedCounts(
  tx: Tx,
  streetId: number,
  groups: FigureGroups,
  asked: RollupAsked,
): Promise<FoldedCounts | undefined> {
  const found = await lookAtSums(tx, streetId, groups, asked, mostUnfolded + 1)
  if (found === undefined || found.unfolded.length <= mostUnfolded) return found && { ...found, waiting: 0 }
  const asFolded = await lookAtSums(tx, streetId, groups, asked, 0)
  const { waiting } = await tx.one(
    sql<{
      waiting: number
    }>`select count(distinct case_id)::int as waiting from case_figure_changes where street_id = ${streetId}`,
  )
  return asFolded && { ...asFolded, waiting }
}

/** `most`: so many changed cases are taken out of the sums. */
async function lookAtSums(
  tx: Tx,
  streetId: number,
  groups: FigureGroups,
  asked: RollupAsked,
  most: number,
): Promise<{ counts: CountRow[]; unfolded: string[] } | undefined> {
  const sums = sumsOf(
    groups.sums.map(({ path }) => path),
    asked,
  )
  const { rolled, now, counts, unfolded, ready } = await tx.one(
    sql<{
      rolled: SumsOfArea[]
      now: SumsOfArea[]
      counts: CountRow[]
      unfolded: string[]
      ready: boolean
    }>`with ${groupTables(groups)},
      changed as materialized (select distinct case_id from case_figure_changes where street_id = ${streetId} limit ${most}),
      single as (${sql.join(
        [
          ...movedFacts(streetId, groups, asked),
          sql`select coalesce(h.grp, p.grp) as grp, -1 as sign, f.* from changed join case_facts f on f.case_id = changed.case_id
            left join homes h on h.case_id = f.case_id left join places p on p.area_id = f.area_id and h.grp is null
            where f.street_id = ${streetId} and coalesce(h.grp, p.grp) is not null and ${narrowed(asked)} and ${ofInterest(asked)}`,
        ],
        sql` union all `,
      )}),
      counts as (
        select f.grp, ${keyOf(asked.by, 'f')} as key, c.figure, sum(f.sign)::int as n from single f ${countedFigures(asked)} group by 1, 2, 3)
      select (select coalesce(jsonb_agg(jsonb_build_array(r.area_path, r.key, r.sums)), '[]') from (${sums.ofPeriod}) r) as rolled,
        (select coalesce(jsonb_agg(jsonb_build_array(r.area_path, r.key, r.sums)), '[]') from (${sums.now}) r) as now,
        (select coalesce(jsonb_agg(counts), '[]') from counts) as counts,
        (select coalesce(array_agg(case_id), '{}') from changed) as unfolded,
        exists (select from case_figure_checks where street_id = ${streetId} and shape >= ${figureShape}) as ready`,
  )
  if (!ready) return undefined
  const groupAt = new Map(groups.sums.map(({ path, group }) => [path, group]))
  const countsOf = (lines: readonly SumsOfArea[], figures: readonly CaseFigure[]) =>
    lines.flatMap(([path, key, values]) =>
      values.flatMap((n, index): CountRow[] => {
        const figure = figures[index]
        return n === 0 || figure === undefined ? [] : [{ grp: groupAt.get(path) ?? -1, key, figure, n }]
      }),
    )
  return { counts: [...countsOf(rolled, inPeriod), ...countsOf(now, standing), ...counts], unfolded }
}

/** The facts of areas and cases that a re-cut moved; mostly there are none, and then nothing is asked. */
function movedFacts(
  streetId: number,
  { parts, homes }: FigureGroups,
  asked: RollupAsked,
): RawBuilder<unknown>[] {
  const here = sql`f.street_id = ${streetId} and ${narrowed(asked)} and ${ofInterest(asked)}`
  return [
    ...(parts.length > 0
      ? [sql`select p.grp, p.sign, f.* from parts p join case_facts f on f.area_id = p.area_id where ${here}`]
      : []),
    ...(homes.length > 0
      ? [
          sql`select h.grp, 1 as sign, f.* from homes h join case_facts f on f.case_id = h.case_id where ${here}`,
        ]
      : []),
  ]
}

/** A row for each area and key: the sums of the period, and what stands now, of all days. */
function sumsOf(
  paths: readonly string[],
  asked: RollupAsked,
): { ofPeriod: RawBuilder<unknown>; now: RawBuilder<unknown> } {
  const { from, to, by, at, organisationId, matterIds } = asked
  const split = ofOrganisation(asked) ? 'organisation' : ofMatter(asked) ? 'matter' : 'all'
  const keys =
    organisationId !== undefined
      ? [organisationId ?? nobody]
      : (matterIds ?? (split === 'all' ? [nobody] : null))
  const here = sql`${[...paths]}::text[], ${split}, ${keys === null ? null : [...keys]}::uuid[]`
  const key = (of: string) =>
    by === 'nothing' ? sql`''` : sql.raw(by === 'day' ? `${of}.day::text` : `${of}.key::text`)
  const last = by === 'day' ? sql`true` : sql`r.next_day > ${to}`
  return {
    ofPeriod: sql`select r.area_path, ${key('r')} as key, array[${sql.join(inPeriod.map((one) => sql`sum(r.${columnOf(one)})`))}] as sums
      from rollups_within(${here}, ${from}, ${to}) r where ${last} group by 1, 2`,
    now: sql`select s.area_path, ${key('s')} as key, array[sum(s.running), coalesce(sum(s.running) filter (where s.day < ${dayOf(at)}), 0),
        sum(s.long_term), coalesce(sum(s.long_term) filter (where s.day <= ${to}), 0)] as sums
      from standing_within(${here}) s where ${by === 'day' ? sql`false` : sql`true`} group by 1, 2`,
  }
}
