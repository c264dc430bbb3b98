/** What is asked of the figures, and the parts of a statement that say it: for the sums, for the facts and for the cases as they stand. */
import { type RawBuilder, sql } from 'kysely'
import { type Day, dayOf } from '../../../lib/time.ts'
import type { CaseFigure } from '../case-figures.ts'
import { nobody } from './figure-facts.ts'
import type { GroupAsked } from './figure-groups.ts'

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

/** How many cases a figure counts in a line of a group. */
export interface CountRow {
  readonly grp: number
  readonly key: string
  readonly figure: CaseFigure
  readonly n: number
}

export const ofOrganisation = ({ by, organisationId }: RollupAsked) =>
  by === 'organisation' || organisationId !== undefined
export const ofMatter = ({ by, matterIds }: RollupAsked) => by === 'matter' || matterIds !== undefined

export function keyOf(by: SplitBy, of: string): RawBuilder<unknown> {
  if (by === 'nothing') return sql`''`
  if (by === 'day') return sql.raw(`${of}.day::text`)
  return sql.raw(`${of}.${by}_id::text`)
}

/** Facts of which organisation and matter. */
export function narrowed({ organisationId, matterIds }: RollupAsked): RawBuilder<unknown> {
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
export function countedFigures({ from, to, by, at }: RollupAsked): RawBuilder<unknown> {
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
export const ofInterest = ({ from, to, by }: RollupAsked): RawBuilder<unknown> =>
  by === 'day'
    ? sql`f.day between ${from} and ${to}`
    : sql`(f.day between ${from} and ${to} or f.figures && '{running,long-term}'::text[])`
