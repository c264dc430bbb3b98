/** Data folder, database and keys, ready to serve: what the server, the worker and the command line begin with. */
import { Client } from 'pg'
import { addressForMigrations, layOutForCitus } from '../platform/citus.ts'
import { type DataFolder, openDataFolder } from '../platform/data-folder.ts'
import { refuseOpenWalls, refuseUnsafeDatabase } from '../platform/database-findings.ts'
import { refuseUsualPassword } from '../platform/database-password.ts'
import {
  appRole,
  databaseName,
  ownerRole,
  prepareDatabase,
  prepareGivenDatabase,
  refuseUnsafeRole,
  workerRole,
} from '../platform/database-roles.ts'
import { startEmbeddedPostgres, superuser } from '../platform/embedded-postgres.ts'
import { keysOfFolder } from '../platform/key-rotation.ts'
import { migrate } from '../platform/migrate.ts'
import { type Settings, version } from '../platform/settings.ts'
import { StartupRefusal } from '../platform/startup-refusal.ts'

export interface OpenDatabase {
  folder: DataFolder
  /** Serves, under row security. */
  appUrl: string
  /** Migrates. */
  ownerUrl: string
  /** Runs jobs. */
  workerUrl: string
  /** Above row security, for backups: the embedded superuser, or what DATABASE_BACKUP_URL names. */
  adminUrl: string
  embedded: boolean
  stop(): Promise<void>
}

/** For `openKeys`: how a program that runs learns of a new key. Keys from the environment change with a restart only. */
export const renewedKeys = (settings: Settings, { folder }: Pick<OpenDatabase, 'folder'>) =>
  settings.keysText === undefined ? keysOfFolder(folder.root) : undefined

/** Progress, one line at a time. */
export type Say = (line: string) => void

/** As openDatabase, but the database is left as it is: for a restore, and for looking at a sick one. */
export async function openUnmigrated(settings: Settings, say: Say): Promise<OpenDatabase> {
  const folder = openDataFolder(settings.dataDir, {
    version,
    ...(settings.keysText ? { keysText: settings.keysText } : {}),
  })
  const database = settings.databaseUrl
    ? externalDatabase(settings, settings.databaseUrl)
    : await embeddedDatabase(folder, say)
  return { folder, ...database }
}

/** Opens or makes the data folder, finds or starts the database, migrates it, and proves the serving role is safe. */
export async function openDatabase(settings: Settings, say: Say): Promise<OpenDatabase> {
  const database = await openUnmigrated(settings, say)
  try {
    if (!database.embedded) {
      const { databaseUrl, databaseOwnerUrl, databaseWorkerUrl } = settings
      refuseUsualPassword({
        DATABASE_URL: databaseUrl,
        DATABASE_OWNER_URL: databaseOwnerUrl,
        DATABASE_WORKER_URL: databaseWorkerUrl,
      })
      await prepareGivenDatabase(database.ownerUrl)
    }
    const migrating = settings.citus ? await addressForMigrations(database.ownerUrl) : database.ownerUrl
    const applied = await migrate(migrating, (name) => say(`  ${name}`))
    if (applied > 0)
      say(`数据库结构已就绪（${applied} 项）。 The database schema is ready (${applied} applied).`)
    if (settings.citus) await layOutForCitus(database.ownerUrl, say)
    const client = new Client({ connectionString: database.appUrl })
    await client.connect()
    try {
      await refuseUnsafeRole(client)
      await refuseOpenWalls(client)
      // Ours is made right; a given one was made by others.
      if (!database.embedded) await refuseUnsafeDatabase(client)
    } finally {
      await client.end()
    }
  } catch (error) {
    await database.stop()
    throw error
  }
  return database
}

type Opened = Omit<OpenDatabase, 'folder'>

function externalDatabase(settings: Settings, appUrl: string): Opened {
  if (!settings.databaseOwnerUrl)
    throw new StartupRefusal('platform/owner-url-missing', {
      zh: '设置了 DATABASE_URL，还需要 DATABASE_OWNER_URL（负责建表与升级的角色）。',
      en: 'DATABASE_URL is set; DATABASE_OWNER_URL, the role that migrates, is needed too.',
    })
  return {
    appUrl,
    ownerUrl: settings.databaseOwnerUrl,
    workerUrl: settings.databaseWorkerUrl ?? appUrl,
    adminUrl: process.env.DATABASE_BACKUP_URL ?? settings.databaseOwnerUrl,
    embedded: false,
    stop: async () => {},
  }
}

async function embeddedDatabase(folder: DataFolder, say: Say): Promise<Opened> {
  if (folder.isNew) say('正在准备内置数据库…… Preparing the embedded database…')
  const server = await startEmbeddedPostgres({ dataDir: folder.pg, log: say })
  await prepareDatabase((database) => server.urlFor(superuser, database))
  return {
    appUrl: server.urlFor(appRole, databaseName),
    ownerUrl: server.urlFor(ownerRole, databaseName),
    workerUrl: server.urlFor(workerRole, databaseName),
    adminUrl: server.urlFor(superuser, databaseName),
    embedded: true,
    stop: async () => {
      await server.stop()
    },
  }
}
