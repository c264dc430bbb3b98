/** Every operation × every role × six area relations, and the rows behind them with the operation layer out of the way. */
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { recountStreet } from '../modules/cases/server/index.ts'
import { inTransaction, openPool, type Pool } from '../platform/db.ts'
import { casePlans } from './access/case-probes.ts'
import { proveRowsInCopy } from './access/kill-mutants.ts'
import type { CaseProbe } from './access/plan-matrix.ts'
import { prefixes, type SetScene, serve, setTheScene, withPool } from './access/set-the-scene.ts'
import { streetPlans } from './access/street-probes.ts'
import { newTally, type Tally, walkCases, walkLists, walkNobody, walkStreet } from './access/walk.ts'
import { caseRows } from './access-oracle.ts'
import { streetRows } from './access-street-oracle.ts'
import type { Proof, ProofResult, ProofRun, Violation } from './proof.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

export const proof: Proof = {
  name: 'access',
  what: 'nobody reads or writes a case outside what the rights page gives them, also by row security alone',
  async run(run) {
    const data = await makeTemporaryData({ fsync: false })
    try {
      const scene = await withPool(data, (pool) => setTheScene(run, data, pool))
      const draw = run.size === 'small' ? createSeededRandom(run.seed).fork('policies') : undefined
      const inCopy = await proveRowsInCopy({ ...scene, data, draw })
      return await withPool(data, (pool) => prove(run, data, pool, scene, inCopy))
    } finally {
      await data.remove()
    }
  },
}

async function prove(
  run: ProofRun,
  data: TemporaryData,
  pool: Pool,
  scene: SetScene,
  { rows, mutants }: Awaited<ReturnType<typeof proveRowsInCopy>>,
): Promise<ProofResult> {
  const { cast, contracts, probes } = scene
  const { app, baseUrl } = await serve(scene, pool)
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    await outside.query('analyze')
    await countFigures(data, scene)
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

/** Figures are read from sums once a street was counted for the first time, as on every system with jobs. */
async function countFigures(data: TemporaryData, { street, other }: SetScene): Promise<void> {
  const pool = openPool(data.workerUrl(), 1, 'linli-proof-count')
  const at = new Date()
  try {
    for (const { system: actor, streetId } of [street, other])
      await inTransaction(pool, { actor }, (tx) => recountStreet(tx, streetId, at, newId(at.getTime())))
  } finally {
    await pool.end()
  }
}
