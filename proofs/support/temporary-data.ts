/** A data folder of its own with a migrated database, gone again at the end. The real one, as linli_app. */
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
import { whenBrokenOff } from './broken-off.ts'

export interface TemporaryData {
  /** Serves as `LINLI_DATA` of a server process. */
  readonly folder: string
  /** Where the database really is. */
  readonly pgFolder: string
  readonly filesFolder: string
  readonly keys: DataKeys
  appUrl(database?: string): string
  ownerUrl(database?: string): string
  workerUrl(database?: string): string
  superuserUrl(database?: string): string
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

export async function makeTemporaryData(options: TemporaryDataOptions): Promise<TemporaryData> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'linli-proof-')))
  // A database of root's runs as another user, who must be able to pass through here.
  chmodSync(folder, 0o711)
  const data = openDataFolder(join(folder, 'data'), {
    version,
    ...(options.keysText ? { keysText: options.keysText } : {}),
  })
  let postgres: EmbeddedPostgres | undefined
  const open = async () => {
    postgres ??= await startEmbeddedPostgres({ dataDir: data.pg, log: () => {}, fsync: options.fsync })
  }
  const leave = async () => {
    const leaving = postgres
    postgres = undefined
    await leaving?.stop()
  }
  const running = () => {
    if (!postgres) throw new Error('the database of this proof is not open')
    return postgres
  }
  const remove = async () => {
    forget()
    await leave()
    await endProcesses(postgresProcessesIn(data.pg, lentUser()))
    rmSync(folder, { recursive: true, force: true })
  }
  const forget = whenBrokenOff(remove)
  try {
    await open()
    await prepareDatabase((database) => running().urlFor(superuser, database))
    if (!options.unmigrated) await migrate(running().urlFor(ownerRole, databaseName))
  } catch (error) {
    await remove()
    throw error
  }
  return {
    folder: data.root,
    get pgFolder() {
      return running().dataDir
    },
    filesFolder: data.files,
    keys: data.keys,
    appUrl: (database = databaseName) => running().urlFor(appRole, database),
    ownerUrl: (database = databaseName) => running().urlFor(ownerRole, database),
    workerUrl: (database = databaseName) => running().urlFor(workerRole, database),
    superuserUrl: (database = databaseName) => running().urlFor(superuser, database),
    leave,
    open,
    remove,
  }
}
