/** The real server over a wire that fails in every way: it refuses in time, shows nothing, keeps what it told, comes back. */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import type { ProofRun, Size, Violation } from '../proof.ts'
import { bundleServer } from '../support/server-bundle.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import type { TemporaryData } from '../support/temporary-data.ts'
import { type Caller, openCaller, type PeopleWhoCall, type Told } from './callers.ts'
import { type FaultProxy, type Mood, moods, openFaultProxy, overWire, slowMs, socketOf } from './proxy.ts'
import { isClearRefusal } from './refusals.ts'

interface Extent {
  /** How long each mood lasts, and how often all of them come. */
  readonly moodMs: number
  readonly rounds: number
  readonly callers: number
  /** Asked all at once of a database that is locked. */
  readonly crowd: number
  /** In place of the server's own limits, which are a quarter of a minute. */
  readonly limits: string
  readonly statementMs: number
}

/** Rule: quality.md R11; full is its CI column: away for 60 s, every mood 50 times in all. */
const extents: Readonly<Record<Size, Extent>> = {
  small: {
    moodMs: 1_200,
    rounds: 1,
    callers: 8,
    crowd: 700,
    limits: '&statement_timeout=1500&query_timeout=1800',
    statementMs: 1_800,
  },
  full: { moodMs: 9_000, rounds: 7, callers: 32, crowd: 3_000, limits: '', statementMs: 18_000 },
}

const connectMs = 5_000
const comesBackMs = 5_000
/** What the answer itself takes on a machine that does other things too. */
const ownMs = 1_500
/** A filing asks about ten times, each time there and back. */
const slowestActPieces = 20
const mostGrownMib = 200

/**
 * The longest an answer may take. Rule: quality.md R11: one second where the wire says at once that it is broken. In a
 * crowd a call waits for a connection twice: for who it is, and for what it does.
 */
function limitOf(mood: Mood | 'locked', { statementMs }: Extent): number {
  if (mood === 'away' || mood === 'refused') return 1_000 + ownMs
  // An answer byte by byte ends as silence does: when the server's own patience is over.
  if (mood === 'silent' || mood === 'drops') return connectMs + statementMs + ownMs
  if (mood === 'locked') return 2 * (connectMs + statementMs) + ownMs
  if (mood === 'slow') return connectMs + slowestActPieces * slowMs + ownMs
  return connectMs + ownMs
}

/** No byte of the database comes through; where connections are only refused, those that are open go on. */
const isDark = (mood: Mood | 'locked') => mood === 'away' || mood === 'silent'

export interface Suffered {
  checked: number
  readonly violations: Violation[]
  /** For the table: what was answered in each mood. */
  readonly rows: (readonly (string | number)[])[]
  readonly figures: Record<string, number>
}

interface Suffering {
  readonly run: ProofRun
  readonly extent: Extent
  readonly proxy: FaultProxy
  readonly server: ServerProcess
  readonly caller: Caller
  readonly found: Suffered
  readonly baseMib: number
}

export async function sufferBadWires(
  run: ProofRun,
  data: TemporaryData,
  people: PeopleWhoCall,
  random: SeededRandom,
): Promise<Suffered> {
  const extent = extents[run.size]
  const bundle = await bundleServer()
  const proxy = await openFaultProxy(socketOf(data.appUrl()), random.fork('wire'))
  const over = (url: string) => overWire(url, proxy.port, extent.limits)
  const found: Suffered = { checked: 0, violations: [], rows: [], figures: {} }
  try {
    const server = await startServerProcess({
      program: bundle.program,
      dataFolder: data.folder,
      env: {
        DATABASE_URL: over(data.appUrl()),
        DATABASE_OWNER_URL: over(data.ownerUrl()),
        DATABASE_WORKER_URL: over(data.workerUrl()),
      },
    })
    const caller = openCaller(server.baseUrl, people, random.fork('calls'))
    const suffering: Suffering = {
      run,
      extent,
      proxy,
      server,
      caller,
      found,
      baseMib: residentMib(server.pid),
    }
    await endureAll(suffering, data)
    await keepWhatWasTold(suffering, data)
    await stopCleanly(suffering)
  } finally {
    await proxy.close()
    bundle.remove()
  }
  return found
}

async function endureAll(suffering: Suffering, data: TemporaryData): Promise<void> {
  const { extent, proxy } = suffering
  for (let round = 0; round < extent.rounds; round += 1)
    for (const mood of moods) {
      if (mood === 'whole') continue
      await proxy.become(mood)
      await endure(suffering, mood)
      await proxy.become('whole')
      await comeBack(suffering, mood)
    }
  await endureLocked(suffering, data)
}

async function endure(suffering: Suffering, mood: Mood): Promise<void> {
  const { extent, caller } = suffering
  const end = Date.now() + extent.moodMs
  const looked = lookAtReady(suffering, mood)
  const told: Told[] = []
  await Promise.all(
    Array.from({ length: extent.callers }, async () => {
      while (Date.now() < end) {
        told.push(await caller.callOne())
        // Who is refused waits a moment, as a person would.
        await delay(30)
      }
    }),
  )
  await looked
  judgeAll(suffering, mood, told)
}

