/** Server and database are killed at random points during case work; the clients' fsynced journal is the judge. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { createSeededRandom, type SeededRandom } from '../lib/seeded-random.ts'
import { openPool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { pickMatters } from './access/planned-cases.ts'
import { checkDatabase } from './crash/check-database.ts'
import { finishOpen, runClient, steps, type Tokens, type Work } from './crash/client.ts'
import { openJournal } from './crash/journal.ts'
import type { Proof, ProofResult, ProofRun, Size } from './proof.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from './support/proof-street.ts'
import { bundleServer, type ServerBundle } from './support/server-bundle.ts'
import { type ServerProcess, startServerProcess } from './support/server-process.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

interface Extent {
  readonly clients: number
  readonly casesPerClient: number
  readonly serverKills: number
  readonly databaseKills: number
}

/** Rule: quality.md R1; full is its CI column. */
const extents: Readonly<Record<Size, Extent>> = {
  small: { clients: 4, casesPerClient: 7, serverKills: 6, databaseKills: 3 },
  full: { clients: 16, casesPerClient: 79, serverKills: 150, databaseKills: 40 },
}

export const proof: Proof = {
  name: 'crash',
  what: 'after kill -9 of server and database every acknowledged act is there, once, and none half',
  embeddedOnly: 'it kills the database server',
  async run(run) {
    const bundle = await bundleServer()
    const data = await makeTemporaryData({ fsync: true })
    try {
      return await prove(run, data, bundle)
    } finally {
      await data.remove()
      bundle.remove()
    }
  },
}

interface Ground {
  street: ProofStreet
  matterCode: string
  tokens: Tokens[]
}

/** People of their own for each client, so that no limit of changes per account stands in the way. */
async function prepare(data: TemporaryData, clients: number): Promise<Ground> {
  const pool = openPool(data.appUrl(), 2, 'linli-proof-crash')
  const at = new Date()
  try {
    const street = await fillProofStreet(pool, openKeys(data.keys), at, {
      code: '990101001',
      name: '滨河街道',
      west: 106.5,
      prefix: 'zqa-',
      firstPhone: 13900000000,
      residents: clients,
      peopleEach: Math.ceil(clients / 4),
    })
    const session = (accountId: string) => openProofSession(pool, accountId, street.streetId, at)
    const tokens: Tokens[] = []
    for (let client = 0; client < clients; client++) {
      const community = client % 2 === 0 ? 'c1' : 'c2'
      const person = client < 4 ? '' : `@${Math.floor(client / 4) + 1}`
      const second = `${client % 4 < 2 ? '' : '-2'}${person}`
      tokens.push({
        resident: await session(street.residents[client]?.accountId ?? ''),
        clerk: await session(street.staffOf(`clerk-${community}${second}`).accountId),
        handler: await session(street.staffOf(`handler-enforcement${second}`).accountId),
        verifier: await session(street.staffOf(`verifier-${community}${person}`).accountId),
      })
    }
    return { street, matterCode: (await pickMatters(pool, street)).personalCode, tokens }
  } finally {
    await pool.end()
  }
}

async function prove(run: ProofRun, data: TemporaryData, bundle: ServerBundle): Promise<ProofResult> {
  const extent = extents[run.size]
  const random = createSeededRandom(run.seed)
  const { street, matterCode, tokens } = await prepare(data, extent.clients)
  const pgFolder = data.pgFolder
  // From here on the database is the server's alone: it finds it again, or starts it anew.
  await data.leave()
  const journal = openJournal(join(data.folder, '..', 'journal.jsonl'))
  const start = () => startServerProcess({ program: bundle.program, dataFolder: data.folder })
  const current: Current = { server: await start(), back: Promise.resolve(), restarts: [] }
  const chaos = { over: false, killing: false }
  const work: Work = {
    journal,
    street,
    matterCode,
    violations: [],
    baseUrl: () => current.server.baseUrl,
    back: async () => {
      await current.back
      if (!chaos.killing && !current.server.runs())
        throw new Error(`the server ended by itself: ${current.server.printed()}`)
    },
    left: 0,
  }
  const settled = () => journal.told() + work.left
  const kills = killAtRandom({ run, extent, random, current, start, pgFolder, settled, chaos })
  const tokensOf = (client: number) => {
    const found = tokens[client]
    if (!found) throw new Error('no such client')
    return found
  }
  const open = await Promise.all(
    tokens.map((own, client) =>
      runClient(work, client, own, extent.casesPerClient, random.fork(`client ${client}`)),
    ),
  )
  chaos.over = true
  const killed = await kills
  await finishOpen(work, open.flat(), tokensOf)
  await current.server.end('SIGTERM')
  journal.close()
  await data.open()
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const result = await checkDatabase(outside, journal.lines)
  await outside.end()
  const unknown = journal.lines.filter(({ t }) => t === 'unknown').length
  printTable(
    run.say,
    ['', 'count'],
    [
      ['cases', extent.clients * extent.casesPerClient],
      ['acts acknowledged', result.acknowledged],
      ['answers lost and asked for again', unknown],
      ['kill -9 of the server', killed.server],
      ['kill -9 of the database', killed.database],
      ['slowest restart, ms', Math.max(0, ...current.restarts)],
    ],
  )
  return {
    checked: result.checked,
    violations: [...work.violations, ...result.violations],
    figures: {
      acts: result.acknowledged,
      unknown,
      serverKills: killed.server,
      databaseKills: killed.database,
    },
  }
}

interface Current {
  server: ServerProcess
  /** When the server that was killed last answers again. */
  back: Promise<unknown>
  readonly restarts: number[]
}

interface Chaos {
  run: ProofRun
  extent: Extent
  random: SeededRandom
  current: Current
  start(): Promise<ServerProcess>
  pgFolder: string
  /** Acts acknowledged, and those that were left for later. */
  settled(): number
  /** `killing`: a server that is gone was killed. */
  chaos: { over: boolean; killing: boolean }
}

/** Spread over the acknowledged acts, each a random moment after its turn; the last ones wait for nobody. */
async function killAtRandom({ run, extent, random, current, start, pgFolder, settled, chaos }: Chaos) {
  const { serverKills, databaseKills, clients, casesPerClient } = extent
  const total = clients * casesPerClient * steps.length
  const events = random.shuffle([
    ...Array.from({ length: serverKills }, () => 'server' as const),
    ...Array.from({ length: databaseKills }, () => 'database' as const),
  ])
  const killed = { server: 0, database: 0 }
  for (const [index, event] of events.entries()) {
    const turn = ((index + random.next()) / (events.length + 1)) * total
    while (settled() < turn && !chaos.over) await delay(5)
    await delay(random.int(40))
    const both = event === 'database' && random.chance(0.4)
    if (event === 'database') {
      process.kill(postmasterPid(pgFolder), 'SIGKILL')
      killed.database += 1
    }
    if (event === 'server' || both) {
      chaos.killing = true
      const restart = current.server.end('SIGKILL').then(start)
      current.back = restart
      killed.server += 1
      current.server = await restart
      chaos.killing = false
      current.restarts.push(current.server.readyMs)
    }
    if (run.size === 'full' && index % 10 === 9) run.say(`  ${index + 1} kills, ${settled()} acts`)
  }
  return killed
}

function postmasterPid(pgFolder: string): number {
  const pid = Number.parseInt(readFileSync(join(pgFolder, 'postmaster.pid'), 'utf8'), 10)
  if (!(pid > 1)) throw new Error('the database of this proof has no pid')
  return pid
}
