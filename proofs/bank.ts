/** R2 and R3: random transfers with server and database killed beneath them, and vouchers that fifty want at once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { openAccount } from '../modules/points/server/index.ts'
import { inTransaction, openPool, type Pool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { ask, type Bank, runSequence } from './bank/client.ts'
import { BankModel } from './bank/model.ts'
import { issueForProof, owedIsRight, pressAtOnce } from './bank/vouchers.ts'
import type { Proof, ProofResult, ProofRun, Size } from './proof.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from './support/proof-street.ts'
import { bundleServer, projectRoot, type ServerBundle } from './support/server-bundle.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

interface Extent {
  readonly sequences: number
  readonly deeds: number
  readonly clients: number
  readonly serverKills: number
  readonly databaseKills: number
  readonly terminations: number
  readonly voucherRounds: number
}

/** Rule: quality.md R2 and R3. */
const extents: Readonly<Record<Size, Extent>> = {
  small: {
    sequences: 24,
    deeds: 40,
    clients: 8,
    serverKills: 3,
    databaseKills: 1,
    terminations: 12,
    voucherRounds: 10,
  },
  full: {
    sequences: 2_000,
    deeds: 90,
    clients: 16,
    serverKills: 40,
    databaseKills: 20,
    terminations: 1_000,
    voucherRounds: 1_000,
  },
}

export const proof: Proof = {
  name: 'bank',
  what: 'every reply of random transfers is right whatever is killed meanwhile, and a voucher is spent once',
  async run(run) {
    const bundle = await bundleServer('proofs/bank/teller.ts')
    const data = await makeTemporaryData({ fsync: true })
    try {
      return await prove(run, data, bundle)
    } finally {
      await data.remove()
      bundle.remove()
    }
  },
}

