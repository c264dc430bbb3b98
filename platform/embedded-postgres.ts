/**
 * The embedded PostgreSQL: a real server from npm, started beside the application, found again after a crash,
 * and stopped by its last user. Why it works as it does: docs/decisions/0002-embedded-postgres.md.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { findBinaries, readyBinaries } from './embedded-postgres/binaries.ts'
import { locateData } from './embedded-postgres/cluster.ts'
import { joinUsers, leaveUsers, socketUrl } from './embedded-postgres/connection.ts'
import { findRunning, type Running, stopServer } from './embedded-postgres/find-running.ts'
import { launch, type Place } from './embedded-postgres/launch.ts'
import { waitForExit } from './embedded-postgres/processes.ts'
import { port } from './embedded-postgres/settings.ts'
import { removeSocketFolder, shortName } from './embedded-postgres/socket-folder.ts'
import { takeStartLock } from './embedded-postgres/start-lock.ts'
import { StartupRefusal } from './startup-refusal.ts'

export { superuser } from './embedded-postgres/settings.ts'

export interface EmbeddedOptions {
  /** Folder of the database itself, usually `LINLI_DATA/pg`; made when missing. */
  readonly dataDir: string
  /** Progress, one line at a time, Chinese and English. */
  readonly log: (line: string) => void
  /** False only in tests: faster, and a crash of the machine may lose everything. Default true. */
  readonly fsync?: boolean
}

export interface EmbeddedPostgres {
  readonly socketDir: string
  readonly port: number
  /** Where the data really is; differs from what was asked when root had to move it. */
  readonly dataDir: string
  /** True when a running server was found, false when this call started it. */
  readonly adopted: boolean
  /** Pid of the postmaster at the time of asking. */
  pid(): number
  /** Connection string for `pg`. */
  urlFor(role: string, database: string): string
  /** Leaves the server; the last user stops it. Says what happened. */
  stop(): Promise<'stopped' | 'left-running'>
}

interface Attached {
  readonly place: Place
  readonly running: Running
  /** Holds the users' lock for as long as we use the server. */
  readonly keeper: Client
  readonly adopted: boolean
}

/**
 * Finds or starts the server of a data folder and keeps it up: when it dies under us it is started again. Throws
 * StartupRefusal with one plain sentence for a foreign, unwritable or newer folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = locateData(resolve(options.dataDir))
  const binaries = readyBinaries(findBinaries(), join(dataDir, '..'))
  const programs = `${binaries.version} ${binaries.root}`
  let attached = await attach({ dataDir, binaries, programs, fsync: options.fsync ?? true, log: options.log })
  const { adopted } = attached
  let leaving = false
  let recovery: Promise<void> | undefined

  const watch = () => {
    attached.keeper.once('end', () => {
      if (!leaving) recovery = recover()
    })
  }
  const recover = async () => {
    options.log('内置数据库中断，正在重新启动。 The embedded database went away and is being started again.')
    for (let wait = 100; !leaving; wait = Math.min(wait * 2, 5_000)) {
      // The folder was removed under us: nothing to bring back, and a new empty database would be worse.
      if (!existsSync(join(attached.place.dataDir, 'PG_VERSION'))) return
      try {
        attached = await attach(attached.place)
        watch()
        return
      } catch (error) {
        options.log(error instanceof Error ? error.message : String(error))
        await delay(wait)
      }
    }
  }
  watch()

  const stop = async () => {
    leaving = true
    await recovery
    return leave(attached)
  }
  let stopping: ReturnType<typeof stop> | undefined
  return {
    get socketDir() {
      return attached.running.socketDir
    },
    port,
    get dataDir() {
      return attached.place.dataDir
    },
    adopted,
    pid: () => attached.running.pid,
    urlFor: (role, database) => socketUrl(attached.running.socketDir, role, database),
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** One start: find, else launch, then join the users. Another starter or a closing server means once more. */
async function attach(wanted: Place): Promise<Attached> {
  let place = wanted
  const release = await takeStartLock(shortName(place.dataDir))
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      const found = await findRunning(place)
      let running: Running | 'lost' | undefined = found
      if (running === undefined) ({ place, running } = await launch(place))
      const keeper =
        running === 'lost' ? undefined : await joinUsers(running.socketDir).catch(() => undefined)
      if (running !== 'lost' && keeper !== undefined)
        return { place, running, keeper, adopted: found !== undefined }
      if (running !== 'lost') await waitForExit(running.pid, 2_000)
    }
  } finally {
    release()
  }
  throw new StartupRefusal('platform/database-start-failed', {
    zh: `内置数据库反复启动又关闭：请查看 ${place.dataDir}.log。`,
    en: `The embedded database keeps starting and closing: see ${place.dataDir}.log.`,
  })
}

async function leave({ keeper, running }: Attached): Promise<'stopped' | 'left-running'> {
  const last = await leaveUsers(keeper).catch(() => false)
  if (last) await stopServer(running.pid)
  await keeper.end().catch(() => undefined)
  if (last) removeSocketFolder(running.socketDir)
  return last ? 'stopped' : 'left-running'
}
