/**
 * What runs on this machine, as far as the embedded server must know: whether a pid lives, and which postgres
 * processes stand in a data folder. A postgres process has its working directory there all its life, which
 * tells it from a stranger that got a reused pid.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface Identity {
  readonly uid: number
  readonly gid: number
}

/** True while the process runs; a dead one that nobody has reaped yet counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (!existsSync('/proc/self/stat')) return true
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

/** Waits until the process is gone; false when it still lives after `milliseconds`. */
export async function waitForExit(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > end) return false
    await delay(20)
  }
  return true
}

const listOnLinux =
  'for p in /proc/[0-9]*; do read -r n < "$p/comm" 2>/dev/null || continue; ' +
  '[ "$n" = postgres ] || continue; d=$(readlink "$p/cwd" 2>/dev/null) || continue; ' +
  'printf "%s %s\\0" "$' +
  '{p#/proc/}" "$d"; done'

/**
 * Pids of the postgres processes whose working directory is `folder` (a real path). `also` is the user the
 * server may run as: inside a container root may be unable to look at another user's processes, that user can.
 */
export function postgresProcessesIn(folder: string, also?: Identity): number[] {
  const runs = also === undefined ? [undefined] : [undefined, also]
  const pids = new Set<number>()
  for (const identity of runs) {
    for (const { pid, cwd } of process.platform === 'linux' ? onLinux(identity) : elsewhere()) {
      if (cwd === folder && pid !== process.pid && isAlive(pid)) pids.add(pid)
    }
  }
  return [...pids]
}

function onLinux(identity: Identity | undefined): { pid: number; cwd: string }[] {
  const run = spawnSync('/bin/sh', ['-c', listOnLinux], { ...identity, cwd: '/', encoding: 'utf8' })
  return (run.stdout ?? '')
    .split('\0')
    .map((line) => ({ pid: Number.parseInt(line, 10), cwd: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ pid }) => pid > 0)
}

function elsewhere(): { pid: number; cwd: string }[] {
  const run = spawnSync('lsof', ['-a', '-d', 'cwd', '-c', 'postgres', '-Fpn'], { encoding: 'utf8' })
  const found: { pid: number; cwd: string }[] = []
  let pid = 0
  for (const line of (run.stdout ?? '').split('\n')) {
    if (line.startsWith('p')) pid = Number.parseInt(line.slice(1), 10)
    if (line.startsWith('n')) found.push({ pid, cwd: line.slice(1) })
  }
  return found
}

/** Ends orphans for good. SIGKILL, because a stopped or spinning backend answers to nothing else. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGKILL')
  for (const pid of pids) await waitForExit(pid, 10_000)
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
