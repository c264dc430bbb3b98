/** Folds what changed into the facts and their sums, and recounts all of a street each night. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { factsOf, nobody } from './figure-facts.ts'
import { type RolledFigure, rolledFigures } from './figure-table.ts'
import { type Names, namesOf } from './names.ts'

/** Changes taken at once, and how often in one run: nobody reads a fold before its run ends, so in a storm runs are short and follow each other. */
const changesAtOnce = 250
const foldsPerRun = 8
const casesAtOnce = 250
const rowsAtOnce = 20_000

export const columnOf = (figure: RolledFigure): RawBuilder<unknown> => sql.ref(figure.replaceAll('-', '_'))
const columns = sql.join(rolledFigures.map(columnOf))

export const foldTask = 'cases.foldFigures'
export const recountTask = 'cases.recountFigures'

/** Goes up when a figure is added: sums of an older shape lack it, and are not read until the street has been recounted. */
export const figureShape = 2

/** Two folds of one street at once would both add the same difference. The number only differs from those of other locks. */
async function alone(tx: Tx, streetId: number): Promise<boolean> {
  const { got } = await tx.one(
    sql<{ got: boolean }>`select pg_try_advisory_xact_lock(480048, ${streetId}::int) as got`,
  )
  return got
}

/** Every minute, and on at once while changes are left. A street whose sums are of an older shape, or that has none, is counted first. */
export async function foldEveryMinute({ tx, actor, at, job }: JobCall): Promise<void> {
  if (!(await alone(tx, actor.streetId))) return
  if (!(await isCounted(tx, actor.streetId))) {
    job({ task: recountTask, payload: { first: true }, runAt: at })
    return
  }
  const names = await namesOf(tx, actor.streetId)
  for (let fold = 0; fold < foldsPerRun; fold++)
    if ((await foldFigures(tx, actor.streetId, names)) < changesAtOnce) return
  job({ task: foldTask, payload: {}, runAt: at })
}

async function isCounted(tx: Tx, streetId: number): Promise<boolean> {
  const { counted } = await tx.one(
    sql<{ counted: boolean }>`select exists (
      select from case_figure_checks where street_id = ${streetId} and shape >= ${figureShape}) as counted`,
  )
  return counted
}

