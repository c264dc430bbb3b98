/**
 * Lets one process at a time decide whether the embedded server must be started. Without it two starters could
 * each take the other's young server for an orphan.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive } from './processes.ts'

/** After this long the holder is stuck or a stranger; the steps of the start stand on their own feet. */
const patience = 120_000

/** Waits for the turn; the returned function gives it up. A killed holder gives it up by dying. */
export async function takeStartLock(name: string): Promise<() => void> {
  const end = Date.now() + patience
  for (;;) {
    const release = process.platform === 'linux' ? await listen(`\0linli-start-${name}`) : claimFile(name)
    if (release !== undefined) return release
    if (Date.now() > end) return () => undefined
    await delay(30)
  }
}

/** An abstract socket: no file, and the kernel frees the name when its holder dies. */
function listen(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(name, () => resolve(() => server.close()))
    server.unref()
  })
}

function claimFile(name: string): (() => void) | undefined {
  const path = join(tmpdir(), `linli-start-${name}`)
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
    return () => rmSync(path, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = Number.parseInt(readFileSync(path, 'utf8'), 10)
    if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true })
    return undefined
  }
}
