/**
 * The folder of the server's socket: private, and short, for a socket's path may have 107 bytes and a Chinese
 * character in it takes three. Whoever can enter the folder is trusted by the server, so its owner and mode are
 * checked each time.
 */
import { createHash } from 'node:crypto'
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartupRefusal } from '../startup-refusal.ts'
import { type Identity, isAlive } from './processes.ts'
import { port } from './settings.ts'

const longestFolder = 93

/** Stable short name of a data folder, for its socket folder and its start lock. */
export function shortName(dataDir: string): string {
  return createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
}

/** True when the folder is a real one, of that owner, closed to everyone else. */
export function isPrivate(folder: string, owner: number): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0
}

function bases(): string[] {
  const runtime = process.env.XDG_RUNTIME_DIR
  const all = [...(runtime ? [runtime] : []), tmpdir(), '/tmp', '/var/tmp']
  return all.filter((base) => lstatSync(base, { throwIfNoEntry: false }) !== undefined)
}

/**
 * Makes or finds the socket folder of a data folder. `canEnter` tells whether the server's user reaches a base.
 * A name that someone else has taken is passed over for the next one.
 */
export function socketFolder(dataDir: string, owner: Identity, canEnter: (base: string) => boolean): string {
  const name = `linli-${shortName(dataDir)}`
  for (const base of bases()) {
    for (const suffix of ['', '-1', '-2']) {
      const folder = join(base, name + suffix)
      if (Buffer.byteLength(folder) > longestFolder || !canEnter(base)) continue
      if (makePrivate(folder, owner) && clearOf(folder)) return folder
    }
  }
  throw new StartupRefusal('platform/no-socket-folder', {
    zh: '找不到可以放数据库套接字的临时目录：请让 TMPDIR 指向一个短路径的可写目录。',
    en: 'There is no temporary folder for the database socket: point TMPDIR at a writable folder with a short path.',
  })
}

function makePrivate(folder: string, owner: Identity): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 })
    if (process.getuid?.() === 0) chownSync(folder, owner.uid, owner.gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    giveOwnFolder(folder, owner)
  }
  return isPrivate(folder, owner.uid)
}

/**
 * Removes what a killed server left in the folder; false when a living one still uses it (its data folder was
 * renamed, and a new one made in its place). PostgreSQL itself would take a dead but unreaped process for living.
 */
function clearOf(folder: string): boolean {
  const socket = join(folder, `.s.PGSQL.${port}`)
  const text = existsSync(`${socket}.lock`) ? readFileSync(`${socket}.lock`, 'utf8') : ''
  const pid = Number.parseInt(text, 10)
  if (pid > 0 && isAlive(pid)) return false
  rmSync(`${socket}.lock`, { force: true })
  rmSync(socket, { force: true })
  return true
}

/** Root may find the folder made under another identity of its own; an empty one is made over. */
function giveOwnFolder(folder: string, owner: Identity): void {
  if (process.getuid?.() !== 0 || !isPrivate(folder, 0)) return
  chownSync(folder, owner.uid, owner.gid)
}

/** Removes the folder when nothing is in it any more. */
export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Still in use, or already gone: the next start finds or makes it.
  }
}
