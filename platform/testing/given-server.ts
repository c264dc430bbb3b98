/**
 * A PostgreSQL that somebody else runs, named by DATABASE_URL: the suite and the proofs work on it in place of the embedded
 * one. Everything of a run stands in databases of its own name, which go with it; of the server itself only roles that are
 * missing are made.
 */
import { randomBytes } from 'node:crypto'
import { Client, type ClientBase } from 'pg'
import { ownerRole, prepareDatabase } from '../database-roles.ts'
import { superuser } from '../embedded-postgres/settings.ts'
import { migrate } from '../migrate.ts'

/** Architecture: one SQL, of 15 and newer. */
const leastVersion = 150_000

/** A run is alive as long as its keeper is connected under this name. */
const keeperName = (run: string) => `linli-run-${run}`
const databasePattern = '^linli_run_([0-9a-f]{8})_[a-z0-9_]+$'

export interface GivenServer {
  /** What the names of all databases of this run begin with. */
  readonly prefix: string
  /** A new database with roles, extensions and locale, for `migrate` to fill. Returns its name. */
  make(name: string): Promise<string>
  urlFor(role: string, database: string): string
  /** Drops every database of this run and leaves the server. */
  close(): Promise<void>
}

/** The server that the environment names for tests and proofs; undefined: the embedded one. */
export const givenUrl = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.DATABASE_URL || undefined

/**
 * An address that signs in as the given superuser and takes on `role` with its first packet, so that no password is set and
 * none is asked for: roles that serve somebody else stay as they are.
 */
export function addressFor(given: string, role: string, database: string): string {
  const url = new URL(given.replace(/^postgres:/, 'postgresql:'))
  url.pathname = `/${database}`
  const options = url.searchParams.get('options')
  if (role !== superuser) url.searchParams.set('options', `${options ? `${options} ` : ''}-c role=${role}`)
  return url.href
}

/** @throws Error in plain words when the server is too old or the user is no superuser */
export async function openGivenServer(given: string): Promise<GivenServer> {
  const run = randomBytes(4).toString('hex')
  const prefix = `linli_run_${run}_`
  const keeper = new Client({ connectionString: given, application_name: keeperName(run) })
  keeper.on('error', () => {})
  await keeper.connect()
  try {
    await refuseUnfit(keeper)
    await dropDatabasesOfTheDead(keeper)
  } catch (error) {
    await keeper.end()
    throw error
  }
  const urlFor = (role: string, database: string) => addressFor(given, role, database)
  return {
    prefix,
    urlFor,
    make: async (name) => {
      const database = `${prefix}${name}`
      const at = (name: string) => (name === database ? urlFor(superuser, name) : given)
      // The server may have been made with a locale in which Chinese has no trigrams.
      await prepareDatabase(at, database, "template template0 encoding 'UTF8' locale 'C.UTF-8'")
      return database
    },
    close: async () => {
      await dropDatabases(keeper, [run])
      await keeper.end()
    },
  }
}

/** As in production: everything but the schema. `migrate` then fills it as the owner. Returns the name. */
export async function makeMigrated(server: GivenServer, name: string): Promise<string> {
  const database = await server.make(name)
  await migrate(server.urlFor(ownerRole, database))
  return database
}

async function refuseUnfit(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; text: string; above: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as text,
       rolsuper as above from pg_roles where rolname = current_user`,
  )
  const [found] = rows
  if (!found || found.version < leastVersion)
    throw new Error(`DATABASE_URL names a PostgreSQL ${found?.text}; Linli needs 15 or newer.`)
  if (!found.above)
    throw new Error(
      'DATABASE_URL must name a superuser for tests and proofs: they make databases and look past row security.',
    )
}

/** Runs that were killed leave their databases behind; the next one clears them away. */
async function dropDatabasesOfTheDead(keeper: ClientBase): Promise<void> {
  const { rows } = await keeper.query<{ run: string }>(
    `select distinct substring(datname from $1) as run from pg_database d where datname ~ $1
       and not exists (select from pg_stat_activity where application_name = 'linli-run-' || substring(d.datname from $1))`,
    [databasePattern],
  )
  await dropDatabases(
    keeper,
    rows.map(({ run }) => run),
  )
}

async function dropDatabases(keeper: ClientBase, runs: readonly string[]): Promise<void> {
  const { rows } = await keeper.query<{ name: string }>(
    'select datname as name from pg_database where substring(datname from $1) = any ($2)',
    [databasePattern, runs],
  )
  for (const { name } of rows) await keeper.query(`drop database if exists ${name} with (force)`)
}
