/** Every operation × every role × six area relations, and the rows behind them with the operation layer out of the way. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { authenticator } from '../modules/accounts/server/index.ts'
import { systemClock } from '../platform/clock.ts'
import { inTransaction, openPool, type Pool } from '../platform/db.ts'
import { filePath } from '../platform/files-folder.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { openKeys } from '../platform/keys.ts'
import type { Services } from '../platform/services.ts'
import { casePlans } from './access/case-probes.ts'
import { assembleCast } from './access/cast.ts'
import { allContracts, servedModules } from './access/contracts.ts'
import { proveRowsInCopy } from './access/kill-mutants.ts'
import { type CaseProbe, planMatrix } from './access/plan-matrix.ts'
import { caseFileBytes, caseFileSha, insertPlannedCases, pickMatters } from './access/planned-cases.ts'
import { streetPlans } from './access/street-probes.ts'
import { newTally, type Tally, walkCases, walkLists, walkNobody, walkStreet } from './access/walk.ts'
import { caseRows } from './access-oracle.ts'
import { streetRows } from './access-street-oracle.ts'
import type { Proof, ProofResult, ProofRun, Violation } from './proof.ts'
import { fillProofStreet } from './support/proof-street.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

const prefixes = { ours: 'zqa-', theirs: 'zqb-' }

export const proof: Proof = {
  name: 'access',
  what: 'nobody reads or writes a case outside what the rights page gives them, also by row security alone',
  async run(run) {
    const data = await makeTemporaryData({ fsync: false })
    try {
      const scene = await withPool(data, (pool) => setTheScene(run, data, pool))
      const inCopy = await proveRowsInCopy({ ...scene, data })
      return await withPool(data, (pool) => prove(run, data, pool, scene, inCopy))
    } finally {
      await data.remove()
    }
  },
}

async function withPool<T>(data: TemporaryData, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(data.appUrl(), 10, 'linli-proof-access')
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

type Scene = Awaited<ReturnType<typeof setTheScene>>

async function setTheScene(run: ProofRun, data: TemporaryData, pool: Pool) {
  const at = new Date()
  const keys = openKeys(data.keys)
  const services: Services = {
    keys,
    sms: { name: 'log', send: async () => {} },
    filesFolder: data.filesFolder,
    demo: false,
  }
  const plan = { name: '滨河街道', residents: 3 }
  const street = await fillProofStreet(pool, keys, at, {
    ...plan,
    code: '990101001',
    west: 106.5,
    prefix: prefixes.ours,
    firstPhone: 13900000000,
  })
  const other = await fillProofStreet(pool, keys, at, {
    ...plan,
    code: '990101002',
    west: 106.6,
    prefix: prefixes.theirs,
    firstPhone: 13910000000,
  })
  const matters = new Map([
    [street, await pickMatters(pool, street)],
    [other, await pickMatters(pool, other)],
  ])
  const mattersOf = (one: typeof street) => {
    const found = matters.get(one)
    if (!found) throw new Error('a street without matters')
    return found
  }
  const players = await assembleCast(pool, street, at)
  const actorOf = authenticator(pool, services)
  const cast = await Promise.all(
    players.map(async (member) => {
      const actor = await actorOf(member.token, at)
      if (!actor) throw new Error(`${member.key} can not sign in`)
      return { ...member, actor }
    }),
  )
  const contracts = await allContracts()
  const { cases, probes } = planMatrix({
    cast,
    street,
    other,
    at,
    contracts,
    mattersOf,
    random: run.size === 'small' ? createSeededRandom(run.seed) : undefined,
  })
  await insertPlannedCases(pool, keys, at, cases, mattersOf)
  keepFile(data.filesFolder)
  for (const one of [street, other])
    await inTransaction(pool, { actor: one.system }, (tx) =>
      tx.run(sql`insert into event_outbox (street_id, id, at, type, subject_id, audience)
        values (${one.streetId}, ${newId(at.getTime())}, ${at}, 'case.file', ${newId(at.getTime())}, '{}')`),
    )
  run.say(`  ${cast.length} people, ${cases.length} cases, ${contracts.length} operations`)
  return { services, keys, street, other, cast, contracts, cases, probes }
}

async function prove(
  run: ProofRun,
  data: TemporaryData,
  pool: Pool,
  scene: Scene,
  { rows, mutants }: Awaited<ReturnType<typeof proveRowsInCopy>>,
): Promise<ProofResult> {
  const { services, cast, contracts, probes } = scene
  const app = await buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: servedModules,
    authenticate: authenticator(pool, services),
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
  })
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    await outside.query('analyze')
    const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
    const tally = newTally()
    const walk = { ...scene, baseUrl, foreignPrefix: prefixes.theirs }
    await walkLists(walk, cast, tally)
    await walkStreet(walk, cast, contracts, tally)
    await walkNobody(walk, contracts, tally)
    await walkCases(walk, probes, tally)
    tell(run, tally)
    return {
      checked: tally.checked + rows.checked,
      violations: [
        ...missingRows(contracts.map(({ name }) => name)),
        ...tally.violations,
        ...rows.violations,
        ...(await findForbiddenWrites(outside, probes)),
        ...mutants.alive.map((where) => ({
          what: 'a changed policy that the proof of rows does not notice',
          where,
        })),
      ],
      figures: {
        operations: contracts.length,
        probes: tally.checked,
        rowChecks: rows.checked,
        mutants: mutants.tried,
        mutantsKilled: mutants.tried - mutants.alive.length,
        besideRights: [...tally.beside.values()].reduce((sum, count) => sum + count, 0),
      },
    }
  } finally {
    await outside.end()
    await app.close()
  }
}

/** A new operation without a row in the oracle or a probe fails here, and quickly in access-rows.test.ts. */
function missingRows(names: readonly string[]): Violation[] {
  const without = (what: string, ...there: readonly object[]) =>
    names.filter((name) => !there.some((one) => name in one)).map((where) => ({ what, where }))
  return [
    ...without('an operation without a row in the access oracle', caseRows, streetRows),
    ...without('an operation that the proof does not call', casePlans, streetPlans),
  ]
}

