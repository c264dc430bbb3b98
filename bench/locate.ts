/** P10, a place and its micro-grid: in the process, against the GiST box trick in PostgreSQL, and against an exact test. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Client } from 'pg'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { buildLocator, type Locator, type LocatorLeaf } from '../modules/areas/rules/locate.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { exactLeaves } from './exact-locate.ts'
import { type Leaves, makeLeaves, makeSpots, type Spot, unit } from './locate-polygons.ts'

const sizes = [6_316, 62_000]
const agreementSpots = 1_000_000
/** Of the database, which is slower. */
const timedSpots = 20_000
const atLeast = 5

export const locate: Bench = {
  name: 'locate',
  row: 'P10',
  what: 'a place finds its micro-grid among 6,316 and 62,000: in the process, by GiST boxes in PostgreSQL, and a million places against an exact test',
  run: measureLocate,
}

async function measureLocate(run: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const client = new Client({ connectionString: data.superuserUrl() })
  await client.connect()
  try {
    const measured = []
    for (const size of sizes) measured.push(await measureSize(size, run, client))
    printTable(
      run.say,
      ['leaves', 'ours /s', 'one statement /s', 'call by call /s', 'ratio', 'agree', 'of', 'MB', 'built ms'],
      measured.map((one) => [
        one.leaves,
        one.oursPerSecond,
        one.statementPerSecond,
        one.callsPerSecond,
        one.toStatement,
        one.agree,
        one.asked,
        one.heapMb,
        one.buildMs,
      ]),
    )
    return {
      target: { against: 'GiST boxes, all places in one statement', atLeast, agreement: 1 },
      met: measured.every((one) => one.toStatement >= atLeast && one.agree === one.asked),
      measured,
    }
  } finally {
    await client.end()
    await data.remove()
  }
}

