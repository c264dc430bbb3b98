/** Brings a database to the newest schema: plain SQL files, forward only, each once, in order. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { buildIndexesBefore } from './indexes-before.ts'
import { splitStatements } from './split-statements.ts'
import { StartupRefusal } from './startup-refusal.ts'

export interface Migration {
  number: number
  name: string
  sql: string
  checksum: string
}

/** Beside the bundle in a built system, at the root of the tree in development. */
export function migrationsFolder(): string {
  const built = fileURLToPath(new URL('./migrations', import.meta.url))
  return existsSync(built) ? built : fileURLToPath(new URL('../migrations', import.meta.url))
}

/** All migrations in order. Throws on a duplicate, a gap or a misnamed file, so that two branches can not both take a number. */
export function readMigrations(folder: string = migrationsFolder()): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
  return files.map((file, index) => {
    const number = Number(/^(\d{4})-[a-z]+-[a-z0-9-]+\.sql$/.exec(file)?.[1])
    if (number !== index + 1)
      throw new Error(
        `migrations: ${file} should be number ${String(index + 1).padStart(4, '0')}, named NNNN-module-what.sql`,
      )
    const sql = readFileSync(`${folder}/${file}`, 'utf8')
    return { number, name: file, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Runs what is missing, each file in a transaction of its own, as the owning role; indexes on large tables are built before it.
 * Throws a StartupRefusal when the database is newer than this program or an applied file was changed.
 * With `upTo` the later ones wait: a restore first needs the schema that its rows were made for.
 */
export async function migrate(
  ownerUrl: string,
  onApplied: (name: string) => void = () => {},
  upTo = Number.POSITIVE_INFINITY,
): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'linli-migrate' })
  await client.connect()
  try {
    // Two starters at once: the second waits here and then finds nothing to do.
    while (!(await lockedMigrations(client))) await delay(200)
    await client.query(
      'create table if not exists schema_migrations (number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())',
    )
    const applied = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from schema_migrations order by number',
    )
    const migrations = readMigrations()
    const newest = applied.rows.at(-1)
    if (newest && newest.number > migrations.length)
      throw new StartupRefusal('platform/newer-schema', {
        zh: `数据库的结构(${newest.name})比这个程序新，请使用更新的程序启动。`,
        en: `The database schema (${newest.name}) is newer than this program. Start it with a newer program.`,
      })
    for (const done of applied.rows) {
      const migration = migrations[done.number - 1]
      if (migration && migration.checksum !== done.checksum)
        throw new StartupRefusal('platform/changed-migration', {
          zh: `已执行过的迁移 ${done.name} 被改动,拒绝启动。`,
          en: `The migration ${done.name} was applied and then changed. Refusing to start.`,
        })
    }
    const missing = migrations.slice(applied.rows.length, upTo)
    for (const migration of missing) {
      await applyMigration(client, migration)
      onApplied(migration.name)
    }
    return missing.length
  } finally {
    await client.end()
  }
}

/** Asked for and not waited for: an index that is built beside the work of others waits for every open statement. */
async function lockedMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "select pg_try_advisory_lock(hashtext('linli-migrate')) as locked",
  )
  return rows[0]?.locked === true
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
  const statements = splitStatements(migration.sql)
  const built = await buildIndexesBefore(client, statements)
  await client.query('begin')
  try {
    for (const statement of statements) if (!built.has(statement)) await client.query(statement)
    await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
  }
}
