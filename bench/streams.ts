/** P8: the live screen. Every act must reach every stream that may hear of it, about as soon as from a bare server. */
import { openPool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from '../proofs/support/proof-street.ts'
import { bundleServer } from '../proofs/support/server-bundle.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData, type TemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { benchPlan, communityMatter, insertPending } from './fill-street.ts'
import { drive, type Program, startProgram } from './programs.ts'
import type { StreamJob, StreamsMeasured } from './stream-clients.ts'

/** Rule: quality.md P8. */
const crowds = [
  { streams: 500, perSecond: 10 },
  { streams: 2_000, perSecond: 5 },
] as const
/** Streams of one account; the server lets a person have no more. */
const perAccount = 8

export const streams: Bench = {
  name: 'streams',
  row: 'P8',
  what: '500 streams that hear of ten acts a second and 2,000 that hear of five, against a bare server of events: all delivered, and how soon',
  run: measure,
}

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const bundles = [
    await bundleServer('bench/linli-server.ts'),
    await bundleServer('bench/bare-streams.ts'),
    await bundleServer('bench/stream-clients.ts'),
  ]
  const started: Program[] = []
  try {
    const [ours, bare, clients] = bundles.map(({ program }) => program) as [string, string, string]
    const ground = await prepare(data, run)
    started.push(
      await startProgram(ours, [], {
        BENCH_DATABASE: data.appUrl(),
        BENCH_KEYS: JSON.stringify(data.keys),
        BENCH_FILES: data.filesFolder,
      }),
      await startProgram(bare, [], {}),
    )
    const [linli, plain] = started.map(({ baseUrl }) => baseUrl) as [string, string]
    const lines: Record<string, unknown>[] = []
    for (const { streams, perSecond } of crowds) {
      const took: Record<'ours' | 'bare', StreamsMeasured[]> = { ours: [], bare: [] }
      for (let round = 0; round < run.rounds; round++) {
        const ids = ground.take(Math.ceil(run.seconds * perSecond))
        const job = { streams, perSecond, tokens: ground.tokens }
        took.bare.push(await drive<StreamJob, StreamsMeasured>(clients, { ...job, ...barely(plain, ids) }))
        took.ours.push(
          await drive<StreamJob, StreamsMeasured>(clients, { ...job, ...accepting(linli, ids, ground) }),
        )
      }
      lines.push(toldOf(streams, took))
    }
    printTable(
      run.say,
      Object.keys(lines[0] ?? {}),
      lines.map((line) => Object.values(line).map(String)),
    )
    const ratio = Math.max(...lines.map((line) => Number(line.ratio)))
    const whole = lines.every(({ missing, twice, refused }) => missing === 0 && twice === 0 && refused === 0)
    return {
      size: Math.max(...crowds.map((one) => one.streams)),
      ratio,
      lines,
      target: { against: 'twice the bare server and 100 ms', atMost: 1 },
      met: whole && ratio <= 1,
    }
  } finally {
    for (const program of started) await program.end()
    await data.remove()
    for (const bundle of bundles) bundle.remove()
  }
}

function toldOf(streams: number, took: Record<'ours' | 'bare', StreamsMeasured[]>) {
  const of = (who: 'ours' | 'bare', key: keyof StreamsMeasured) => median(took[who].map((one) => one[key]))
  const sum = (key: 'expected' | 'delivered' | 'twice' | 'refused') =>
    took.ours.reduce((all, one) => all + one[key], 0)
  return {
    streams,
    expected: sum('expected'),
    missing: sum('expected') - sum('delivered'),
    twice: sum('twice'),
    refused: sum('refused'),
    p50Ms: rounded(of('ours', 'p50Ms'), 1),
    p99Ms: rounded(of('ours', 'p99Ms'), 1),
    bareP99Ms: rounded(of('bare', 'p99Ms'), 1),
    ratio: rounded(of('ours', 'p99Ms') / (2 * of('bare', 'p99Ms') + 100)),
  }
}

interface Ground {
  /** Of dispatchers, who hear of every case of the street. */
  readonly tokens: readonly string[]
  readonly matterCode: string
  take(count: number): readonly string[]
}

async function prepare(data: TemporaryData, run: BenchRun): Promise<Ground> {
  const pool = openPool(data.appUrl(), 2, 'linli-bench-streams')
  const at = new Date()
  try {
    const accounts = Math.ceil(Math.max(...crowds.map((one) => one.streams)) / perAccount)
    const street: ProofStreet = await fillProofStreet(pool, openKeys(data.keys), at, {
      ...benchPlan,
      residents: 1,
      peopleEach: accounts,
    })
    const wanted = crowds.reduce((sum, { perSecond }) => sum + Math.ceil(run.seconds * perSecond), 0)
    const ids = await insertPending(pool, street, at, wanted * run.rounds)
    const tokens: string[] = []
    for (let turn = 1; turn <= accounts; turn++) {
      const { accountId } = street.staffOf(turn === 1 ? 'dispatcher' : `dispatcher@${turn}`)
      tokens.push(await openProofSession(pool, accountId, street.streetId, at))
    }
    return { tokens, matterCode: await communityMatter(pool, street), take: (count) => ids.splice(0, count) }
  } finally {
    await pool.end()
  }
}

const accepting = (baseUrl: string, ids: readonly string[], { matterCode, tokens }: Ground) => ({
  baseUrl,
  streamPath: '/api/stream',
  acts: ids.map((id, index) => ({
    id,
    path: `/api/cases/${id}/accept`,
    body: JSON.stringify({ kind: 'help', matterCode }),
    token: tokens[index % tokens.length] ?? '',
  })),
})

const barely = (baseUrl: string, ids: readonly string[]) => ({
  baseUrl,
  streamPath: '/',
  acts: ids.map((id) => ({
    id,
    path: '/',
    body: JSON.stringify({ type: 'case', subjectId: id }),
    token: '',
  })),
})
