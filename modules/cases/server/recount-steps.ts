/** A recount of a street, step by step: every case against its facts, what waits folded, every sum against the facts. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { factsOf, nobody } from './figure-facts.ts'
import { rolledFigures } from './figure-table.ts'
import {
  cellSums,
  cellsOf,
  changesAtOnce,
  columnOf,
  columns,
  foldFigures,
  keptFacts,
  writeFacts,
  writeTimes,
} from './fold-figures.ts'
import type { Names } from './names.ts'

/** What one step takes. */
export interface StepExtent {
  readonly cases: number
  readonly rows: number
}
const usual: StepExtent = { cases: 250, rows: 20_000 }

export interface Recounted {
  readonly cases: number
  /** Cases whose facts were not what their rows say. */
  readonly factsWrong: number
  /** Sums that were not those of the facts. */
  readonly sumsWrong: number
}

/** How far a recount is. */
export interface Recount extends Recounted {
  readonly stage: 'cases' | 'changes' | 'sums' | 'done'
  /** The last case or the last day that is through; null where a stage begins. */
  readonly after: string | null
  /**
   * The first count of a street, or of a new shape: facts are written as they are found and summed at the end, where a recount
   * would find each case wrong, queue it, and fold it into its sums. Nothing was wrong, for nothing was told yet.
   */
  readonly first: boolean
}

export const freshRecount = (first: boolean): Recount => ({
  ...{ stage: 'cases', after: null, first },
  ...{ cases: 0, factsWrong: 0, sumsWrong: 0 },
})

/**
 * Some cases, some changes, or the sums of some days, each right in itself whatever else happens between two steps: a fold
 * changes facts and sums together. The caller holds the lock of the street's figures (`lockFigures`).
 */
export async function recountStep(
  tx: Tx,
  streetId: number,
  names: Names,
  now: Recount,
  extent = usual,
): Promise<Recount> {
  if (now.stage === 'cases') {
    const { cases, wrong, last } = await (now.first ? countPart : recountPart)(
      tx,
      streetId,
      names,
      partOf(streetId, now.after ?? nobody, extent.cases),
    )
    const counted = { ...now, cases: now.cases + cases, factsWrong: now.factsWrong + wrong }
    if (last !== null) return { ...counted, after: last }
    return { ...counted, stage: now.first ? 'sums' : 'changes', after: null }
  }
  if (now.stage === 'changes') {
    const more = (await foldFigures(tx, streetId, names)) === changesAtOnce
    return more ? now : { ...now, stage: 'sums' }
  }
  const days = await nextDays(tx, streetId, now.after, extent.rows)
  if (days === undefined) return { ...now, stage: 'done' }
  const wrong = await recountDays(tx, streetId, names, days)
  return { ...now, after: days.to, sumsWrong: now.sumsWrong + (now.first ? 0 : wrong) }
}

interface Part {
  readonly cases: number
  readonly wrong: number
  /** The last id of a full part; null when no more cases follow. */
  readonly last: string | null
}

/** `part`: the next cases, and what has facts between them without being there any more; `top` is the last of a full part. */
const partOf = (streetId: number, after: string, most: number): RawBuilder<unknown> => sql`
  next as materialized (select id from cases where street_id = ${streetId} and id > ${after}::uuid order by id limit ${most}),
  top as materialized (select case when count(*) = ${most} then (array_agg(id order by id desc))[1] end as id from next),
  part as materialized (select id from next union select case_id from case_facts where street_id = ${streetId}
    and case_id > ${after}::uuid and case_id <= (select coalesce(id, ${last}::uuid) from top))`
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const told = sql`(select count(*) from part)::int as cases, (select id from top) as last`

async function countPart(tx: Tx, streetId: number, names: Names, part: RawBuilder<unknown>): Promise<Part> {
  return tx.one(
    sql<Part>`with ${part},
      dirty as materialized (select id as case_id from part),
      ${factsOf(names, sql`(select array_agg(case_id) from dirty)`)}, ${keptFacts(streetId)},
      ${writeFacts(streetId)}, ${writeTimes(streetId)}
      select ${told}, 0 as wrong`,
  )
}

