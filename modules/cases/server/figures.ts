/**
 * Counts over a period and a scope, by area and by organisation: the one place where figures of cases are counted. What
 * each figure counts stands in figure-conditions.ts; a list with the same figure, period and area has the same rows.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Day, endOfDay, startOfDay } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseFigure } from '../case-figures.ts'
import type { CasesOnDay } from './cases-on-day.ts'
import { type FigureTime, figureCondition, lastReturns } from './figure-conditions.ts'
import { type Names, namesOf } from './names.ts'

export interface FigureAsked {
  readonly figure: CaseFigure
  /** Both days counted in. */
  readonly from: Day
  readonly to: Day
}

export interface FigureScope {
  /** The areas that count, inner ones too; undefined for all that the actor reaches. */
  readonly areaIds?: readonly string[]
  readonly at: Date
  /** By the areas of a day: `areaIds` are then of that day, and each case counts for its area on it. */
  readonly asOf?: CasesOnDay
}

/** How many cases a figure counts in one area (not below it) and with one organisation; null where none holds them. */
export interface FigureCount {
  readonly figure: CaseFigure
  readonly areaId: string
  readonly organisationId: string | null
  readonly count: number
}

/** A period as instants. */
export const figureTime = (from: Day, to: Day, at: Date): FigureTime => ({
  from: startOfDay(from),
  to: endOfDay(to),
  at,
})

/** One statement for all figures asked; zero counts are absent. Rows are those that the actor may see. */
export async function countFigures(
  tx: Tx,
  actor: Actor,
  asked: readonly FigureAsked[],
  scope: FigureScope,
): Promise<FigureCount[]> {
  const names = await namesOf(tx, actor.streetId)
  const { areaIds, asOf } = scope
  const inAreas = (ids: readonly string[]) =>
    asOf ? asOf.within(ids) : sql`area_id = any(${[...ids]}::uuid[])`
  const within = sql`street_id = ${actor.streetId} ${areaIds ? sql`and ${inAreas(areaIds)}` : sql``}`
  const from = asOf && asOf.homes.size > 0 ? casesWithHomes(asOf.homes) : sql`cases`
  const area = asOf && asOf.homes.size > 0 ? sql`coalesce(homes.home, area_id)` : sql`area_id`
  const parts = asked.map(({ figure, ...period }) => {
    const time = figureTime(period.from, period.to, scope.at)
    const condition = sql`${within} and ${figureCondition(figure, time, names)}`
    // A case that was given back has no holder any more: it counts for whoever asked.
    if (figure === 'returned')
      return sql`select 'returned' as figure, ${area} as "areaId", null::uuid as "organisationId", r.post_id as "postId",
        count(*)::int as count from ${from} join ${lastReturns(time)} r on r.case_id = cases.id
        where ${condition} group by 2, r.post_id`
    return sql`select ${figure}::text as figure, ${area} as "areaId", organisation_id as "organisationId",
      null::uuid as "postId", count(*)::int as count from ${from} where ${condition} group by 2, organisation_id`
  })
  const rows = await tx.many(
    sql<{
      figure: CaseFigure
      areaId: string
      organisationId: string | null
      postId: string | null
      count: number
    }>`${sql.join(parts, sql` union all `)}`,
  )
  return rows.map(({ postId, ...row }) => ({
    ...row,
    areaId: asOf?.areas.homeOf(row.areaId) ?? row.areaId,
    organisationId: row.organisationId ?? organisationOf(names, postId),
  }))
}

/** With the area on the day of every case that lies in a divided one. */
function casesWithHomes(homes: ReadonlyMap<string, string>): RawBuilder<unknown> {
  return sql`cases left join unnest(${[...homes.keys()]}::uuid[], ${[...homes.values()]}::uuid[]) homes (of_case, home)
    on homes.of_case = cases.id`
}

const organisationOf = ({ people }: Names, postId: string | null): string | null =>
  (postId === null ? undefined : people.posts.get(postId))?.organisationId ?? null

export interface FigureFilter extends FigureAsked {
  /** Only what counts for this organisation; null for what counts for none. */
  readonly organisationId?: string | null
}

/** The condition of the list behind a figure. */
export function figureListCondition(asked: FigureFilter, at: Date, names: Names): RawBuilder<unknown> {
  const time = figureTime(asked.from, asked.to, at)
  const condition = figureCondition(asked.figure, time, names)
  const { organisationId } = asked
  if (organisationId === undefined) return condition
  if (asked.figure !== 'returned')
    return sql`${condition} and organisation_id is not distinct from ${organisationId}::uuid`
  const posts = [...names.people.posts.values()]
    .filter((post) => post.organisationId === organisationId)
    .map(({ id }) => id)
  return sql`${condition} and id in (select r.case_id from ${lastReturns(time)} r where r.post_id = any(${posts}::uuid[]))`
}
