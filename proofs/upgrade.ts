/** What an older version kept is taken over by this one: its own backup, brought to the schema of today and served. */
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { authenticator } from '../modules/accounts/server/index.ts'
import { recountStreet } from '../modules/cases/server/index.ts'
import { systemActor } from '../platform/actor.ts'
import { restore, type VerifiedBackup, verifyBackup } from '../platform/backup-restore.ts'
import { plainSettings } from '../platform/backup-tables.ts'
import { movableClock } from '../platform/clock.ts'
import { inTransaction, openPool } from '../platform/db.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { type Keys, openKeys } from '../platform/keys.ts'
import { readMigrations } from '../platform/migrate.ts'
import { recountSeals } from '../platform/seals-recount.ts'
import type { Services } from '../platform/services.ts'
import { servedModules } from './access/contracts.ts'
import { callHttp } from './access/http-caller.ts'
import { withPool } from './access/set-the-scene.ts'
import type { Proof, ProofResult, ProofRun, Violation } from './proof.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'
import { compareKeptRows } from './upgrade/kept-rows.ts'
import { type KeptVersion, keptFile, keptVersions, readKeptVersion } from './upgrade/kept-version.ts'
import { growToMillion } from './upgrade/many-rows.ts'
import { serveSideBySide } from './upgrade/side-by-side.ts'
import { type TimedMigration, timeMigrations } from './upgrade/time-migrations.ts'

/** Rule: quality.md R14: on a table of a million rows. */
const longestLockMs = 1_000

export const proof: Proof = {
  name: 'upgrade',
  what: 'the data that an older version made, saved by its own program, are all there in the schema of today and say the same, seals, ledger and figures hold, and everything it could be asked is answered',
  embeddedOnly: 'earlier versions, whose programs it runs, bring servers of their own',
  async run(run) {
    const found: Found = { checked: 0, violations: [] }
    for (const version of keptVersions) await upgradeFrom(run, version, found)
    return { ...found, figures: { versions: keptVersions.length } } satisfies ProofResult
  },
}

interface Found {
  checked: number
  readonly violations: Violation[]
}

async function upgradeFrom(run: ProofRun, version: string, found: Found): Promise<void> {
  const kept = readKeptVersion(version)
  const backup = await verifyBackup(keptFile(version, 'tar.gz'))
  run.say(`  ${version}: schema ${kept.migrations.length} → ${readMigrations().length}`)
  await withRestored(backup, kept, undefined, async (data, migrations) => {
    tell(run, migrations)
    await lookAtRows(data, kept, backup, found)
    await askEverything(data, kept, found)
  })
  if (run.size === 'small') return
  const both = await serveSideBySide(run, kept, backup, createSeededRandom(run.seed))
  if (both === undefined) run.say(`  ${kept.commit} is not in this history: the old program was not run`)
  else {
    run.say(`  ${both.reports} reports to both programs`)
    found.checked += both.checked
    found.violations.push(...both.violations)
  }
  const grow = (data: TemporaryData) => growToMillion(data.superuserUrl())
  await withRestored(backup, kept, grow, async (_, migrations) => {
    run.say('  and over a million cases:')
    tell(run, migrations)
    found.checked += migrations.length
    for (const { number, ms, slowest } of migrations)
      if (ms > longestLockMs)
        found.violations.push({
          what: 'a migration may hold a lock for more than a second',
          where: `${number}: ${Math.round(ms)} ms, ${Math.round(slowest.ms)} of them in ${slowest.statement}`,
        })
  })
}

/** Restored into the schema of then and brought to that of now, by the program's own restore. */
async function withRestored(
  backup: VerifiedBackup,
  kept: KeptVersion,
  before: ((data: TemporaryData) => Promise<void>) | undefined,
  work: (data: TemporaryData, migrations: readonly TimedMigration[]) => Promise<void>,
): Promise<void> {
  const data = await makeTemporaryData({
    fsync: false,
    unmigrated: true,
    ...(backup.keysText ? { keysText: backup.keysText } : {}),
  })
  const oldest = kept.migrations.length
  const times = timeMigrations({ number: oldest + 1, work: async () => before?.(data) })
  try {
    await restore(backup, {
      adminUrl: data.superuserUrl(),
      ownerUrl: data.ownerUrl(),
      filesFolder: data.filesFolder,
    })
    times.stop()
    await work(data, times.migrations.slice(oldest))
  } finally {
    times.stop()
    await data.remove()
  }
}

