/**
 * One PostgreSQL for the whole test run with a migrated template that each test file clones: the embedded one in a
 * temporary folder and without fsync, or the one that DATABASE_URL names. A set-up that fails is told to the tests that
 * need a database; pure tests run without it.
 */
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { databaseName, ownerRole, prepareDatabase } from '../database-roles.ts'
import { endProcesses, isAlive, postgresProcessesIn } from '../embedded-postgres/processes.ts'
import { lentUser } from '../embedded-postgres/run-as.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres, superuser } from '../embedded-postgres.ts'
import { migrate } from '../migrate.ts'
import { type CitusNames, namesOf, readCatalogue } from './citus-catalogue.ts'
import { givenUrl, makeMigrated, openGivenServer } from './given-server.ts'
import { type ProvidedPostgres, roleUrl } from './provided-postgres.ts'

/** Tells pids of this machine from those of a container that shares the temporary folder. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')
  } catch {
    return '0'
  }
}

const prefix = `linli-tests-${pidNamespace()}-`

/** Test runs that were killed leave their server behind; the next run clears it away. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue
    const folder = join(tmpdir(), name)
    await endProcesses(postgresProcessesIn(join(folder, 'pg'), lentUser()))
    rmSync(folder, { recursive: true, force: true })
  }
}

const templateName = 'linli_template'

async function makeTemplate(server: EmbeddedPostgres): Promise<void> {
  await prepareDatabase((database) => server.urlFor(superuser, database))
  await migrate(server.urlFor(ownerRole, databaseName))
  const client = new Client({ connectionString: server.urlFor(superuser, 'postgres') })
  await client.connect()
  await client.query(`alter database ${databaseName} rename to ${templateName}`)
  await client.end()
}

interface Served {
  readonly provided: ProvidedPostgres
  end(): Promise<void>
}

const nothing = { socketDir: '', given: [], template: '', prefix: '', failure: '' }
const why = (error: unknown) => (error instanceof Error ? error.message : String(error))

async function embedded(): Promise<Served> {
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(folder, 0o711)
  let server: EmbeddedPostgres | undefined
  const end = async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), log: () => undefined, fsync: false })
    await makeTemplate(server)
    return {
      provided: { ...nothing, socketDir: server.socketDir, template: templateName, prefix: 't_' },
      end,
    }
  } catch (error) {
    return { provided: { ...nothing, failure: why(error) }, end }
  }
}

async function onGiven(given: string): Promise<Served> {
  const server = await openGivenServer(given)
  try {
    const template = await makeMigrated(server, 'template')
    return {
      provided: { ...nothing, given: [...server.nodes], template, prefix: server.prefix },
      end: server.close,
    }
  } catch (error) {
    return { provided: { ...nothing, failure: why(error) }, end: server.close }
  }
}

/** What the rules of citus-statements.ts must know; undefined where there is no database. */
async function catalogueOf(provided: ProvidedPostgres): Promise<CitusNames | undefined> {
  if (provided.failure !== '') return undefined
  const client = new Client({ connectionString: roleUrl(provided, superuser, provided.template) })
  await client.connect()
  try {
    return namesOf(await readCatalogue(client))
  } finally {
    await client.end()
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = givenUrl()
  // What the tests start themselves is told its own addresses, and none by accident.
  delete process.env.DATABASE_URL
  const { provided, end } = await (given === undefined ? embedded() : onGiven(given))
  project.provide('pg', provided)
  project.provide('citus', await catalogueOf(provided))
  return end
}
