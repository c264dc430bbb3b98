/** What fails below an operation: each of its statements in turn, and the whole database in every way a wire can fail. */
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { insertAccounts } from '../modules/accounts/server/index.ts'
import { inTransaction } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { setTheScene, withPool } from './access/set-the-scene.ts'
import { sufferBadWires } from './faults/bad-wires.ts'
import type { PeopleWhoCall } from './faults/callers.ts'
import { sweepStatements } from './faults/sweep.ts'
import type { Proof, ProofResult, ProofRun } from './proof.ts'
import { openProofSession, type ProofStreet } from './support/proof-street.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

export const proof: Proof = {
  name: 'faults',
  what: 'whichever statement of an operation fails, nothing of it stays and a retry does it once; without its database the server refuses in time, shows nothing and comes back by itself',
  alone: true,
  async run(run) {
    const data = await makeTemporaryData({ fsync: true })
    try {
      return await prove(run, data)
    } finally {
      await data.remove()
    }
  },
}

async function prove(run: ProofRun, data: TemporaryData): Promise<ProofResult> {
  const scene = await withPool(data, (pool) => setTheScene(run, data, pool, { deedsEach: 4 }))
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const swept = await withPool(data, (pool) =>
    sweepStatements(run, scene, pool, outside, data.workerUrl()),
  ).finally(() => outside.end())
  printTable(
    run.say,
    ['statements made to fail', ''],
    [
      ['operations that change something', swept.changing],
      ['operations that read', swept.reading],
      ['their statements', swept.statements],
      ['operations of which no call comes to its end', swept.untried.length],
    ],
  )
  if (swept.untried.length > 0) run.say(`  not done: ${swept.untried.join(', ')}`)
  const suffered = await sufferBadWires(
    run,
    data,
    await peopleWhoCall(data, scene.street),
    createSeededRandom(run.seed),
  )
  printTable(run.say, ['the wire', 'calls', 'done', '503', 'slowest ms'], suffered.rows)
  return {
    checked: swept.checked + suffered.checked,
    violations: [...swept.violations, ...suffered.violations],
    figures: {
      changing: swept.changing,
      reading: swept.reading,
      statements: swept.statements,
      untried: swept.untried.length,
      ...suffered.figures,
    },
  }
}

/** Residents of their own for the reports, so that no limit of changes per account stands in the way. */
async function peopleWhoCall(data: TemporaryData, street: ProofStreet): Promise<PeopleWhoCall> {
  const at = new Date()
  return withPool(data, async (pool) => {
    const residents = Array.from({ length: 40 }, (_, index) => ({
      id: newId(at.getTime()),
      kind: 'resident' as const,
      phone: String(13920000000 + index),
    }))
    await inTransaction(pool, { actor: undefined }, (tx) =>
      insertAccounts(tx, openKeys(data.keys), street.streetId, at, residents),
    )
    const sessions = async (ids: readonly string[]) => {
      const tokens: string[] = []
      for (const id of ids) tokens.push(await openProofSession(pool, id, street.streetId, at))
      return tokens
    }
    const readers = ['dispatcher', 'duty-head', 'clerk-c1'].map((name) => street.staffOf(name).accountId)
    return {
      street,
      residents: await sessions(residents.map(({ id }) => id)),
      readers: await sessions(readers),
    }
  })
}