function tell(run: ProofRun, migrations: readonly TimedMigration[]): void {
  printTable(
    run.say,
    ['migration', 'ms', 'slowest ms', 'slowest statement'],
    migrations.map(({ number, ms, slowest }) => [
      number,
      Math.round(ms),
      Math.round(slowest.ms),
      slowest.statement,
    ]),
  )
}

async function lookAtRows(
  data: TemporaryData,
  kept: KeptVersion,
  backup: VerifiedBackup,
  found: Found,
): Promise<void> {
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    await outside.query(plainSettings)
    const { checked, violations } = await compareKeptRows(outside, kept, backup.manifest.tables)
    found.checked += checked
    found.violations.push(...violations)
    const { rows: unbalanced } = await outside.query<{ transfer_id: string }>(
      'select transfer_id from ledger_entries group by street_id, transfer_id, unit having sum(amount) <> 0',
    )
    found.checked += 1
    for (const { transfer_id: where } of unbalanced)
      found.violations.push({ what: 'a transfer no longer comes to nothing', where })
    const { rows: streets } = await outside.query<{ street_id: number; path: string }>(
      'select street_id, path::text as path from areas where parent_id is null',
    )
    for (const street of streets) {
      await lookAtSeals(outside, street.street_id, openKeys(data.keys), found)
      await lookAtFigures(data, street, found)
    }
  } finally {
    await outside.end()
  }
}

/** A column more or less must not change what an entry of the past is hashed as. */
async function lookAtSeals(outside: Client, streetId: number, keys: Keys, found: Found): Promise<void> {
  await outside.query('begin transaction isolation level repeatable read read only')
  const { size, checkpoints, findings } = await recountSeals(outside, streetId, keys.seals.publicKey)
  await outside.query('commit')
  found.checked += size
  if (size === 0 || checkpoints === 0)
    found.violations.push({
      what: 'nothing is sealed, so that nothing is shown',
      where: `street ${streetId}`,
    })
  for (const { what, where } of findings)
    found.violations.push({ what: `the seals no longer hold: ${what}`, where })
}

/** The first count fills the sums in; the second must find nothing to put right. */
async function lookAtFigures(
  data: TemporaryData,
  { street_id: streetId, path }: { street_id: number; path: string },
  found: Found,
): Promise<void> {
  const worker = openPool(data.workerUrl(), 1, 'linli-proof-upgrade')
  const at = new Date()
  const recount = () =>
    inTransaction(worker, { actor: systemActor(streetId, path) }, (tx) =>
      recountStreet(tx, streetId, at, newId(at.getTime())),
    )
  try {
    await recount()
    const again = await recount()
    found.checked += again?.cases ?? 0
    if (!again || again.cases === 0 || again.factsWrong > 0 || again.sumsWrong > 0)
      found.violations.push({
        what: 'figures differ from a recount',
        where: `street ${streetId}: ${JSON.stringify(again)}`,
      })
  } finally {
    await worker.end()
  }
}

/** Whatever its own program answered, ours answers too, to the same session, in the hour when the data were saved. */
async function askEverything(data: TemporaryData, kept: KeptVersion, found: Found): Promise<void> {
  const keys = openKeys(data.keys)
  const services: Services = {
    keys,
    sms: { name: 'log', send: async () => {} },
    filesFolder: data.filesFolder,
    demo: false,
  }
  await withPool(data, async (pool) => {
    const app = await buildHttpServer({
      pool,
      services,
      clock: movableClock(new Date(kept.at)),
      modules: servedModules,
      authenticate: authenticator(pool, services),
      settings: { publicUrl: undefined, checkReplies: true, logLevel: 'silent', trustProxy: false },
    })
    try {
      const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
      for (const { operation, token, path } of kept.reads) {
        const { status, code } = await callHttp(baseUrl, { token, method: 'GET', path })
        found.checked += 1
        if (status !== 200)
          found.violations.push({
            what: 'what the older version answered is no longer answered',
            where: `${operation} ${path}: ${status} ${code}`,
          })
      }
    } finally {
      await app.close()
    }
  })
}
