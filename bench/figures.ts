/** P7: the figures of 30 days for the street and each of its communities, from the roll-ups, against GROUP BY on the base table. */

import { sql } from 'kysely'
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { addDays, dayOf } from '../lib/time.ts'
import { rolledFigures } from '../modules/cases/server/figure-table.ts'
import {
  casesOnDay,
  countRolled,
  foldFigures,
  namesOf,
  recountStreet,
} from '../modules/cases/server/index.ts'
import { inTransaction, openPool, type Tx } from '../platform/db.ts'
import { printTable } from '../proofs/support/table.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { figuresByGroup, type GroupedFigures } from './figures-by-group.ts'

export const figures: Bench = {
  name: 'figures',
  row: 'P7',
  what: 'every figure of 30 days for the street and each of 81 communities, from the roll-ups, over --rows cases of a year; against the same figures by one GROUP BY over cases and acts, and against the few that the cases alone tell; all equal',
  run: measure,
}

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const { data, street, at } = await run.grounds.year(run.rows)
  // The first recount looks at every case once.
  const pool = openPool(data.appUrl(), 2, 'linli-bench-figures', { statementMs: 0 })
  const worker = openPool(data.workerUrl(), 1, 'linli-bench-fold', { statementMs: 0 })
  try {
    const actor = street.system
    const { streetId } = street
    const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(pool, { actor, readOnly: true }, work)
    const began = performance.now()
    await inTransaction(worker, { actor }, (tx) => recountStreet(tx, streetId, at, newId(at.getTime())))
    const firstRecountSeconds = (performance.now() - began) / 1000
    run.say(`  first recount: ${rounded(firstRecountSeconds)} s`)
    // As the cases were vacuumed after they were filled in; a server does it by itself within a minute.
    await asSuperuser(data.superuserUrl(), (client) => client.query('vacuum analyze'))
    const period = { from: addDays(dayOf(at), -29), to: dayOf(at) }
    const root = street.areaId(street.code)
    const { known, communities } = await within(async (tx) => {
      const asOf = await casesOnDay(tx, actor, dayOf(at))
      const below = [...asOf.areas.areas.values()].filter(({ parentId }) => parentId === root)
      return { known: { names: await namesOf(tx, streetId), asOf }, communities: below }
    })
    const groups = [{ areaId: root }, ...communities.map(({ id }) => ({ areaId: id }))]
    const asked = { ...period, groups, by: 'nothing' as const, at }
    const rolled = (tx: Tx) => countRolled(tx, actor, known, asked)
    const groupBy = (tx: Tx) => tx.many(figuresByGroup({ streetId, ...period, at }, known.names))
    const few = (tx: Tx) => tx.many(fewByGroup(streetId, period))
    const timed = async (work: (tx: Tx) => Promise<unknown>) => {
      const start = performance.now()
      await within(work)
      return performance.now() - start
    }
    const rounds: { rolled: number; groupBy: number; few: number }[] = []
    for (let round = 0; round <= run.rounds; round++) {
      const base = { groupBy: await timed(groupBy), few: await timed(few) }
      const times: number[] = []
      for (let turn = 0; turn < 10; turn++) times.push(await timed(rolled))
      if (round > 0) rounds.push({ ...base, rolled: median(times) })
    }
    const sameAsGroupBy = await within(async (tx) => {
      const lines = (await rolled(tx)).lines.filter(({ group }) => group > 0)
      const ours = lines.map(({ group, counts }) => ({
        path: communities[group - 1]?.path ?? '',
        counts: rolledFigures.map((figure) => counts.get(figure) ?? 0),
      }))
      return toldGroups(ours) === toldGroups(await groupBy(tx))
    })
    await changeSome(data.superuserUrl(), street.streetId)
    const unfolded = await timed(rolled)
    const equal = await within(async (tx) => {
      const [now, recounted] = [await rolled(tx), await countRolled(tx, actor, known, asked, true)]
      return told(now.lines) === told(recounted.lines)
    })
    const foldBegan = performance.now()
    await inTransaction(worker, { actor }, async (tx) => foldFigures(tx, streetId, known.names))
    const foldMs = performance.now() - foldBegan
    const by = (pick: (one: (typeof rounds)[number]) => number) => median(rounds.map(pick))
    const [ours, base, least] = [by((one) => one.rolled), by((one) => one.groupBy), by((one) => one.few)]
    const report = {
      rolledMs: rounded(ours),
      groupByMs: rounded(base),
      fewFiguresGroupByMs: rounded(least),
      ratio: rounded(base / ours),
      ratioToFewFigures: rounded(least / ours),
      withThousandUnfoldedMs: rounded(unfolded),
      foldOf250Ms: rounded(foldMs),
      firstRecountSeconds: rounded(firstRecountSeconds),
      equalToGroupBy: sameAsGroupBy,
      equalToRecount: equal,
    }
    printTable(
      run.say,
      ['figures', ''],
      Object.entries(report).map(([name, value]) => [name, String(value)]),
    )
    return {
      ...report,
      target: { against: 'GROUP BY on the base table', atLeast: 50 },
      met: base / ours >= 50 && equal && sameAsGroupBy,
    }
  } finally {
    await pool.end()
    await worker.end()
  }
}

