/**
 * Counts over a period and a scope, by area and by organisation: the one place where figures of cases are counted. What
 * each figure counts stands in figure-conditions.ts; a list with the same figure, period and area has the same rows.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Day, endOfDay, startOfDay } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseFigure } from '../case-figures.ts'
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
  const within = sql`street_id = ${actor.streetId} ${
    scope.areaIds ? sql`and area_id = any(${[...scope.areaIds]}::uuid[])` : sql``
  }`
  const parts = asked.map(({ figure, from, to }) => {
    const time = figureTime(from, to, scope.at)
    const condition = sql`${within} and ${figureCondition(figure, time, names)}`
    return figure === 'returned' ? returnedPart(condition, time) : part(figure, condition)
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
    organisationId: row.organisationId ?? organisationOf(names, postId),
  }))
}

const part = (figure: CaseFigure, condition: RawBuilder<unknown>) =>
  sql`select ${figure}::text as figure, area_id as "areaId", organisation_id as "organisationId", null::uuid as "postId",
    count(*)::int as count from cases where ${condition} group by area_id, organisation_id`

/** A case that was given back has no holder any more: it counts for whoever asked. */
const returnedPart = (condition: RawBuilder<unknown>, time: FigureTime) =>
  sql`select 'returned' as figure, area_id, null::uuid, r.post_id, count(*)::int from cases
    join ${lastReturns(time)} r on r.case_id = cases.id where ${condition} group by area_id, r.post_id`

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
