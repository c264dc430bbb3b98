/** create, get, list and transition: our server, a bare prototype, and our own statements without a server, in turns. */
import { randomUUID } from 'node:crypto'
import { newId } from '../lib/ids.ts'
import { openPool } from '../platform/db.ts'
import { bundleServer } from '../proofs/support/server-bundle.ts'
import { printTable } from '../proofs/support/table.ts'
import type { TemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import type { Job, Measured } from './driver.ts'
import type { BenchStreet } from './fill-street.ts'
import type { PendingGround } from './grounds.ts'
import { buildLinli } from './linli-app.ts'
import { drive, type Program, startProgram } from './programs.ts'
import { recordStatements } from './statements.ts'

type Request = Omit<NonNullable<Job['http']>, 'baseUrl' | 'tokens'>

/** What a row of the quality page asks for: at least this share of what somebody else does in the same run. */
interface Target {
  readonly row: string
  readonly against: Exclude<Contender, 'linli'>
  readonly atLeast: number
}

interface Scenario {
  readonly name: string
  readonly target: Target
  readonly what: string
  readonly ours: (street: BenchStreet) => Request
  readonly bare: Request
  /** Who asks. */
  readonly by: (street: BenchStreet) => readonly string[]
  /** Each request uses up a pending case. */
  readonly usesUp?: true
  /** Asks for cases by id. */
  readonly byId?: true
}

const text = '楼道灯坏了。'.repeat(12)
const areaId = '0190a0a0-0000-7000-8000-000000000000'

const plans: readonly Scenario[] = [
  {
    name: 'create',
    target: { row: 'P1', against: 'statements', atLeast: 0.4 },
    what: 'a case is filed with rights, place, entry, outbox, audit and idempotency',
    by: ({ residents }) => residents,
    ours: ({ place }) => ({
      method: 'POST',
      path: '/api/cases',
      body: JSON.stringify({ id: '{new}', text, channel: 'resident-app', place }),
    }),
    bare: { method: 'POST', path: '/cases', body: JSON.stringify({ id: '{new}', text, areaId }) },
  },
  {
    name: 'transition',
    target: { row: 'P5', against: 'statements', atLeast: 0.45 },
    what: 'a case is accepted with version, clocks, entry, outbox, audit and idempotency',
    by: ({ dispatchers }) => dispatchers,
    usesUp: true,
    ours: ({ matterCode }) => ({
      method: 'POST',
      path: '/api/cases/{id}/accept',
      body: JSON.stringify({ kind: 'help', matterCode }),
    }),
    bare: { method: 'POST', path: '/cases/{id}/accept', body: '{}' },
  },
  {
    name: 'get',
    target: { row: 'P2', against: 'bare', atLeast: 0.5 },
    what: 'one case with its entries',
    by: ({ dispatchers }) => dispatchers,
    byId: true,
    ours: () => ({ method: 'GET', path: '/api/cases/{id}' }),
    bare: { method: 'GET', path: '/cases/{id}' },
  },
  {
    name: 'list',
    target: { row: 'P3', against: 'statements', atLeast: 0.05 },
    what: 'the newest 20 pending cases',
    by: ({ dispatchers }) => dispatchers,
    ours: () => ({ method: 'GET', path: '/api/cases?state=pending&limit=20' }),
    bare: { method: 'GET', path: '/cases' },
  },
]

export const scenarios: readonly Bench[] = plans.map((plan) => ({
  name: plan.name,
  row: plan.target.row,
  what: `${plan.what}; against a bare prototype and against our own statements alone`,
  run: (run) => compare(plan, run),
}))

async function compare(plan: Scenario, run: BenchRun): Promise<Record<string, unknown>> {
  const ground = await run.grounds.pending(run.rows)
  const { data, street } = ground
  const bundles = [
    await bundleServer('bench/linli-server.ts'),
    await bundleServer('bench/bare-prototype.ts'),
    await bundleServer('bench/driver.ts'),
  ]
  const started: Program[] = []
  try {
    const [ours, bare, driver] = bundles.map(({ program }) => program) as [string, string, string]
    const recorded = await recordOurs(plan, data, street)
    const profile = run.profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${run.profileFolder}`] : []
    const linli = await startProgram(ours, profile, {
      BENCH_DATABASE: data.appUrl(),
      BENCH_KEYS: JSON.stringify(data.keys),
      BENCH_FILES: data.filesFolder,
    })
    started.push(linli)
    const prototype = await startProgram(bare, [], { BENCH_BARE: data.superuserUrl('bare') })
    started.push(prototype)
    const tokens = plan.by(street)
    const jobs: Record<Contender, Pick<Job, 'http' | 'sql'>> = {
      linli: { http: { ...plan.ours(street), baseUrl: linli.baseUrl, tokens } },
      bare: { http: { ...plan.bare, baseUrl: prototype.baseUrl, tokens: [''] } },
      statements: { sql: { url: data.appUrl(), ...recorded } },
    }
    return await takeTurns(plan, run, jobs, idSupply(plan, run, ground), driver)
  } finally {
    for (const program of started) await program.end()
    for (const bundle of bundles) bundle.remove()
  }
}

type Contender = 'linli' | 'bare' | 'statements'
/** As many connections as our server has: the statements alone get no more of the database than it does. */
const poolSize = 12
const contenders: readonly Contender[] = ['linli', 'bare', 'statements']

/** Half of the pending cases are for the one bench that uses them up; the others, and a batch, find enough in the rest. */
const usedUp = 0.5

/** Which cases a contender works on in a round. Ours and the statements share one street, so they share its cases. */
function idSupply(plan: Scenario, run: BenchRun, ground: PendingGround) {
  const { street, bareIds } = ground
  const bareShare = Math.floor(bareIds.length / (run.rounds + 1))
  const share = Math.floor((street.pending.length * usedUp) / (run.rounds + 1) / 2)
  return (contender: Contender, round: number): readonly string[] => {
    if (!plan.usesUp) return plan.byId ? (contender === 'bare' ? bareIds : street.pending) : []
    return contender === 'bare'
      ? bareIds.slice(round * bareShare, (round + 1) * bareShare)
      : ground.take(share)
  }
}

async function takeTurns(
  plan: Scenario,
  run: BenchRun,
  jobs: Record<Contender, Pick<Job, 'http' | 'sql'>>,
  ids: (contender: Contender, round: number) => readonly string[],
  driver: string,
): Promise<Record<string, unknown>> {
  const measured: Record<Contender, Measured[]> = { linli: [], bare: [], statements: [] }
  // The first turn warms everything up and is not counted.
  for (let round = 0; round <= run.rounds; round++)
    for (const contender of contenders) {
      const job: Job = {
        ...jobs[contender],
        seconds: run.seconds,
        clients: contender === 'statements' ? Math.min(run.clients, poolSize) : run.clients,
        ids: ids(contender, round),
      }
      const result = await drive(driver, job)
      if (round > 0) measured[contender].push(result)
      if (plan.usesUp && result.count >= job.ids.length)
        run.say(`  ${contender} ran out of cases: give more --rows`)
    }
  const perSecond = (contender: Contender) => median(measured[contender].map((one) => one.perSecond))
  printTable(
    run.say,
    [plan.name, 'per second', 'p50 ms', 'p99 ms', 'errors'],
    contenders.map((contender) => [
      contender,
      rounded(perSecond(contender), 0),
      rounded(median(measured[contender].map(({ p50Ms }) => p50Ms)), 1),
      rounded(median(measured[contender].map(({ p99Ms }) => p99Ms)), 1),
      measured[contender].reduce((sum, { errors }) => sum + errors, 0),
    ]),
  )
  const ratios = (against: Contender) =>
    measured.linli.map((one, round) => one.perSecond / (measured[against][round]?.perSecond ?? Number.NaN))
  const reached = { bare: median(ratios('bare')), statements: median(ratios('statements')) }
  const { against, atLeast } = plan.target
  return {
    perSecond: Object.fromEntries(
      contenders.map((contender) => [contender, rounded(perSecond(contender), 0)]),
    ),
    toBare: rounded(reached.bare),
    toStatements: rounded(reached.statements),
    target: { against, atLeast },
    met: reached[against] >= atLeast,
    statements: jobs.statements.sql?.recording.parts.join('').split('"text"').length ?? 1,
    errors: contenders.reduce(
      (sum, one) => sum + measured[one].reduce((all, { errors }) => all + errors, 0),
      0,
    ),
  }
}

/** What our server sends to the database for one such request, once its caches are warm. */
async function recordOurs(plan: Scenario, data: TemporaryData, street: BenchStreet) {
  const pool = openPool(data.appUrl(), 2, 'linli-bench-record')
  const app = await buildLinli(pool, data.keys, data.filesFolder)
  const sent = plan.ours(street)
  let asked = ''
  try {
    const recording = await recordStatements(async () => {
      asked = street.forRecording.pop() ?? ''
      const body = sent.body?.replace('{new}', newId(Date.now()))
      const reply = await app.inject({
        method: sent.method as 'GET' | 'POST',
        url: sent.path.replace('{id}', asked),
        headers: {
          cookie: `linli=${plan.by(street)[0]}`,
          'idempotency-key': randomUUID(),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { payload: body } : {}),
      })
      if (reply.statusCode >= 300) throw new Error(`${plan.name} was refused: ${reply.body}`)
    })
    return { recording, recordedId: sent.path.includes('{id}') ? asked : undefined }
  } finally {
    await app.close()
    await pool.end()
  }
}
