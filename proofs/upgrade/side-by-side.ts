/** The old program serves, the schema is brought to today's under it, the new one comes beside it: nobody notices. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { newId } from '../../lib/ids.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { insertAccounts } from '../../modules/accounts/server/index.ts'
import { areaShapes } from '../../modules/testing/street-shape.ts'
import { restore, type VerifiedBackup } from '../../platform/backup-restore.ts'
import { inTransaction } from '../../platform/db.ts'
import { openKeys } from '../../platform/keys.ts'
import { type Answer, type Ask, callHttp } from '../access/http-caller.ts'
import { withPool } from '../access/set-the-scene.ts'
import { openFaultProxy, overWire, socketOf } from '../faults/proxy.ts'
import type { ProofRun, Violation } from '../proof.ts'
import { openProofSession } from '../support/proof-street.ts'
import { bundleServer, projectRoot } from '../support/server-bundle.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { makeTemporaryData, type TemporaryData } from '../support/temporary-data.ts'
import type { KeptVersion } from './kept-version.ts'
import { timeMigrations } from './time-migrations.ts'

export interface SideBySide {
  readonly checked: number
  readonly violations: Violation[]
  readonly reports: number
}

/** How long both serve. */
const togetherMs = 40_000
const residents = 30

/** @returns undefined where the history does not reach back to that version */
export async function serveSideBySide(
  run: ProofRun,
  kept: KeptVersion,
  backup: VerifiedBackup,
  random: SeededRandom,
): Promise<SideBySide | undefined> {
  const tree = unpack(kept.commit)
  if (tree === undefined) return undefined
  const old = await bundleServer('apps/server.ts', tree)
  const today = await bundleServer()
  const data = await makeTemporaryData({
    fsync: true,
    unmigrated: true,
    ...(backup.keysText ? { keysText: backup.keysText } : {}),
  })
  // The embedded database lets one server in; over a port it is like any other.
  const wire = await openFaultProxy(socketOf(data.appUrl()), random.fork('wire'))
  const start = (program: string) =>
    startServerProcess({
      program,
      dataFolder: data.folder,
      env: {
        DATABASE_URL: overWire(data.appUrl(), wire.port),
        DATABASE_OWNER_URL: overWire(data.ownerUrl(), wire.port),
        DATABASE_WORKER_URL: overWire(data.workerUrl(), wire.port),
        ...(backup.keysText ? { LINLI_KEYS: backup.keysText } : {}),
      },
    })
  const servers: ServerProcess[] = []
  let storm: Storm | undefined
  const before = async () => {
    storm = startStorm(await openResidents(data), random, servers)
    servers.push(await start(old.program))
  }
  const times = timeMigrations({ number: kept.migrations.length + 1, work: before })
  try {
    await restore(backup, {
      adminUrl: data.superuserUrl(),
      ownerUrl: data.ownerUrl(),
      filesFolder: data.filesFolder,
    })
    run.say('  the old program goes on over the schema of today')
    servers.push(await start(today.program))
    await delay(togetherMs)
    return await judge(data, await (storm ?? nobody()).end())
  } finally {
    times.stop()
    for (const server of servers) await server.end('SIGTERM')
    await wire.close()
    await data.remove()
    old.remove()
    today.remove()
    rmSync(tree, { recursive: true, force: true })
  }
}

const nobody = (): never => {
  throw new Error('the schema was of today before the old program ran')
}

/** That commit in a folder of its own, below our libraries. */
function unpack(commit: string): string | undefined {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: projectRoot, stdio: 'pipe' })
  try {
    git('cat-file', '-e', `${commit}^{tree}`)
  } catch {
    return undefined
  }
  const cache = join(projectRoot, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const tree = mkdtempSync(join(cache, 'linli-version-'))
  const archive = join(tree, 'tree.tar')
  git('archive', '--format=tar', '-o', archive, commit)
  execFileSync('tar', ['-xf', archive, '-C', tree])
  return tree
}