/** Fourteen figures that can be told from the cases alone in one look, by community; the street is their sum. */
function fewByGroup(streetId: number, { from, to }: { from: string; to: string }) {
  const day = (column: string) =>
    sql.raw(`((${column} at time zone 'UTC') + interval '8 hours')::date between '${from}' and '${to}'`)
  const count = (condition: ReturnType<typeof sql>) => sql`count(*) filter (where ${condition})`
  return sql`select subpath(area, 0, 2) as community, ${sql.join([
    count(day('created_at')),
    count(sql`${day('created_at')} and accepted_at is not null`),
    count(day('due_at')),
    count(sql`${day('due_at')} and answered_at <= due_at`),
    count(sql`${day('due_at')} and answered_at > due_at`),
    count(sql`${day('due_at')} and answered_at is null`),
    count(sql`state in ('accepted', 'assigned', 'in-progress', 'result-submitted')`),
    count(sql`state = 'closed' and review_on is not null`),
    count(day('answered_at')),
    count(day('closed_at')),
    count(sql`${day('answered_at')} and outcome = 'solved'`),
    count(sql`rating is not null and ${day("(rating ->> 'at')::timestamptz")}`),
    count(
      sql`rating is not null and ${day("(rating ->> 'at')::timestamptz")} and (rating ->> 'solved')::boolean`,
    ),
    count(
      sql`rating is not null and ${day("(rating ->> 'at')::timestamptz")} and rating ->> 'satisfaction' in ('satisfied', 'mostly')`,
    ),
  ])} from cases where street_id = ${streetId} and state not in ('declined', 'merged') and channel <> 'import' group by 1`
}

async function asSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const changeSome = (url: string, streetId: number): Promise<void> =>
  asSuperuser(url, (client) =>
    client.query(
      `update cases set version = version + 1, answered_at = now(), outcome = 'solved', state = 'answered'
       where id in (select id from cases where street_id = $1 and state <> 'closed' order by created_at desc limit 1000)`,
      [streetId],
    ),
  )

/** A community without anything to count has no line of ours. */
const toldGroups = (rows: readonly GroupedFigures[]) =>
  rows
    .filter(({ counts }) => counts.some((count) => Number(count) !== 0))
    .map(({ path, counts }) => `${path} ${counts.map(Number).join(' ')}`)
    .sort()
    .join('\n')

const told = (lines: readonly { group: number; key: string; counts: ReadonlyMap<string, number> }[]) =>
  lines
    .map(({ group, key, counts }) => `${group} ${key} ${[...counts].sort().join(' ')}`)
    .sort()
    .join('\n')
