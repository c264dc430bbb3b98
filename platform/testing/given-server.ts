/**
 * A PostgreSQL that somebody else runs, named by DATABASE_URL: the suite and the proofs work on it in place of the embedded
 * one. Everything of a run stands in databases of its own name, which go with it; of the server itself only roles that are
 * missing are made.
 */
import { randomBytes } from 'node:crypto'
import { Client, type ClientBase } from 'pg'
import { addressForMigrations, layOutForCitus } from '../citus.ts'
import { ownerRole, prepareDatabase } from '../database-roles.ts'
import { superuser } from '../embedded-postgres/settings.ts'
import { migrate } from '../migrate.ts'
import { addressFor, join, nodesOf, onNode } from './given-cluster.ts'

/** Architecture: one SQL, of 15 and newer. */
const leastVersion = 150_000

/** A run is alive as long as its keeper is connected under this name. */
const keeperName = (run: string) => `linli-run-${run}`
const databasePattern = '^linli_run_([0-9a-f]{8})_[a-z0-9_]+$'

export interface GivenServer {
  /** Superuser addresses of every node, the one that DATABASE_URL names first; more than one on a cluster of Citus. */
  readonly nodes: readonly string[]
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

/** @throws Error in plain words when the server is too old or the user is no superuser */
export async function openGivenServer(given: string): Promise<GivenServer> {
  const run = randomBytes(4).toString('hex')
  const prefix = `linli_run_${run}_`
  const keeper = new Client({ connectionString: given, application_name: keeperName(run) })
  keeper.on('error', () => {})
  await keeper.connect()
  try {
    await refuseUnfit(keeper)
    const nodes = process.env.LINLI_CITUS === '1' ? await nodesOf(keeper, given) : [given]
    await dropDatabases(nodes, await deadRuns(keeper))
    return {
      nodes,
      prefix,
      urlFor: (role, database) => addressFor(given, role, database),
      make: async (name) => {
        const database = `${prefix}${name}`
        for (const node of nodes) await makeOn(node, database)
        if (nodes.length > 1) await join(nodes, database)
        return database
      },
      close: async () => {
        await dropDatabases(nodes, [run])
        await keeper.end()
      },
    }
  } catch (error) {
    await keeper.end()
    throw error
  }
}

async function makeOn(node: string, database: string): Promise<void> {
  const at = (name: string) => (name === database ? addressFor(node, superuser, name) : node)
  // The server may have been made with a locale in which Chinese has no trigrams.
  await prepareDatabase(at, database, "template template0 encoding 'UTF8' locale 'C.UTF-8'")
}

/** As in production, on a cluster laid out by street. Returns the name. */
export async function makeMigrated(server: GivenServer, name: string): Promise<string> {
  const database = await server.make(name)
  const owner = server.urlFor(ownerRole, database)
  const cluster = server.nodes.length > 1
  await migrate(cluster ? await addressForMigrations(owner) : owner)
  if (cluster) await layOutForCitus(owner, () => {})
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
async function deadRuns(keeper: ClientBase): Promise<string[]> {
  const { rows } = await keeper.query<{ run: string }>(
    `select distinct substring(datname from $1) as run from pg_database d where datname ~ $1
       and not exists (select from pg_stat_activity where application_name = 'linli-run-' || substring(d.datname from $1))`,
    [databasePattern],
  )
  return rows.map(({ run }) => run)
}

async function dropDatabases(nodes: readonly string[], runs: readonly string[]): Promise<void> {
  for (const node of nodes)
    await onNode(node, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        'select datname as name from pg_database where substring(datname from $1) = any ($2)',
        [databasePattern, runs],
      )
      for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`)
    })
}