/** While the database is away nothing that needs it may be shown, whoever asks. */
function judgeAll({ extent, found }: Suffering, mood: Mood | 'locked', told: readonly Told[]): void {
  const limit = limitOf(mood, extent)
  let done = 0
  let refused = 0
  for (const { path, answer, ms } of told) {
    found.checked += 1
    const where = `${mood}: ${path} ${answer.status} ${answer.code} after ${Math.round(ms)} ms`
    if (ms > limit) found.violations.push({ what: 'an answer comes too late', where })
    const isDone = answer.status >= 200 && answer.status < 400
    if (isDone) done += 1
    else if (isClearRefusal(answer)) refused += 1
    else found.violations.push({ what: 'neither done nor a 503 with Retry-After and a code', where })
    if (isDone && isDark(mood)) found.violations.push({ what: 'answered without a database', where })
  }
  const slowest = Math.round(Math.max(0, ...told.map(({ ms }) => ms)))
  found.rows.push([mood, told.length, done, refused, slowest])
}

/** The process lives; that it can not serve it says itself, to whoever shares out the load. */
async function lookAtReady({ caller, found, extent }: Suffering, mood: Mood): Promise<void> {
  if (!isDark(mood)) return
  const [ready, health] = await Promise.all([caller.look('/ready'), caller.look('/health')])
  found.checked += 2
  if (ready.status !== 503 || ready.ms > limitOf(mood, extent))
    found.violations.push({
      what: '/ready does not say that the database is away',
      where: `${mood}: ${ready.status} after ${Math.round(ready.ms)} ms`,
    })
  if (health.status !== 200 || health.ms > ownMs)
    found.violations.push({ what: '/health does not answer', where: `${mood}: ${health.status}` })
}

/** Rule: quality.md R11: by itself, within five seconds; and no bigger than before. */
async function comeBack(suffering: Suffering, mood: Mood | 'locked'): Promise<void> {
  const { caller, found, server, baseMib } = suffering
  const began = Date.now()
  for (;;) {
    const ready = await caller.look('/ready')
    const read = await caller.read()
    if (ready.status === 200 && read.answer.status === 200) break
    if (Date.now() - began > comesBackMs) {
      found.violations.push({
        what: 'not back within five seconds',
        where: `${mood}: /ready ${ready.status}, a read ${read.answer.status}`,
      })
      break
    }
    await delay(50)
  }
  found.checked += 2
  const backMs = Date.now() - began
  found.figures.slowestBackMs = Math.max(found.figures.slowestBackMs ?? 0, backMs)
  const grown = residentMib(server.pid) - baseMib
  found.figures.grownMib = Math.max(found.figures.grownMib ?? 0, grown)
  if (grown > mostGrownMib)
    found.violations.push({ what: 'the server keeps growing', where: `${mood}: ${grown} MiB more` })
}

/** Every connection waits for one lock until its time is over, and a crowd waits for a connection. */
async function endureLocked(suffering: Suffering, data: TemporaryData): Promise<void> {
  const { extent, caller, found } = suffering
  const locker = new Client({ connectionString: data.superuserUrl() })
  await locker.connect()
  try {
    await locker.query('begin; lock table cases in access exclusive mode')
    const crowd = Promise.all(Array.from({ length: extent.crowd }, () => caller.read()))
    const health = await caller.look('/health')
    if (health.status !== 200 || health.ms > limitOf('reset', extent))
      found.violations.push({ what: 'a crowd keeps /health from answering', where: String(health.status) })
    judgeAll(suffering, 'locked', await crowd)
    await locker.query('rollback')
    await comeBack(suffering, 'locked')
  } finally {
    await locker.end()
  }
}

/** What got no answer becomes known by the same key; then every report is there, once. */
async function keepWhatWasTold({ caller, found }: Suffering, data: TemporaryData): Promise<void> {
  for (const { path, answer } of await caller.settle())
    found.violations.push({ what: 'a retry is refused', where: `${path}: ${answer.status} ${answer.code}` })
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    const { rows } = await outside.query<{ id: string; entries: number }>(
      `select c.id, (select count(*)::int from case_entries e where e.case_id = c.id and e.act = 'file') as entries
       from cases c where c.id = any($1::uuid[])`,
      [caller.filed()],
    )
    const there = new Map(rows.map(({ id, entries }) => [id, entries]))
    for (const id of caller.filed()) {
      found.checked += 1
      if (there.get(id) !== 1)
        found.violations.push({ what: 'a report is not there once', where: `${id}: ${there.get(id) ?? 0}` })
    }
    found.figures.reports = caller.filed().length
  } finally {
    await outside.end()
  }
}

/** Rule: quality.md R10: asked to stop it goes within ten seconds; and nothing was thrown that nobody caught. */
async function stopCleanly({ server, found }: Suffering): Promise<void> {
  const began = Date.now()
  const code = await server.end('SIGTERM')
  const ms = Date.now() - began
  found.checked += 2
  if (code !== 0 || ms > 10_000)
    found.violations.push({
      what: 'the server did not end cleanly',
      where: `${code} after ${ms} ms: ${server.printed().slice(-1_000)}`,
    })
  const thrown = /unhandled|uncaught|MaxListenersExceeded/i.exec(server.printed())?.[0]
  if (thrown !== undefined)
    found.violations.push({ what: 'something was thrown that nobody caught', where: thrown })
}

function residentMib(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Math.round(Number(kib ?? 0) / 1024)
  } catch {
    // Only Linux tells.
    return 0
  }
}
