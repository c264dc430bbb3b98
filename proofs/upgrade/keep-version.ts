/**
 * Run once, when a version has landed: `npx tsx proofs/upgrade/keep-version.ts VERSION COMMIT TREE`. TREE is that commit,
 * unpacked beside its libraries. Its own program makes two streets, does every deed there is in them and saves them;
 * what comes out, VERSION.json and VERSION.tar.gz, is committed, and every later version must be able to take it over.
 */
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Client } from 'pg'
import type { Ask } from '../access/http-caller.ts'
import { type KeptRead, type KeptVersion, keptFile } from './kept-version.ts'

const [version = '', commit = '', tree = ''] = process.argv.slice(2)
if (version === '' || commit === '' || tree === '') throw new Error('VERSION COMMIT TREE')

/** The module of that version; only its types are those of today. */
const of = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(resolve(tree), path)).href)) as T

const { setTheScene, serve, withPool } = await of<typeof import('../access/set-the-scene.ts')>(
  'proofs/access/set-the-scene.ts',
)
const { deedsOf } = await of<typeof import('../access/choose-deeds.ts')>('proofs/access/choose-deeds.ts')
const { callHttp } = await of<typeof import('../access/http-caller.ts')>('proofs/access/http-caller.ts')
const { makeTemporaryData } = await of<typeof import('../support/temporary-data.ts')>(
  'proofs/support/temporary-data.ts',
)
const { backup } = await of<typeof import('../../platform/backup.ts')>('platform/backup.ts')
const { fingerprint, keysAsText } =
  await of<typeof import('../../platform/data-folder.ts')>('platform/data-folder.ts')
const { readMigrations } = await of<typeof import('../../platform/migrate.ts')>('platform/migrate.ts')
const { openPool } = await of<typeof import('../../platform/db.ts')>('platform/db.ts')
const { runJob } = await of<typeof import('../../platform/jobs.ts')>('platform/jobs.ts')
const { sealJobs } = await of<typeof import('../../platform/seals-jobs.ts')>('platform/seals-jobs.ts')

const data = await makeTemporaryData({ fsync: false })
try {
  const run = { seed: 1, size: 'small' as const, say: console.log }
  const scene = await withPool(data, (pool) => setTheScene(run, data, pool, { deedsEach: 1 }))
  const answersTo = async (baseUrl: string, asks: Iterable<Ask>): Promise<Ask | undefined> => {
    for (const ask of asks)
      if ((await callHttp(baseUrl, { ...ask, key: randomUUID() })).status < 400) return ask
    return undefined
  }
  const reads: KeptRead[] = []
  await withPool(data, async (pool) => {
    const { app, baseUrl } = await serve(scene, pool)
    for (const contract of scene.contracts.filter(({ method }) => method !== 'GET'))
      await answersTo(baseUrl, deedsOf(scene, contract))
    for (const contract of scene.contracts.filter(
      ({ method, name }) => method === 'GET' && name !== 'events.stream',
    )) {
      const ask = await answersTo(baseUrl, deedsOf(scene, contract))
      if (ask) reads.push({ operation: contract.name, token: ask.token, path: ask.path })
    }
    await app.close()
  })
  const worker = openPool(data.workerUrl(), 1, 'linli-keep-version')
  const [seal] = sealJobs.jobs
  for (const { streetId } of [scene.street, scene.other])
    if (seal)
      await runJob(
        { pool: worker, services: scene.services },
        seal,
        { street: streetId, payload: {} },
        new Date(),
      )
  await worker.end()
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const { rows } = await outside.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by 1 order by 1`,
  )
  await outside.end()
  const kept: KeptVersion = {
    version,
    commit,
    at: new Date().toISOString(),
    migrations: readMigrations().map(({ name, checksum }) => ({ name, sha256: checksum })),
    columns: Object.fromEntries(rows.map(({ name, columns }) => [name, columns])),
    reads,
  }
  rmSync(keptFile(version, 'tar.gz'), { force: true })
  const report = await backup({
    adminUrl: data.superuserUrl(),
    filesFolder: data.filesFolder,
    keysFingerprint: fingerprint(data.keys),
    seals: scene.keys.seals,
    keysText: keysAsText(data.keys),
    file: keptFile(version, 'tar.gz'),
    madeBy: version,
    at: new Date(),
  })
  writeFileSync(keptFile(version, 'json'), `${JSON.stringify(kept, null, 1)}\n`)
  console.log(`${report.tables} tables, ${report.rows} rows, ${reads.length} reads, ${report.bytes} bytes`)
} finally {
  await data.remove()
}
