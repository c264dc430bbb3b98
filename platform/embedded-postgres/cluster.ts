/** The data folder of the embedded server: where it is, whether it is ours, and how it is made. */
import { spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { makeFolder, unwritable } from '../make-folder.ts'
import { StartupRefusal } from '../startup-refusal.ts'
import type { Binaries } from './binaries.ts'
import { type RunAs, systemFolder } from './run-as.ts'
import { programEnvironment, superuser } from './settings.ts'
import { shortName } from './socket-folder.ts'

/** Says that a PostgreSQL data folder was made by Linli and may be started, adopted and stopped by it. */
const marker = 'linli-cluster.json'

/** What `postmaster.pid` says; all of it may be out of date. */
export interface PidFile {
  readonly pid: number
  readonly dataDir: string
  readonly socketDir: string
}

/**
 * The real path of the data folder, following the note that is left when root had to move it to a system folder.
 * The parent is made when it is missing. Throws StartupRefusal when that is impossible.
 */
export function locateData(wanted: string): string {
  try {
    makeFolder(dirname(wanted))
  } catch (cause) {
    throw unwritable(dirname(wanted), cause)
  }
  const path = join(realpathSync(dirname(wanted)), basename(wanted))
  const note = noteBeside(path)
  if (existsSync(note)) return (JSON.parse(readFileSync(note, 'utf8')) as { movedTo: string }).movedTo
  return existsSync(path) ? realpathSync(path) : path
}

function noteBeside(dataDir: string): string {
  return `${dataDir}.location.json`
}

/** Moves the data folder (it may not exist yet) under the system folder and leaves a note. Returns the new path. */
export function moveToSystemFolder(dataDir: string): string {
  const target = join(systemFolder(), shortName(dataDir))
  if (existsSync(dataDir) && !existsSync(target)) {
    cpSync(dataDir, `${target}.new`, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
    renameSync(`${target}.new`, target)
  }
  writeFileSync(noteBeside(dataDir), `${JSON.stringify({ movedTo: target })}\n`, { mode: 0o600 })
  if (existsSync(dataDir)) renameSync(dataDir, `${dataDir}.before-move`)
  return target
}

/** True when a finished cluster stands there. Throws StartupRefusal for anything else that stands there. */
export function checkCluster(dataDir: string, binaries: Binaries): boolean {
  if (!existsSync(dataDir)) return false
  let names: string[]
  try {
    names = readdirSync(dataDir)
  } catch (cause) {
    throw unwritable(dataDir, cause)
  }
  if (names.length === 0) return false
  if (!names.includes('PG_VERSION') || !names.includes(marker)) {
    throw new StartupRefusal('platform/foreign-database-folder', {
      zh: `目录 ${dataDir} 里有别的内容，不是 Linli 建立的数据库；没有改动它，请换一个数据目录（LINLI_DATA）。`,
      en: `The folder ${dataDir} holds something that Linli did not make; it was left alone. Choose another data folder (LINLI_DATA).`,
    })
  }
  const made = Number.parseInt(readFileSync(join(dataDir, 'PG_VERSION'), 'utf8'), 10)
  if (made !== binaries.major) {
    throw new StartupRefusal('platform/database-version', {
      zh: `数据目录 ${dataDir} 属于 PostgreSQL ${made}，而这里的程序是 PostgreSQL ${binaries.major}：请用当时的版本做备份，再恢复到新的空目录。`,
      en: `The data folder ${dataDir} belongs to PostgreSQL ${made}, but these programs are PostgreSQL ${binaries.major}: back it up with the version that made it and restore into a new empty folder.`,
    })
  }
  return true
}

/** Refuses a cluster of another ordinary user: PostgreSQL insists on owning its folder. */
export function checkOwner(dataDir: string, runAs: RunAs): void {
  if (process.getuid?.() === 0 || statSync(dataDir).uid === runAs.identity.uid) return
  throw new StartupRefusal('platform/database-owner', {
    zh: `数据目录 ${dataDir} 属于另一个系统用户：请用当初启动 Linli 的用户启动，或更改目录的所有者。`,
    en: `The data folder ${dataDir} belongs to another system user: start as the user who started Linli before, or change the owner of the folder.`,
  })
}

/** Makes the cluster aside and renames it, so that a killed first start leaves nothing half-made in its place. */
export async function makeCluster(
  dataDir: string,
  binaries: Binaries,
  runAs: RunAs,
  fsync: boolean,
): Promise<void> {
  const aside = `${dataDir}.new`
  try {
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { mode: 0o700 })
    if (process.getuid?.() === 0) chownSync(aside, runAs.identity.uid, runAs.identity.gid)
  } catch (cause) {
    throw unwritable(dirname(dataDir), cause)
  }
  await initdb(aside, binaries, runAs, fsync)
  const owner = { uid: runAs.identity.uid, gid: runAs.identity.gid }
  const place = (name: string, text: string) => {
    writeFileSync(join(aside, name), text, { mode: 0o600 })
    if (process.getuid?.() === 0) chownSync(join(aside, name), owner.uid, owner.gid)
  }
  // The 0700 socket folder is the door; there is no other way in (docs/decisions/0002).
  place('pg_hba.conf', 'local all all trust\n')
  place(marker, `${JSON.stringify({ format: 1, postgres: binaries.version })}\n`)
  if (existsSync(dataDir)) rmSync(dataDir, { recursive: true })
  renameSync(aside, dataDir)
}

async function initdb(folder: string, binaries: Binaries, runAs: RunAs, fsync: boolean): Promise<void> {
  // The builtin C.UTF-8 sorts alike on every machine and after every upgrade of the system's own tables;
  // LC_CTYPE stays UTF-8 because pg_trgm asks it what a letter is.
  const ctype = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const { file, args, options } = runAs.command(join(binaries.root, 'bin', 'initdb'), [
    ...['-D', folder, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--no-instructions', '-T', 'simple'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${ctype}`],
    ...(fsync ? [] : ['--no-sync']),
  ])
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    env: programEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    words += part
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  const reason = words.trim().split('\n').at(-1) ?? ''
  throw new StartupRefusal('platform/initdb-failed', {
    zh: `无法在 ${folder} 建立数据库：${reason}`,
    en: `The database could not be made in ${folder}: ${reason}`,
  })
}

/** Reads `postmaster.pid`; undefined when it is missing, empty or cut short. */
export function readPidFile(dataDir: string): PidFile | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return pid > 0 ? { pid, dataDir: lines[1] ?? '', socketDir: lines[4] ?? '' } : undefined
}

/** Removes `postmaster.pid`. Only for a folder in which no postgres process stands. */
export function removePidFile(dataDir: string): void {
  rmSync(join(dataDir, 'postmaster.pid'), { force: true })
}
