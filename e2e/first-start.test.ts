/**
 * The set-up as a stranger meets it, with the built server: another user, a path with spaces and Chinese, killed
 * processes, a second start, a taken port and folders that are not ours.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { readPidFile } from '../platform/embedded-postgres/cluster.ts'
import { endProcesses, postgresProcessesIn } from '../platform/embedded-postgres/processes.ts'
import { lentUser } from '../platform/embedded-postgres/run-as.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const base = mkdtempSync(join(tmpdir(), 'linli-first-'))
const folder = join(base, '邻里 平台')
const data = join(folder, '数据')
const user = lentUser()
const children: ChildProcess[] = []

interface Run {
  readonly child: ChildProcess
  /** Everything that was printed so far. */
  printed(): string
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
}

/** Runs our `npm start` as the second user, in a process group of its own. */
function start(port: number, env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, [join(folder, 'scripts', 'start.mjs')], {
    cwd: folder,
    uid: user?.uid,
    gid: user?.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      HOST: '127.0.0.1',
      PORT: String(port),
      LINLI_DATA: data,
      ...env,
    },
  })
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part) => (text += part))
  return { child, printed: () => text, ended: new Promise((resolve) => child.once('close', resolve)) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function untilReady(run: Run, port: number): Promise<void> {
  let code: number | null | undefined
  run.child.once('exit', (status) => (code = status))
  const ask = async () => {
    if (code !== undefined) throw new Error(`ended with ${code}: ${run.printed()}`)
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)
  }
  await vi.waitFor(ask, { timeout: 90_000, interval: 100 })
}

async function post(port: number, path: string, body: object, cookie = '') {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), cookie }
  return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function signIn(port: number): Promise<string> {
  const reply = await post(port, '/api/resident-session', { phone: '13800000001', code: '000000' })
  expect(reply.status, await reply.clone().text()).toBeLessThan(300)
  return reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Pids of the database of our data folder. */
const database = () => postgresProcessesIn(join(data, 'pg'), user)

beforeAll(() => {
  mkdirSync(folder)
  for (const name of ['dist', 'scripts', 'package.json'])
    cpSync(join(project, name), join(folder, name), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
  chmodSync(base, 0o755)
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
})

afterEach(() => {
  for (const child of children.splice(0)) {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
  }
})

afterAll(async () => {
  const socketDir = readPidFile(join(data, 'pg'))?.socketDir
  await endProcesses(database())
  if (socketDir !== undefined) rmSync(socketDir, { recursive: true, force: true })
  rmSync(base, { recursive: true, force: true })
})

test('a second user starts it in a Chinese path; after kill -9 of everything each acknowledged case is there', async () => {
  const port = await freePort()
  const first = start(port)
  await untilReady(first, port)
  expect(first.printed()).toContain(`http://127.0.0.1:${port}`)
  const cookie = await signIn(port)
  const acknowledged: string[] = []
  const filing = (async () => {
    for (;;) {
      const body = { text: '楼道的灯坏了', addressText: '3号楼', channel: 'resident-app' }
      const reply = await post(port, '/api/cases', body, cookie).catch(() => undefined)
      if (reply === undefined) return
      const view = (await reply.json().catch(() => undefined)) as { id: string } | undefined
      if (reply.status === 201 && view !== undefined) acknowledged.push(view.id)
      else if (reply.status < 500 && reply.status !== 429) throw new Error(JSON.stringify(view))
      if (acknowledged.length === 10) {
        process.kill(-(first.child.pid as number), 'SIGKILL')
        await endProcesses(database())
        return
      }
    }
  })()
  await filing
  await first.ended
  expect(acknowledged).toHaveLength(10)

  const again = start(port)
  await untilReady(again, port)
  const session = await signIn(port)
  for (const id of acknowledged) {
    const reply = await fetch(`http://127.0.0.1:${port}/api/cases/${id}`, { headers: { cookie: session } })
    expect([id, reply.status]).toEqual([id, 200])
  }

  // A second start on the same folder is refused and leaves the first alone.
  const second = start(await freePort())
  expect(await second.ended).not.toBe(0)
  expect(second.printed()).toContain('already running')
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)

  // Killed with its group, the server leaves the database running; the next start adopts it and stops it at the end.
  process.kill(-(again.child.pid as number), 'SIGKILL')
  await again.ended
  const third = start(port)
  await untilReady(third, port)
  process.kill(third.child.pid as number, 'SIGTERM')
  expect(await third.ended).toBe(0)
  expect(database()).toEqual([])
})

test('a taken port gives one clear sentence, a non-zero exit, and leaves no database behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  const run = start(port, { LINLI_DEMO: '0' })
  expect(await run.ended).not.toBe(0)
  expect(run.printed()).toContain(String(port))
  expect(run.printed()).not.toMatch(/\n {4}at /)
  expect(database()).toEqual([])
  await new Promise((resolve) => taken.close(resolve))
})

test('a foreign, a newer and an unwritable data folder are refused in a sentence and left alone', async () => {
  const foreign = join(folder, 'photos')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'a.jpg'), 'x')
  const newer = join(folder, 'newer')
  mkdirSync(newer)
  writeFileSync(join(newer, 'linli.json'), '{"format":99,"createdBy":"9.0.0","keys":"x"}')
  for (const [path, words] of [
    [foreign, 'no data folder of Linli'],
    [newer, 'newer version'],
    ['/proc/linli', 'cannot be written'],
  ] as const) {
    if (user !== undefined && path.startsWith(folder)) chownSync(path, user.uid, user.gid)
    const run = start(await freePort(), { LINLI_DATA: path })
    expect(await run.ended).not.toBe(0)
    expect(run.printed()).toContain(words)
    expect(run.printed()).not.toMatch(/\n {4}at /)
  }
  expect(readFileSync(join(foreign, 'a.jpg'), 'utf8')).toBe('x')
})
