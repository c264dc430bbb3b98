/**
 * A data folder of its own with a migrated database, gone again at the end. The real one, as linli_app: the embedded one
 * in the folder, or one of the proof's own on the server that DATABASE_URL names.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DataKeys, openDataFolder } from '../../platform/data-folder.ts'
import {
  appRole,
  databaseName,
  ownerRole,
  prepareDatabase,
  workerRole,
} from '../../platform/database-roles.ts'
import { endProcesses, postgresProcessesIn } from '../../platform/embedded-postgres/processes.ts'
import { lentUser } from '../../platform/embedded-postgres/run-as.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres, superuser } from '../../platform/embedded-postgres.ts'
import { migrate } from '../../platform/migrate.ts'
import { version } from '../../platform/settings.ts'
import { givenUrl, openGivenServer } from '../../platform/testing/given-server.ts'
import { whenBrokenOff } from './broken-off.ts'

export interface TemporaryData {
  /** Serves as `LINLI_DATA` of a server process. */
  readonly folder: string
  /** False on a server that DATABASE_URL names: its processes, folder and settings are not the proof's. */
  readonly ownServer: boolean
  /** Where the database really is. @throws Error on a given server */
  readonly pgFolder: string
  readonly filesFolder: string
  readonly keys: DataKeys
  appUrl(database?: string): string
  ownerUrl(database?: string): string
  workerUrl(database?: string): string
  superuserUrl(database?: string): string
  /** What a database of this name is really called: on a given server proofs must not meet. */
  nameOf(database?: string): string
  /** Leaves the database running for whoever else uses it, or stops it; `open` comes back to it. */
  leave(): Promise<void>
  open(): Promise<void>
  /** Ends what still runs in the folder, by pid, and removes it. */
  remove(): Promise<void>
}

export interface TemporaryDataOptions {
  /** Off, a write is faster and only a crash of the machine would matter; the crash proof keeps it on. */
  readonly fsync: boolean
  /** The schema is left to the proof. */
  readonly unmigrated?: true
  /** In place of new keys. */
  readonly keysText?: string
}

/** The server that a proof works on. */
interface ProofServer {
  readonly ownServer: boolean
  readonly pgFolder: string
  /** What a server process needs in its environment to find it. */
  readonly environment: Readonly<Record<string, string>>
  nameOf(database: string): string
  urlFor(role: string, database: string): string
  prepare(): Promise<void>
  leave(): Promise<void>
  open(): Promise<void>
  end(): Promise<void>
}

export async function makeTemporaryData(options: TemporaryDataOptions): Promise<TemporaryData> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'linli-proof-')))
  // A database of root's runs as another user, who must be able to pass through here.
  chmodSync(folder, 0o711)
  const data = openDataFolder(join(folder, 'data'), {
    version,
    ...(options.keysText ? { keysText: options.keysText } : {}),
  })
  const given = givenUrl()
  const server = await (given === undefined ? embedded(data.pg, options.fsync) : onGiven(given))
  environments.set(data.root, server.environment)
  const remove = async () => {
    forget()
    environments.delete(data.root)
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  }
  const forget = whenBrokenOff(remove)
  try {
    await server.open()
    await server.prepare()
    if (!options.unmigrated) await migrate(server.urlFor(ownerRole, databaseName))
  } catch (error) {
    await remove()
    throw error
  }
  return {
    folder: data.root,
    ownServer: server.ownServer,
    get pgFolder() {
      return server.pgFolder
    },
    filesFolder: data.files,
    keys: data.keys,
    appUrl: (database = databaseName) => server.urlFor(appRole, database),
    ownerUrl: (database = databaseName) => server.urlFor(ownerRole, database),
    workerUrl: (database = databaseName) => server.urlFor(workerRole, database),
    superuserUrl: (database = databaseName) => server.urlFor(superuser, database),
    nameOf: (database = databaseName) => server.nameOf(database),
    leave: server.leave,
    open: server.open,
    remove,
  }
}

const environments = new Map<string, Readonly<Record<string, string>>>()

/** What a server process on this data folder needs in its environment besides: the addresses of a given database. */
export const environmentOf = (dataFolder: string): Readonly<Record<string, string>> =>
  environments.get(dataFolder) ?? {}

async function embedded(pgFolder: string, fsync: boolean): Promise<ProofServer> {
  let postgres: EmbeddedPostgres | undefined
  const running = () => {
    if (!postgres) throw new Error('the database of this proof is not open')
    return postgres
  }
  const leave = async () => {
    const leaving = postgres
    postgres = undefined
    await leaving?.stop()
  }
  return {
    ownServer: true,
    get pgFolder() {
      return running().dataDir
    },
    environment: {},
    nameOf: (database) => database,
    urlFor: (role, database) => running().urlFor(role, database),
    prepare: () => prepareDatabase((database) => running().urlFor(superuser, database)),
    open: async () => {
      postgres ??= await startEmbeddedPostgres({ dataDir: pgFolder, log: () => {}, fsync })
    },
    leave,
    end: async () => {
      await leave()
      await endProcesses(postgresProcessesIn(pgFolder, lentUser()))
    },
  }
}

/** The server goes on whatever a proof does; only the databases of the proof are its own. */
async function onGiven(given: string): Promise<ProofServer> {
  const server = await openGivenServer(given)
  const nameOf = (database: string) => (database === 'postgres' ? database : `${server.prefix}${database}`)
  const urlFor = (role: string, database: string) =>
    database === 'postgres' ? given : server.urlFor(role, nameOf(database))
  return {
    ownServer: false,
    get pgFolder(): string {
      throw new Error('the folder of a given database server is not known')
    },
    environment: {
      DATABASE_URL: urlFor(appRole, databaseName),
      DATABASE_OWNER_URL: urlFor(ownerRole, databaseName),
      DATABASE_WORKER_URL: urlFor(workerRole, databaseName),
      DATABASE_BACKUP_URL: urlFor(superuser, databaseName),
    },
    nameOf,
    urlFor,
    prepare: async () => void (await server.make(databaseName)),
    open: async () => {},
    leave: async () => {},
    end: server.close,
  }
}
