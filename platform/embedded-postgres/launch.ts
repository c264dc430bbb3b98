/** The second half of a start: no server of this data folder answers, so one is started. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { unwritable } from '../make-folder.ts'
import { StartupRefusal } from '../startup-refusal.ts'
import { type Binaries, copyBinaries } from './binaries.ts'
import { checkCluster, checkOwner, makeCluster, moveToSystemFolder, removePidFile } from './cluster.ts'
import { ask } from './connection.ts'
import type { Running } from './find-running.ts'
import { endProcesses, postgresProcessesIn } from './processes.ts'
import {
  canEnter,
  chooseIdentity,
  giveTo,
  identityForCopies,
  lentUser,
  nearestFolder,
  type RunAs,
  systemFolder,
} from './run-as.ts'
import { programEnvironment, serverArguments } from './settings.ts'
import { socketFolder } from './socket-folder.ts'

/** A log larger than this is set aside at the next start. */
const largestLog = 5_000_000

export interface Place {
  /** Real path of the data folder; it may not exist yet. */
  readonly dataDir: string
  readonly binaries: Binaries
  /** Name of the programs, given to the server as `linli.programs`. */
  readonly programs: string
  readonly fsync: boolean
  readonly log: (line: string) => void
}

/** Starts the server. `lost` says that another starter was quicker: look for its server. */
export async function launch(wanted: Place): Promise<{ place: Place; running: Running | 'lost' }> {
  const { place, runAs } = settle(wanted)
  const exists = checkCluster(place.dataDir, place.binaries)
  if (exists) {
    checkOwner(place.dataDir, runAs)
    // Backends outlive a killed postmaster and hold its shared memory; only without them is its pid file stale.
    await endProcesses(postgresProcessesIn(place.dataDir, lentUser()))
    removePidFile(place.dataDir)
  } else {
    place.log('正在建立内置数据库…… Making the embedded database…')
    await makeCluster(place.dataDir, place.binaries, runAs, place.fsync)
  }
  giveTo(runAs.identity, place.dataDir)
  const socketDir = socketFolder(place.dataDir, runAs.identity, (base) => canEnter(runAs, base))
  return { place, running: await spawnServer(place, runAs, socketDir) }
}

/** Chooses the identity, and moves programs and data when root can lend none where they stand. */
function settle(place: Place): { place: Place; runAs: RunAs } {
  const runAs = chooseIdentity(place.binaries, nearestFolder(place.dataDir))
  if (runAs !== undefined) return { place, runAs }
  const folder = systemFolder()
  const binaries = copyBinaries(place.binaries, folder)
  const copied = identityForCopies(binaries, folder)
  const dataDir = moveToSystemFolder(place.dataDir)
  place.log(
    `别的用户进不了这个目录，数据库程序和数据已放到 ${folder}（数据在 ${dataDir}）。 ` +
      `Other users cannot enter this folder, so the database programs and data are kept under ${folder} (data in ${dataDir}).`,
  )
  return { place: { ...place, binaries, dataDir }, runAs: copied }
}

async function spawnServer(place: Place, runAs: RunAs, socketDir: string): Promise<Running | 'lost'> {
  const logPath = `${place.dataDir}.log`
  const settings = { dataDir: place.dataDir, socketDir, programs: place.programs, fsync: place.fsync }
  const { file, args, options } = runAs.command(
    join(place.binaries.root, 'bin', 'postgres'),
    serverArguments(settings),
  )
  const { log, start } = openLog(logPath)
  // Detached: Ctrl-C and a killed process group reach the application, never the database before it.
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    env: programEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  for (;;) {
    const answer = await ask(socketDir)
    if (answer.kind === 'ready' && child.pid !== undefined && isRunning(child))
      return { socketDir, pid: child.pid }
    if (failure !== undefined || !isRunning(child)) {
      const words = failure?.message ?? readFileSync(logPath).subarray(start).toString('utf8')
      if (words.includes('lock file "postmaster.pid"')) return 'lost'
      throw startFailed(words, logPath)
    }
    await delay(20)
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function openLog(path: string): { log: number; start: number } {
  try {
    if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, `${path}.1`)
    const log = openSync(path, 'a', 0o600)
    return { log, start: statSync(path).size }
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

function startFailed(words: string, logPath: string): StartupRefusal {
  const lines = words.trim().split('\n')
  const reason = lines.find((line) => /FATAL|PANIC|error while loading/.test(line)) ?? lines.at(-1) ?? ''
  return new StartupRefusal('platform/database-start-failed', {
    zh: `内置数据库没有启动起来：${reason}（全文见 ${logPath}）`,
    en: `The embedded database did not start: ${reason} (in full: ${logPath})`,
  })
}