/** The next cases by id that do not wait to be folded: those whose facts or times differ are put into the queue of changes. */
async function recountPart(tx: Tx, streetId: number, names: Names, part: RawBuilder<unknown>): Promise<Part> {
  const fact = sql`case_id, day, next_day, organisation_id, area_id, area::text, matter_id, figures`
  const time = sql`case_id, length, day, organisation_id, area_id, area::text, matter_id, minutes, unit, lawful_minutes`
  return await tx.one(
    sql<Part>`with ${part},
      calm as materialized (select id from part where id not in (
        select case_id from case_figure_changes where street_id = ${streetId})),
      ${factsOf(names, sql`(select array_agg(id) from calm)`)},
      kept as materialized (select * from case_facts where street_id = ${streetId} and case_id = any((select array_agg(id) from calm)::uuid[])),
      kept_times as materialized (select * from case_times where street_id = ${streetId} and case_id = any((select array_agg(id) from calm)::uuid[])),
      wrong as (select case_id from (
        (select ${fact} from facts except select ${fact} from kept) union (select ${fact} from kept except select ${fact} from facts)) f
        union select case_id from ((select ${time} from times except select ${time} from kept_times)
          union (select ${time} from kept_times except select ${time} from times)) t),
      marked as (insert into case_figure_changes (street_id, case_id) select ${streetId}::int, case_id from wrong)
      select ${told}, (select count(*) from wrong)::int as wrong`,
  )
}

interface Days {
  readonly from: Day
  readonly to: Day
}

/** The days that follow and together hold so many rows that one statement is worth its plan and ends soon; at least one day. */
async function nextDays(
  tx: Tx,
  streetId: number,
  after: string | null,
  most: number,
): Promise<Days | undefined> {
  const some = (table: string) => sql`(select day from ${sql.table(table)}
    where street_id = ${streetId} and day > ${after ?? '-infinity'}::date order by day limit ${most})`
  const { from, to } = await tx.one(
    sql<{ from: Day | null; to: Day | null }>`with
      near as materialized (select day from (${some('case_facts')} union all ${some('case_rollups')}) d order by day limit ${most}),
      ends as (select min(day) as first, max(day) as last, count(*) as many from near)
      select first as from, case when many < ${most} then last
          else coalesce((select max(day) from near where day < last), first) end as to
      from ends`,
  )
  return from === null || to === null ? undefined : { from, to }
}

/** Every sum of these days against the facts that it is of; gives how many were wrong, and replaces them. */
async function recountDays(tx: Tx, streetId: number, names: Names, { from, to }: Days): Promise<number> {
  const here = sql`street_id = ${streetId} and day between ${from} and ${to}`
  const rows = sql`(select area::text as area, organisation_id, matter_id, day, next_day, figure, 1 as n
    from case_facts, unnest(figures) figure where ${here})`
  const key = sql`area_path, split, key, day, next_day`
  const { wrong } = await tx.one(
    sql<{ wrong: number }>`with ${cellsOf(names, rows)},
      right_sums (area_path, split, key, day, next_day, area, ${columns}) as materialized (select ${cellSums()}),
      kept as materialized (select ${key}, ${columns} from case_rollups where ${here} and (greatest(${columns}) <> 0 or least(${columns}) <> 0)),
      wrong as materialized (
        select ${key} from (select ${key}, ${columns} from right_sums except select ${key}, ${columns} from kept) a
        union select ${key} from (select ${key}, ${columns} from kept except select ${key}, ${columns} from right_sums) b),
      emptied as (delete from case_rollups where ${here} and greatest(${columns}) = 0 and least(${columns}) = 0
        and (${key}) not in (select ${key} from wrong)),
      mended as (insert into case_rollups (street_id, area_path, split, key, day, next_day, area, ${columns})
        select ${streetId}::int, w.area_path, w.split, w.key, w.day, w.next_day, w.area_path::ltree,
          ${sql.join(rolledFigures.map((one) => sql`coalesce(s.${columnOf(one)}, 0)`))}
        from wrong w left join right_sums s using (area_path, split, key, day, next_day)
        on conflict (street_id, area_path, split, key, day, next_day) do update
        set ${sql.join(rolledFigures.map((one) => sql`${columnOf(one)} = excluded.${columnOf(one)}`))})
      select count(*)::int as wrong from wrong`,
  )
  return wrong
}