function keepFile(folder: string): void {
  const path = filePath(folder, caseFileSha)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, caseFileBytes)
}

/** Whoever was refused left nothing behind: same version, no further entry. */
async function findForbiddenWrites(outside: Client, probes: readonly CaseProbe[]): Promise<Violation[]> {
  const refused = probes.filter(({ expected, method }) => expected === 'no' && method !== 'GET')
  const { rows } = await outside.query<{ id: string }>(
    `select c.id from cases c where c.id = any($1::uuid[])
       and (c.version <> 1 or (select count(*) from case_entries e where e.street_id = c.street_id and e.case_id = c.id) <> 1)`,
    [refused.map(({ subject }) => subject.id)],
  )
  const changed = new Set(rows.map(({ id }) => id))
  return refused
    .filter(({ subject }) => changed.has(subject.id))
    .map((probe) => ({
      what: 'a refused act left something behind',
      where: `${probe.operation} · ${probe.member.key} · ${probe.relation} · ${probe.variant}`,
    }))
}

function tell({ say }: ProofRun, tally: Tally): void {
  printTable(
    say,
    ['relation', 'may', 'may not', 'page is silent'],
    [...tally.byRelation].map(([relation, counts]) => [relation, counts.yes, counts.no, counts.unsaid]),
  )
  say('  The rights page is silent, the system does:')
  const silent = new Map<string, string[]>()
  for (const [key, answers] of tally.unsaid) {
    const [operation = '', role = ''] = key.split(', ')
    const line = `${operation}: ${[...answers].sort().join(' or ')}`
    silent.set(line, [...(silent.get(line) ?? []), role])
  }
  for (const [line, roles] of [...silent].sort()) say(`    ${line}  (${roles.join(', ')})`)
  say('  Answered as it should be, but not by a question of rights:')
  for (const [key, count] of [...tally.beside].sort()) say(`    ${key} × ${count}`)
}
