/**
 * As whom PostgreSQL runs. It refuses root, so root lends it another identity:
 * 1. the user `linli` if the machine has one, else `nobody`, where that user can reach programs and data;
 * 2. in a home that others cannot enter, a user namespace in which root looks like `daemon`;
 * 3. where namespaces are forbidden, copies of programs and data under a system folder, said in one sentence.
 */
import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { StartupRefusal } from '../startup-refusal.ts'
import type { Binaries } from './binaries.ts'
import type { Identity } from './processes.ts'

export interface RunAs {
  readonly kind: 'self' | 'user' | 'namespace'
  /** Owner of the data and socket folders as the machine sees it. */
  readonly identity: Identity
  /** Turns a program and its arguments into what is spawned. */
  command(
    program: string,
    args: readonly string[],
  ): { file: string; args: string[]; options: Partial<Identity> }
}

interface SystemUser extends Identity {
  readonly name: string
}

function systemUsers(): SystemUser[] {
  if (!existsSync('/etc/passwd')) return []
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length > 3)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

function self(): RunAs {
  const identity = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  return { kind: 'self', identity, command: (file, args) => ({ file, args: [...args], options: {} }) }
}

function asUser({ uid, gid }: Identity): RunAs {
  return {
    kind: 'user',
    identity: { uid, gid },
    command: (file, args) => ({ file, args: [...args], options: { uid, gid } }),
  }
}

function inNamespace(): RunAs | undefined {
  const users = systemUsers()
  const face = users.find((user) => user.name === 'daemon') ?? users.find((user) => user.uid > 0)
  if (process.platform !== 'linux' || face === undefined) return undefined
  const wrap = ['--user', `--map-user=${face.uid}`, `--map-group=${face.gid}`, '--']
  return {
    kind: 'namespace',
    identity: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
    command: (file, args) => ({ file: 'unshare', args: [...wrap, file, ...args], options: {} }),
  }
}

/** The user that a server of root's may run as. Undefined when this process is not root. */
export function lentUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = systemUsers()
  return users.find((user) => user.name === 'linli') ?? users.find((user) => user.name === 'nobody')
}

function succeeds(runAs: RunAs, program: string, args: readonly string[]): boolean {
  const { file, args: all, options } = runAs.command(program, args)
  return spawnSync(file, all, { ...options, cwd: '/', stdio: 'ignore' }).status === 0
}

/** True when that identity can run the programs and enter the folder. */
export function canServe(runAs: RunAs, binaries: Binaries, folder: string): boolean {
  const share = join(binaries.root, 'share', 'postgresql', 'postgres.bki')
  return (
    succeeds(runAs, '/bin/sh', ['-c', 'test -x "$1" && test -r "$2"', 'sh', folder, share]) &&
    succeeds(runAs, join(binaries.root, 'bin', 'initdb'), ['--version']) &&
    succeeds(runAs, join(binaries.root, 'bin', 'postgres'), ['--version'])
  )
}

/** True when that identity can pass through a folder that stands outside the data. */
export function canEnter(runAs: RunAs, folder: string): boolean {
  const right = runAs.kind === 'user' ? '-x' : '-w'
  return succeeds(runAs, '/bin/sh', ['-c', `test ${right} "$1"`, 'sh', folder])
}

function hasName(): boolean {
  try {
    userInfo()
    return true
  } catch {
    return false
  }
}

/**
 * Chooses the identity for programs and data where they stand. `folder` is the existing parent of the data.
 * Undefined: nothing works here, so programs and data must move (case 3).
 */
export function chooseIdentity(binaries: Binaries, folder: string): RunAs | undefined {
  if (process.getuid?.() !== 0) {
    // initdb wants a user with a name; a container may run under a bare number.
    const namespace = hasName() ? undefined : inNamespace()
    return namespace !== undefined && canServe(namespace, binaries, folder) ? namespace : self()
  }
  const user = lentUser()
  if (user !== undefined && canServe(asUser(user), binaries, folder)) return asUser(user)
  const namespace = inNamespace()
  return namespace !== undefined && canServe(namespace, binaries, folder) ? namespace : undefined
}

/** The identity for copies under a system folder. Throws StartupRefusal when even that is impossible. */
export function identityForCopies(binaries: Binaries, folder: string): RunAs {
  const user = lentUser()
  if (user !== undefined && canServe(asUser(user), binaries, folder)) return asUser(user)
  throw new StartupRefusal('platform/root-cannot-serve', {
    zh: 'PostgreSQL 不能以 root 运行，这里也没有别的用户能够运行它：请换一个普通用户启动，或设置 DATABASE_URL 使用外部数据库。',
    en: 'PostgreSQL refuses to run as root and no other user can run it here: start as an ordinary user, or set DATABASE_URL to use an external database.',
  })
}

/** A folder others can pass through, for copies of programs and data. `LINLI_SYSTEM_FOLDER` names another one. */
export function systemFolder(): string {
  const folder = process.env.LINLI_SYSTEM_FOLDER ?? '/var/lib/linli'
  makeFolder(folder, 0o755)
  return folder
}

/** Gives a whole tree to the identity; does nothing when it already owns the top. Root only. */
export function giveTo(identity: Identity, folder: string): void {
  if (process.getuid?.() !== 0 || statSync(folder).uid === identity.uid) return
  const walk = (path: string) => {
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) walk(join(path, name))
    lchownSync(path, identity.uid, identity.gid)
  }
  for (const name of readdirSync(folder)) walk(join(folder, name))
  // The top last: a killed walk is then taken up again by the next start.
  chownSync(folder, identity.uid, identity.gid)
}

/** The nearest existing folder at or above a path. */
export function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path))
}