/** Folds at most 250 changes; gives how many there were. Nothing while another fold of the street goes on. */
export async function foldFigures(tx: Tx, streetId: number, names: Names): Promise<number> {
  if (!(await alone(tx, streetId))) return 0
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
const keptFacts = (
  streetId: number,
): RawBuilder<unknown> => sql`old as materialized (select f.* from case_facts f
  where f.street_id = ${streetId} and f.case_id = any((select array_agg(case_id) from dirty)::uuid[]))`

/** Set differences, and no joins: the planner expects one row of what was there before, and would compare each with each. */
function writeFacts(streetId: number): RawBuilder<unknown> {
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

function writeTimes(streetId: number): RawBuilder<unknown> {
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
function cellsOf({ areas }: Names, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const depth = areas.root.path.split('.').length
  return sql`cells as (select s.path, s.split, s.key, c.day, c.next_day, c.figure, sum(c.n)::int as n from (
      select r.*, subpath(r.area::ltree, 0, ${depth}::int)::text as street,
        case when nlevel(r.area::ltree) > ${depth}::int then subpath(r.area::ltree, 0, ${depth + 1}::int)::text end as below from ${rows} r) c
    cross join lateral (values (c.street, 'all', ${nobody}::uuid), (c.street, 'organisation', c.organisation_id),
      (c.street, 'matter', c.matter_id), (c.below, 'all', ${nobody}::uuid)) s(path, split, key)
    where s.path is not null group by 1, 2, 3, 4, 5, 6 having sum(c.n) <> 0)`
}

const cellSums = (): RawBuilder<unknown> => sql`c.path, c.split, c.key, c.day, c.next_day, c.path::ltree,
  ${sql.join(rolledFigures.map((one) => sql`coalesce(sum(c.n) filter (where c.figure = ${one}), 0)::int`))}
  from cells c group by c.path, c.split, c.key, c.day, c.next_day order by 1, 2, 3, 4, 5`

export interface Recount {
  readonly cases: number
  /** Cases whose facts were not what their rows say. */
  readonly factsWrong: number
  /** Sums that were not those of the facts. */
  readonly sumsWrong: number
}

/** Each night, and first of all on a new system: a difference is put right and stands in the audit trail, for there should be none. */
export async function recountEveryNight(call: JobCall): Promise<void> {
  const { tx, actor, at, payload } = call
  if (payload.first === true && (await isCounted(tx, actor.streetId))) return
  const found = await recountStreet(tx, actor.streetId, at, call.newId())
  if (!found) {
    // The fold of this minute was quicker; without another try the figures would wait for a day.
    call.job({ task: recountTask, payload, runAt: new Date(at.getTime() + 20_000) })
    return
  }
  const { cases, factsWrong, sumsWrong } = found
  if (factsWrong + sumsWrong > 0)
    call.audit({
      subjectType: 'street',
      outcome: 'figures-differed',
      detail: { cases, factsWrong, sumsWrong },
    })
}

/** Recounts a street and keeps under `id` what was found. Undefined while a fold goes on. */
export async function recountStreet(
  tx: Tx,
  streetId: number,
  at: Date,
  id: string,
): Promise<Recount | undefined> {
  const names = await namesOf(tx, streetId)
  const first = !(await isCounted(tx, streetId))
  const found = await (first ? countFirst(tx, streetId, names) : recountFigures(tx, streetId, names))
  if (!found) return undefined
  const { cases, factsWrong, sumsWrong } = found
  await tx.run(sql`insert into case_figure_checks (street_id, id, at, cases, facts_wrong, sums_wrong, shape)
    values (${streetId}, ${id}, ${at}, ${cases}, ${factsWrong}, ${sumsWrong}, ${figureShape})`)
  return found
}

/**
 * The first count of a street, or of a new shape: facts are written as they are found and summed at the end, where a recount
 * would find each case wrong, queue it, and fold it into its sums. Nothing was wrong, for nothing was told yet.
 */
async function countFirst(tx: Tx, streetId: number, names: Names): Promise<Recount | undefined> {
  if (!(await alone(tx, streetId))) return undefined
  const cases = await inParts((after) => countPart(tx, streetId, names, after))
  await recountSums(tx, streetId, names)
  return { cases, factsWrong: 0, sumsWrong: 0 }
}

interface Part {
  readonly cases: number
  /** The last id of a full part; null when no more cases follow. */
  readonly last: string | null
}

async function inParts(take: (after: string) => Promise<Part>): Promise<number> {
  let [cases, after] = [0, nobody]
  for (;;) {
    const part = await take(after)
    cases += part.cases
    if (part.last === null) return cases
    after = part.last
  }
}

/** Ids of a part, and what a statement that took it tells of it. */
const partOf = (streetId: number, after: string): RawBuilder<unknown> => sql`select id from (
    select id from cases where street_id = ${streetId} union select case_id from case_facts where street_id = ${streetId}) known
  where id > ${after}::uuid order by id limit ${casesAtOnce}`
const told = sql`(select count(*) from part)::int as cases,
  (select case when count(*) = ${casesAtOnce} then (array_agg(id order by id desc))[1] end from part) as last`

async function countPart(tx: Tx, streetId: number, names: Names, after: string): Promise<Part> {
  return tx.one(
    sql<Part>`with part as materialized (${partOf(streetId, after)}),
      dirty as materialized (select id as case_id from part),
      ${factsOf(names, sql`(select array_agg(case_id) from dirty)`)}, ${keptFacts(streetId)},
      ${writeFacts(streetId)}, ${writeTimes(streetId)}
      select ${told}`,
  )
}

/** Recounts every case that is not waiting to be folded, and every sum; puts right what differs. Undefined while a fold goes on. */
export async function recountFigures(tx: Tx, streetId: number, names: Names): Promise<Recount | undefined> {
  if (!(await alone(tx, streetId))) return undefined
  let factsWrong = 0
  const cases = await inParts(async (after) => {
    const part = await recountPart(tx, streetId, names, after)
    factsWrong += part.wrong
    return part
  })
  while ((await foldFigures(tx, streetId, names)) > 0);
  return { cases, factsWrong, sumsWrong: await recountSums(tx, streetId, names) }
}

/** The next cases by id: those whose facts or times differ are put into the queue of changes. */
async function recountPart(tx: Tx, streetId: number, names: Names, after: string) {
  const fact = sql`case_id, day, next_day, organisation_id, area_id, area::text, matter_id, figures`
  const time = sql`case_id, length, day, organisation_id, area_id, area::text, matter_id, minutes, unit, lawful_minutes`
  return await tx.one(
    sql<Part & { wrong: number }>`with part as materialized (${partOf(streetId, after)}),
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

/** Every sum against the facts that it is of, some days at a time; gives how many were wrong, and replaces them. */
async function recountSums(tx: Tx, streetId: number, names: Names): Promise<number> {
  const days = await tx.many(
    sql<{ day: Day; rows: number }>`select day, sum(n)::int as rows from (
      select day, count(*) as n from case_facts where street_id = ${streetId} group by 1
      union all select day, count(*) from case_rollups where street_id = ${streetId} group by 1) d group by 1 order by 1`,
  )
  let wrong = 0
  for (const { from, to } of spans(days)) wrong += await recountDays(tx, streetId, names, from, to)
  return wrong
}

/** Days that follow each other and together hold so many rows that one statement is worth its plan and ends soon. */
function spans(days: readonly { day: Day; rows: number }[]): { from: Day; to: Day }[] {
  const found: { from: Day; to: Day }[] = []
  let room = 0
  for (const { day, rows } of days) {
    const last = found.at(-1)
    if (last && rows <= room) last.to = day
    else found.push({ from: day, to: day })
    room = (found.at(-1) === last ? room : rowsAtOnce) - rows
  }
  return found
}

async function recountDays(tx: Tx, streetId: number, names: Names, from: Day, to: Day): Promise<number> {
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
