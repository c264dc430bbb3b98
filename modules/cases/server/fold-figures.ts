/** Folds what changed into the facts of each case and their sums. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { factsOf, nobody } from './figure-facts.ts'
import { type RolledFigure, rolledFigures } from './figure-table.ts'
import type { Names } from './names.ts'

/** Changes that one fold takes. */
export const changesAtOnce = 250

export const columnOf = (figure: RolledFigure): RawBuilder<unknown> => sql.ref(figure.replaceAll('-', '_'))
export const columns = sql.join(rolledFigures.map(columnOf))

/** Goes up when a figure is added: sums of an older shape lack it, and are not read until the street has been recounted. */
export const figureShape = 2

/** Held until the transaction ends, for two folds of one street at once would both add the same difference. The number only differs from those of other locks. */
export async function lockFigures(tx: Tx, streetId: number): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(480048, ${streetId}::int)`)
}

/** Folds at most 250 changes, after whatever else writes the street's figures; gives how many there were. */
export async function foldFigures(tx: Tx, streetId: number, names: Names): Promise<number> {
  await lockFigures(tx, streetId)
  const { changes } = await tx.one(
    sql<{ changes: number }>`with
      dirty as (delete from case_figure_changes where street_id = ${streetId} and id = any(array(
        select id from case_figure_changes where street_id = ${streetId} order by id limit ${changesAtOnce})) returning case_id),
      ${factsOf(names, sql`(select array_agg(distinct case_id) from dirty)`)},
      ${keptFacts(streetId)},
      ${writeFacts(streetId)}, ${writeTimes(streetId)}, ${differences(names)},
      summed as (insert into case_rollups as r (street_id, area_path, split, key, day, next_day, area, ${columns})
        select ${streetId}::int, ${cellSums()} on conflict (street_id, area_path, split, key, day, next_day) do update
        set ${sql.join(rolledFigures.map((one) => sql`${columnOf(one)} = r.${columnOf(one)} + excluded.${columnOf(one)}`))})
      select count(*)::int as changes from dirty`,
  )
  return changes
}

/** `old`: what is kept of the cases of `dirty`. */
export const keptFacts = (
  streetId: number,
): RawBuilder<unknown> => sql`old as materialized (select f.* from case_facts f
  where f.street_id = ${streetId} and f.case_id = any((select array_agg(case_id) from dirty)::uuid[]))`

/** Set differences, and no joins: the planner expects one row of what was there before, and would compare each with each. */
export function writeFacts(streetId: number): RawBuilder<unknown> {
  const key = sql`case_id, day, next_day, organisation_id`
  const columns = sql`${key}, area_id, area, matter_id, figures`
  return sql`gone as (delete from case_facts f using (select ${key} from old except select ${key} from facts) o
      where f.street_id = ${streetId} and f.case_id = o.case_id and f.day = o.day and f.next_day = o.next_day
        and f.organisation_id = o.organisation_id),
    put as (insert into case_facts (street_id, ${columns})
      select ${streetId}::int, n.* from (select ${columns} from facts except select ${columns} from old) n
      on conflict (street_id, ${key}) do update set area_id = excluded.area_id,
        area = excluded.area, matter_id = excluded.matter_id, figures = excluded.figures)`
}

export function writeTimes(streetId: number): RawBuilder<unknown> {
  const columns = sql`case_id, length, day, organisation_id, area_id, area, matter_id, minutes, unit, lawful_minutes`
  return sql`old_times as materialized (select t.* from case_times t
      where t.street_id = ${streetId} and t.case_id = any((select array_agg(case_id) from dirty)::uuid[])),
    gone_times as (delete from case_times t using (select case_id, length from old_times except select case_id, length from times) o
      where t.street_id = ${streetId} and t.case_id = o.case_id and t.length = o.length),
    put_times as (insert into case_times as t (street_id, ${columns})
      select ${streetId}::int, n.* from (select ${columns} from times except select ${columns} from old_times) n
      on conflict (street_id, case_id, length) do update set day = excluded.day,
        organisation_id = excluded.organisation_id, area_id = excluded.area_id, area = excluded.area,
        matter_id = excluded.matter_id, minutes = excluded.minutes, unit = excluded.unit, lawful_minutes = excluded.lawful_minutes)`
}

/** `cells`: by how much each sum changes. What did not change cancels out before it is spread over the sums. */
function differences(names: Names): RawBuilder<unknown> {
  return sql`changed as (select d.area::text as area, d.organisation_id, d.matter_id, d.day, d.next_day, figure, sum(d.sign)::int as n
      from (select *, -1 as sign from (select area, organisation_id, matter_id, day, next_day, figures from old) o
        union all select *, 1 from (select area, organisation_id, matter_id, day, next_day, figures from facts) f) d,
        unnest(d.figures) figure
      group by 1, 2, 3, 4, 5, 6 having sum(d.sign) <> 0),
    ${cellsOf(names, sql`changed`)}`
}

/** Spreads rows over the sums that they belong to: the street, also by organisation and by matter, and the area right below it. */
export function cellsOf({ areas }: Names, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const depth = areas.root.path.split('.').length
  return sql`cells as (select s.path, s.split, s.key, c.day, c.next_day, c.figure, sum(c.n)::int as n from (
      select r.*, subpath(r.area::ltree, 0, ${depth}::int)::text as street,
        case when nlevel(r.area::ltree) > ${depth}::int then subpath(r.area::ltree, 0, ${depth + 1}::int)::text end as below from ${rows} r) c
    cross join lateral (values (c.street, 'all', ${nobody}::uuid), (c.street, 'organisation', c.organisation_id),
      (c.street, 'matter', c.matter_id), (c.below, 'all', ${nobody}::uuid)) s(path, split, key)
    where s.path is not null group by 1, 2, 3, 4, 5, 6 having sum(c.n) <> 0)`
}

export const cellSums =
  (): RawBuilder<unknown> => sql`c.path, c.split, c.key, c.day, c.next_day, c.path::ltree,
  ${sql.join(rolledFigures.map((one) => sql`coalesce(sum(c.n) filter (where c.figure = ${one}), 0)::int`))}
  from cells c group by c.path, c.split, c.key, c.day, c.next_day order by 1, 2, 3, 4, 5`