async function measureSize(size: number, run: BenchRun, client: Client) {
  run.say(`  ${size} leaves …`)
  const random = createSeededRandom(`locate-${size}`)
  const made = makeLeaves(size, random)
  const text = JSON.stringify(made.leaves)
  const before = heapMb()
  // As they come from the database: the shapes stay in memory too, so they count.
  const leaves = JSON.parse(text) as LocatorLeaf[]
  const start = performance.now()
  const locator = buildLocator(leaves)
  const buildMs = rounded(performance.now() - start, 0)
  const heap = rounded(heapMb() - before, 1)
  const spots = makeSpots(made, agreementSpots, random)
  const agree = countAgreeing(made, locator, spots)
  await fillDatabase(client, made)
  const timed = spots.slice(0, timedSpots)
  await client.query('create table spots (at point not null)')
  for (let from = 0; from < timed.length; from += 5_000)
    await client.query(
      'insert into spots select point(x, y) from jsonb_to_recordset($1::jsonb) as r(x float8, y float8)',
      [JSON.stringify(timed.slice(from, from + 5_000).map(([x, y]) => ({ x: x * unit, y: y * unit })))],
    )
  await client.query('analyze spots')
  const rates = { ours: [] as Rate[], statement: [] as Rate[], calls: [] as Rate[] }
  for (let round = 0; round <= run.rounds; round++) {
    const ours = await rateOfOurs(locator, spots.slice(0, 200_000))
    const statement = await rateOfStatement(client)
    const calls = await rateOfCalls(client, timed.slice(0, 2_000))
    // The first turn warms everything up.
    if (round === 0) continue
    rates.ours.push(ours)
    rates.statement.push(statement)
    rates.calls.push(calls)
  }
  await client.query('drop table leaves, spots')
  const ratio = (against: readonly Rate[], of: (rate: Rate) => number) =>
    rounded(median(rates.ours.map((one, round) => of(one) / of(against[round] ?? never))), 1)
  const perSecond = (all: readonly Rate[]) => rounded(median(all.map((one) => one.perSecond)), 0)
  return {
    leaves: made.leaves.length,
    oursPerSecond: perSecond(rates.ours),
    statementPerSecond: perSecond(rates.statement),
    callsPerSecond: perSecond(rates.calls),
    // Of the computing time that each took: on a shared machine the clock tells who was let run.
    toStatement: ratio(rates.statement, (rate) => rate.perCpuSecond),
    toStatementByClock: ratio(rates.statement, (rate) => rate.perSecond),
    toCallsByClock: ratio(rates.calls, (rate) => rate.perSecond),
    agree,
    asked: spots.length,
    heapMb: heap,
    buildMs,
  }
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const heapMb = (): number => {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1024 / 1024
}

function countAgreeing(made: Leaves, { locate: find }: Locator, spots: readonly Spot[]): number {
  const exact = exactLeaves(made, 1_400_000)
  let agree = 0
  for (const spot of spots) {
    const leaf = find(spot[0] * unit, spot[1] * unit)
    if ((made.leaves[exact.find(spot)]?.areaId ?? '') === (leaf?.areaId ?? '')) agree += 1
  }
  return agree
}

async function fillDatabase(client: Client, { leaves }: Leaves): Promise<void> {
  await client.query(
    'create table leaves (id text not null, outer_ring polygon not null, holes polygon[] not null)',
  )
  const ringText = (ring: readonly (readonly number[])[]) =>
    `(${ring.map(([x, y]) => `(${x},${y})`).join(',')})`
  const rows = leaves.map(({ areaId, geometry }) => {
    const [outer = [], ...holes] = geometry.coordinates as readonly (readonly (readonly number[])[])[]
    return { id: areaId, outer: ringText(outer), holes: holes.map(ringText) }
  })
  for (let from = 0; from < rows.length; from += 2_000)
    await client.query(
      `insert into leaves select id, "outer"::polygon, array(select jsonb_array_elements_text(holes)::polygon)
       from jsonb_to_recordset($1::jsonb) as r(id text, "outer" text, holes jsonb)`,
      [JSON.stringify(rows.slice(from, from + 2_000))],
    )
  await client.query('create index on leaves using gist (box(outer_ring))')
  await client.query('analyze leaves')
}

const condition = 'box(outer_ring) @> box(s.at, s.at) and outer_ring @> s.at and not s.at <@ any (holes)'

interface Rate {
  readonly perSecond: number
  readonly perCpuSecond: number
}
const never: Rate = { perSecond: Number.NaN, perCpuSecond: Number.NaN }

/** Places found in a second of the clock and in one of the processor; `cpu` tells the seconds spent so far. */
async function rateOf(places: number, cpu: () => number, work: () => Promise<void> | void): Promise<Rate> {
  const [start, before] = [performance.now(), cpu()]
  await work()
  const [seconds, cpuSeconds] = [(performance.now() - start) / 1000, cpu() - before]
  return { perSecond: places / seconds, perCpuSecond: places / cpuSeconds }
}

const ownCpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Of one backend; a worker beside it would be left out, in its favour. */
function backendCpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const ticksPerSecond = 100
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

function rateOfOurs({ locate: find }: Locator, spots: readonly Spot[]): Promise<Rate> {
  return rateOf(spots.length, ownCpuSeconds, () => {
    let found = 0
    for (const [x, y] of spots) if (find(x * unit, y * unit)) found += 1
    if (found === 0) throw new Error('no place was found at all')
  })
}

async function rateOfStatement(client: Client): Promise<Rate> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  return rateOf(
    timedSpots,
    () => backendCpuSeconds(pid),
    async () => {
      await client.query(
        `select count(found.id) from spots s left join lateral
          (select id from leaves where ${condition} order by id limit 1) found on true`,
      )
    },
  )
}

function rateOfCalls(client: Client, spots: readonly Spot[]): Promise<Rate> {
  return rateOf(spots.length, ownCpuSeconds, async () => {
    for (const [x, y] of spots)
      await client.query({
        name: 'find-leaf',
        text: `select id from leaves, (select point($1::float8, $2::float8) as at) s where ${condition} order by id limit 1`,
        values: [x * unit, y * unit],
      })
  })
}
