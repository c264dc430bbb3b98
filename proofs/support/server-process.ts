/** A server as a process of its own on a port that the system chooses; its address is read from its own output. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { whenBrokenOff } from './broken-off.ts'
import { projectRoot } from './server-bundle.ts'
import { environmentOf } from './temporary-data.ts'

export interface ServerProcess {
  readonly pid: number
  readonly baseUrl: string
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyMs: number
  printed(): string
  /** False as soon as the process is gone. */
  runs(): boolean
  /** Ends it as a loss of power would, or asks it to stop. Resolves once it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

export interface StartOptions {
  readonly program: string
  readonly dataFolder: string
  readonly env?: Readonly<Record<string, string>>
  /** Given to node before the program, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
  readonly waitSeconds?: number
}

/** @throws Error with what the server printed when it ends or stays silent, or when another answers at its address */
export async function startServerProcess(options: StartOptions): Promise<ServerProcess> {
  const began = performance.now()
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      LINLI_DATA: options.dataFolder,
      LINLI_DEMO: '0',
      ...environmentOf(options.dataFolder),
      ...options.env,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  const ended = once(child, 'exit').then(([code]) => {
    forget()
    return code as number | null
  })
  const forget = whenBrokenOff(() => {
    child.kill('SIGTERM')
    return ended
  })
  try {
    const baseUrl = await addressOf(child, () => text, options.waitSeconds ?? 60)
    const readyMs = Math.round(performance.now() - began)
    refuseStranger(child.pid ?? 0, Number(new URL(baseUrl).port))
    return {
      pid: child.pid ?? 0,
      baseUrl,
      readyMs,
      printed: () => text,
      runs: () => child.exitCode === null && child.signalCode === null,
      end: async (signal) => {
        if (child.exitCode === null && child.signalCode === null) child.kill(signal)
        return ended
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

async function addressOf(child: ChildProcess, printed: () => string, seconds: number): Promise<string> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = /Linli 邻里 {2}(http:\/\/[^\s/]+)\//.exec(printed())?.[1]
    if (found !== undefined) {
      const answer = await fetch(`${found}/api/demo-note`).catch(() => undefined)
      if (answer?.ok) return found
    }
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}: ${printed()}`)
    if (Date.now() > end) throw new Error(`the server did not answer in ${seconds} s: ${printed()}`)
    await delay(20)
  }
}

/** The listening socket of the port must be one of our child's own. Only Linux can tell. */
function refuseStranger(pid: number, port: number): void {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  let sockets: string
  let own: string[]
  try {
    sockets = readFileSync('/proc/net/tcp', 'utf8')
    own = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
      } catch {
        return []
      }
    })
  } catch {
    return
  }
  const listening = sockets
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
  if (!listening.some((fields) => own.includes(`socket:[${fields[9]}]`)))
    throw new Error(`another program answers at port ${port}`)
}
