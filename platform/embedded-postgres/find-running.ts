/** The first half of a start: is there a server already, and may we use it? */

import { existsSync, realpathSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { readPidFile } from './cluster.ts'
import { type Answer, ask } from './connection.ts'
import { isAlive, postgresProcessesIn, signal, waitForExit } from './processes.ts'
import { lentUser } from './run-as.ts'
import { isPrivate } from './socket-folder.ts'

export interface Running {
  readonly socketDir: string
  readonly pid: number
}

interface Search {
  /** Real path of the data folder. */
  readonly dataDir: string
  /** Name of our programs, as `linli.programs` of a server that they started. */
  readonly programs: string
  readonly log: (line: string) => void
}

/** How long a living server may stay silent before it counts as stuck: it has lost its socket, or was frozen. */
const silencePatience = 5_000

/**
 * Finds the server of this data folder. A server that recovers or closes is waited for; one that is stuck, or was
 * started by other programs and has no user left, is stopped. Undefined: there is none (any more).
 */
export async function findRunning(search: Search): Promise<Running | undefined> {
  let silentSince: number | undefined
  let told = 0
  for (;;) {
    const file = existsSync(search.dataDir) ? readPidFile(search.dataDir) : undefined
    if (file === undefined) return undefined
    const owner = statSync(search.dataDir).uid
    const answer: Answer = isPrivate(file.socketDir, owner) ? await ask(file.socketDir) : { kind: 'silent' }
    if (answer.kind === 'ready' && isSamePlace(answer.dataDir, search.dataDir)) {
      if (answer.programs === search.programs || answer.users > 0)
        return { socketDir: file.socketDir, pid: file.pid }
      search.log(
        '内置数据库由另一版程序启动，正在重新启动。 Restarting the embedded database: other programs had started it.',
      )
      await stopServer(file.pid)
      return undefined
    }
    if (!standsIn(file.pid, search.dataDir)) return undefined
    if (answer.kind === 'ready') {
      // The folder was renamed under a running server: it is ours, but thinks it lives elsewhere.
      await stopServer(file.pid)
      return undefined
    }
    if (answer.kind === 'silent') {
      silentSince ??= Date.now()
      if (Date.now() - silentSince > silencePatience) {
        await stopServer(file.pid)
        return undefined
      }
    } else {
      silentSince = undefined
      if (Date.now() - told > 3_000) {
        told = Date.now()
        search.log(
          '内置数据库正在恢复或关闭，请稍候…… The embedded database is recovering or closing, please wait…',
        )
      }
    }
    await delay(50)
  }
}

/** True when the process lives and is a postgres of this data folder, not a stranger with a reused pid. */
function standsIn(pid: number, dataDir: string): boolean {
  return isAlive(pid) && postgresProcessesIn(dataDir, lentUser()).includes(pid)
}

function isSamePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === b
  } catch {
    return false
  }
}

/** Stops a postmaster: politely, then at once, then by force. All three keep what was committed. */
export async function stopServer(pid: number): Promise<void> {
  const ways: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ]
  for (const [name, patience] of ways) {
    signal(pid, name)
    if (await waitForExit(pid, patience)) return
  }
}
