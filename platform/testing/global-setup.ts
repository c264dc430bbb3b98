/**
 * One embedded PostgreSQL for the whole test run, in a temporary folder and without fsync, with a migrated
 * template that each test file clones. A set-up that fails is told to the tests that need a database; pure tests
 * run without it.
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
import { type ProvidedPostgres, templateName } from './provided-postgres.ts'

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

async function makeTemplate(server: EmbeddedPostgres): Promise<void> {
  await prepareDatabase((database) => server.urlFor(superuser, database))
  await migrate(server.urlFor(ownerRole, databaseName))
  const client = new Client({ connectionString: server.urlFor(superuser, 'postgres') })
  await client.connect()
  await client.query(`alter database ${databaseName} rename to ${templateName}`)
  await client.end()
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  chmodSync(folder, 0o711)
  let server: EmbeddedPostgres | undefined
  let failure = ''
  try {
    server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), log: () => undefined, fsync: false })
    await makeTemplate(server)
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error)
  }
  const provided: ProvidedPostgres = { socketDir: server?.socketDir ?? '', port: server?.port ?? 0, failure }
  project.provide('pg', provided)
  return async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