interface Teller {
  readonly baseUrl: string
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

async function startTeller(data: TemporaryData, bundle: ServerBundle, street: ProofStreet): Promise<Teller> {
  const child: ChildProcess = spawn(process.execPath, [bundle.program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      BANK_DATABASE: data.appUrl(),
      BANK_KEYS: JSON.stringify(data.keys),
      BANK_FILES: data.filesFolder,
      BANK_STREET: String(street.streetId),
      BANK_ROOT: street.areaPath(street.code),
    },
  })
  const ended = once(child, 'exit')
  const baseUrl = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const found = /listening (http:\S+)/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the teller ended with ${code}: ${text}`)))
  })
  return {
    baseUrl,
    end: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}

async function prove(run: ProofRun, data: TemporaryData, bundle: ServerBundle): Promise<ProofResult> {
  const extent = extents[run.size]
  const random = createSeededRandom(run.seed)
  const pool = openPool(data.appUrl(), 4, 'linli-proof-bank')
  const keys = openKeys(data.keys)
  const street = await fillProofStreet(pool, keys, new Date(), {
    code: '990101001',
    name: '滨河街道',
    west: 106.5,
    prefix: 'zqa-',
    firstPhone: 13900000000,
    residents: 1,
  })
  const session = (username: string) =>
    openProofSession(pool, street.staffOf(username).accountId, street.streetId, new Date())
  const current = { teller: await startTeller(data, bundle, street) }
  const bank: Bank = {
    baseUrl: () => current.teller.baseUrl,
    token: await session('supervisor'),
    violations: [],
    counts: { deeds: 0, lost: 0, refused: 0 },
  }
  const models = await openBooks(pool, street, extent.sequences)
  const state = { over: false, checks: 0, killed: { server: 0, database: 0, connections: 0 } }
  const chaos = harm({ run, extent, data, bundle, street, bank, current, state })
  const auditor = audit(bank, state)
  let next = 0
  await Promise.all(
    Array.from({ length: extent.clients }, async () => {
      for (let mine = next++; mine < models.length; mine = next++) {
        const model = models[mine]
        if (model)
          await runSequence(bank, `sequence ${mine}`, model, extent.deeds, random.fork(`sequence ${mine}`))
      }
    }),
  )
  state.over = true
  await Promise.all([chaos, auditor])
  const presses = await voucherRounds({
    data,
    pool,
    street,
    extent,
    bank,
    tokens: [await session('handler-property'), await session('handler-property-2')],
  })
  await current.teller.end('SIGTERM').catch(() => undefined)
  await pool.end()
  const transfers = models.reduce((sum, model) => sum + model.transfers, 0)
  const figures = { transfers, ...bank.counts, ...state.killed, checks: state.checks, presses }
  printTable(run.say, ['', 'count'], Object.entries(figures))
  return {
    checked: bank.counts.deeds + state.checks + presses,
    violations: bank.violations,
    figures,
    ...(data.ownServer ? {} : { notTried: ['the kill of the database itself'] }),
  }
}

/** Three people for each sequence; the counterparts belong to all, so that they are as popular as they come. */
async function openBooks(pool: Pool, street: ProofStreet, sequences: number): Promise<BankModel[]> {
  const at = new Date()
  const area = street.areaPath('c1')
  const open = (kind: 'person' | 'issuance' | 'redeemed', holderId: string) =>
    inTransaction(pool, { actor: street.system }, (tx) =>
      openAccount(tx, { kind, unit: 'points', holderId, area }, at),
    )
  const issuance = await open('issuance', street.areaId('c1'))
  const redeemed = await open('redeemed', street.areaId('c1'))
  const models: BankModel[] = []
  for (let i = 0; i < sequences; i++) {
    const people = await Promise.all([0, 1, 2].map(() => open('person', crypto.randomUUID())))
    models.push(new BankModel(people, issuance, redeemed))
  }
  return models
}

interface Harm {
  run: ProofRun
  extent: Extent
  data: TemporaryData
  bundle: ServerBundle
  street: ProofStreet
  bank: Bank
  current: { teller: Teller }
  state: { over: boolean; killed: { server: number; database: number; connections: number } }
}

/** Spread over the deeds: the server, the database, or single connections of the server, by kill. */
async function harm({ run, extent, data, bundle, street, bank, current, state }: Harm): Promise<void> {
  const random = createSeededRandom(run.seed).fork('harm')
  const { serverKills, terminations, sequences, deeds } = extent
  const databaseKills = data.ownServer ? extent.databaseKills : 0
  const events = random.shuffle([
    ...Array.from({ length: serverKills }, () => 'server' as const),
    ...Array.from({ length: databaseKills }, () => 'database' as const),
    ...Array.from({ length: terminations }, () => 'connections' as const),
  ])
  for (const [index, event] of events.entries()) {
    const turn = ((index + random.next()) / (events.length + 1)) * sequences * deeds
    while (bank.counts.deeds < turn && !state.over) await delay(5)
    if (state.over) return
    state.killed[event] += 1
    if (event === 'server') {
      await current.teller.end('SIGKILL')
      current.teller = await startTeller(data, bundle, street)
    } else if (event === 'database') process.kill(postmasterPid(data.pgFolder), 'SIGKILL')
    else await terminateOne(data)
    if (run.size === 'full' && index % 100 === 99) run.say(`  ${index + 1} harms, ${bank.counts.deeds} deeds`)
  }
}

async function terminateOne(data: TemporaryData): Promise<void> {
  const client = new Client({ connectionString: data.superuserUrl() })
  try {
    await client.connect()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'linli-bank' order by random() limit 1`,
    )
  } catch {
    // The database itself may be away just now; then there is nothing to terminate.
  } finally {
    await client.end().catch(() => undefined)
  }
}

function postmasterPid(folder: string): number {
  const pid = Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)
  if (!(pid > 1)) throw new Error('the database of this proof has no pid')
  return pid
}

/** Again and again in the midst of it: balances are the sums of their entries, and all of it sums to zero. */
async function audit(bank: Bank, state: { over: boolean; checks: number }): Promise<void> {
  do {
    const { body } = await ask(bank, '/api/bank/look', { accounts: [] })
    const { differences } = body as { differences: number }
    state.checks += 1
    if (differences !== 0)
      bank.violations.push({ what: 'the ledger differs from itself', where: `check ${state.checks}` })
    await delay(300)
  } while (!state.over)
}

interface Rounds {
  data: TemporaryData
  pool: Pool
  street: ProofStreet
  extent: Extent
  bank: Bank
  tokens: readonly string[]
}

async function voucherRounds({ data, pool, street, extent, bank, tokens }: Rounds): Promise<number> {
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    const keys = openKeys(data.keys)
    const codes = await issueForProof(outside, pool, street, keys, extent.voucherRounds)
    const presses = await pressAtOnce(bank.baseUrl(), tokens, codes, bank.violations)
    bank.violations.push(...(await owedIsRight(outside, street, codes.length)))
    const { body } = await ask(bank, '/api/bank/look', { accounts: [] })
    if ((body as { differences: number }).differences !== 0)
      bank.violations.push({ what: 'the ledger differs from itself', where: 'after the vouchers' })
    return presses
  } finally {
    await outside.end()
  }
}
