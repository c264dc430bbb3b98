/**
 * The scene of every proof that calls all operations: two streets with a person for every post, signed in, a case for
 * each circumstance, and the real server on them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { authenticator } from '../../modules/accounts/server/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { inTransaction, openPool, type Pool } from '../../platform/db.ts'
import { filePath } from '../../platform/files-folder.ts'
import { buildHttpServer } from '../../platform/http-server.ts'
import { openKeys } from '../../platform/keys.ts'
import type { Services } from '../../platform/services.ts'
import type { ProofRun } from '../proof.ts'
import { fillProofStreet } from '../support/proof-street.ts'
import type { TemporaryData } from '../support/temporary-data.ts'
import { assembleCast } from './cast.ts'
import { allContracts, servedModules } from './contracts.ts'
import { planMatrix } from './plan-matrix.ts'
import { caseFileBytes, caseFileSha, insertPlannedCases, pickMatters } from './planned-cases.ts'

/** Every name and word of a street begins with its mark, so that a leak is seen. */
export const prefixes = { ours: 'zqa-', theirs: 'zqb-' }

export type SetScene = Awaited<ReturnType<typeof setTheScene>>

/** A pool of the application's role that is gone when the work is done. */
export async function withPool<T>(data: TemporaryData, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(data.appUrl(), 10, 'linli-proof-access')
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/**
 * `deedsEach`: for proofs that only want calls that succeed, see MatrixPlan; left out, everything that may not be is there too.
 * @returns the people with their sessions, the cases and a probe for each operation on them
 */
export async function setTheScene(
  run: ProofRun,
  data: TemporaryData,
  pool: Pool,
  more: { deedsEach?: number } = {},
) {
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
    ...more,
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

/** The server on the scene's database, in this process. @returns it, and the address where it listens */
export async function serve({ services }: Pick<SetScene, 'services'>, pool: Pool) {
  const app = await buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: servedModules,
    authenticate: authenticator(pool, services),
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
  })
  return { app, baseUrl: await app.listen({ host: '127.0.0.1', port: 0 }) }
}

function keepFile(folder: string): void {
  const path = filePath(folder, caseFileSha)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, caseFileBytes)
}