interface Sent {
  readonly ask: Ask
  readonly id: string
  /** By each program that was asked, in turn. */
  readonly answers: Answer[]
}

interface Storm {
  end(): Promise<{ sent: readonly Sent[]; failedReads: readonly string[] }>
}

/** Reports go to one program after the other; one in three is asked of both under its key. */
function startStorm(
  tokens: readonly string[],
  random: SeededRandom,
  servers: readonly ServerProcess[],
): Storm {
  const sent: Sent[] = []
  const failedReads: string[] = []
  let over = false
  const [west, south, east, north] = areaShapes('990101001', '滨河街道', 106.5, 29.55).find(
    ({ code }) => code === 'c1g1m1',
  )?.box ?? [0, 0, 0, 0]
  const place = { lng: (west + east) / 2, lat: (south + north) / 2, datum: 'wgs84' }
  const going = (async () => {
    for (let turn = 0; !over; turn += 1) {
      await delay(60)
      const base = servers[turn % Math.max(1, servers.length)]?.baseUrl
      if (base === undefined) continue
      const token = random.pick(tokens)
      const id = newId(Date.now())
      const body = { id, text: `第${turn}号：楼道的灯坏了`, channel: 'resident-app', place }
      const ask: Ask = { token, key: randomUUID(), method: 'POST', path: '/api/cases', body }
      const asked = random.chance(0.33) ? [base, ...servers.map(({ baseUrl }) => baseUrl)] : [base]
      const answers: Answer[] = []
      for (const one of asked) answers.push(await callHttp(one, ask))
      sent.push({ ask, id, answers })
      const read = await callHttp(base, { token, method: 'GET', path: '/api/cases?limit=20' })
      if (read.status !== 200) failedReads.push(`${read.status} ${read.code}`)
    }
  })()
  return {
    end: async () => {
      over = true
      await going
      return { sent, failedReads }
    },
  }
}

async function judge(
  data: TemporaryData,
  { sent, failedReads }: { sent: readonly Sent[]; failedReads: readonly string[] },
): Promise<SideBySide> {
  const violations: Violation[] = failedReads.map((where) => ({
    what: 'a read fails beside an upgrade',
    where,
  }))
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const { rows } = await outside.query<{ id: string; entries: number }>(
    `select c.id, (select count(*)::int from case_entries e where e.case_id = c.id and e.act = 'file') as entries
     from cases c where c.id = any($1::uuid[])`,
    [sent.map(({ id }) => id)],
  )
  await outside.end()
  const there = new Map(rows.map(({ id, entries }) => [id, entries]))
  for (const { id, answers } of sent) {
    const told = new Set(
      answers.map(({ status, body }) => `${status} ${(body as { id?: string })?.id ?? ''}`),
    )
    if (answers.some(({ status }) => status !== 201))
      violations.push({ what: 'a report fails beside an upgrade', where: [...told].join(', ') })
    else if (told.size > 1)
      violations.push({
        what: 'the two programs tell different things under one key',
        where: [...told].join(', '),
      })
    if (there.get(id) !== 1)
      violations.push({ what: 'a report is not there once', where: `${id}: ${there.get(id) ?? 0}` })
  }
  return { checked: sent.length * 3, violations, reports: sent.length }
}

/** As many as the limit of changes of an account asks for; made over the older schema. */
async function openResidents(data: TemporaryData): Promise<string[]> {
  return withPool(data, async (pool) => {
    const { rows } = await pool.query<{ street_id: number }>(
      "select street_id from streets where code = '990101001'",
    )
    const streetId = rows[0]?.street_id ?? 0
    const at = new Date()
    const people = Array.from({ length: residents }, (_, index) => ({
      id: newId(at.getTime()),
      kind: 'resident' as const,
      phone: String(13930000000 + index),
    }))
    await inTransaction(pool, { actor: undefined }, (tx) =>
      insertAccounts(tx, openKeys(data.keys), streetId, at, people),
    )
    const tokens: string[] = []
    for (const { id } of people) tokens.push(await openProofSession(pool, id, streetId, at))
    return tokens
  })
}
