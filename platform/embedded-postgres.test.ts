import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { endProcesses, isAlive, postgresProcessesIn } from './embedded-postgres/processes.ts'
import { lentUser } from './embedded-postgres/run-as.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres, superuser } from './embedded-postgres.ts'
import { StartupRefusal } from './startup-refusal.ts'

const folders: string[] = []
const childServers: Record<string, unknown>[] = []
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []
const root = process.getuid?.() === 0

/** A new folder with spaces and Chinese in its path; `mode` 0700 shuts other users out. */
function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), '邻里 数据 '))
  folders.push(folder)
  chmodSync(folder, mode)
  return folder
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, fsync: false })
  servers.push(server)
  return server
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const urlOf = (server: EmbeddedPostgres) => server.urlFor(superuser, 'postgres')

interface Started {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly said: Record<string, unknown>
}

/** Starts a server from a process of its own group and waits for its line. */
function startInChild(
  dataDir: string,
  options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Started> {
  const program = fileURLToPath(new URL('./testing/embedded-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], {
    ...options,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines: string[] = []
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      lines.push(line)
      if (!line.startsWith('{')) return
      const said = JSON.parse(line) as Record<string, unknown>
      childServers.push(said)
      resolve({ child, lines, said })
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${lines.join('\n')}`)))
  })
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  for (const child of children.splice(0)) {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
  }
})

afterAll(async () => {
  for (const { dataDir, socketDir } of childServers) {
    await endProcesses(postgresProcessesIn(String(dataDir), lentUser()))
    rmSync(String(socketDir), { recursive: true, force: true })
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('the first start makes a database, the second adopts it, and the last to leave stops it', async () => {
  const dataDir = join(newFolder(), 'pg')
  const first = await start(dataDir)
  const second = await start(dataDir)
  expect([first.adopted, second.adopted]).toEqual([false, true])
  expect(second.pid()).toBe(first.pid())
  expect(await first.stop()).toBe('left-running')
  expect(await query(urlOf(second), 'select 1 as one')).toEqual([{ one: 1 }])
  expect(await second.stop()).toBe('stopped')
  expect(isAlive(first.pid())).toBe(false)
})

test('two processes that start at the same moment end up with one server', async () => {
  const dataDir = join(newFolder(), 'pg')
  const [one, two] = await Promise.all([startInChild(dataDir), start(dataDir)])
  expect(one.said.pid).toBe(two.pid())
  expect([one.said.adopted, two.adopted].filter(Boolean)).toHaveLength(1)
})

test('the socket stands in a private folder and nothing listens on the network', async () => {
  const server = await start(join(newFolder(), 'pg'))
  expect(statSync(server.socketDir).mode & 0o777).toBe(0o700)
  expect(Buffer.byteLength(server.socketDir)).toBeLessThanOrEqual(93)
  expect(await query(urlOf(server), 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
})

test('after kill -9 of the starter and its group the server lives on and the next start adopts it', async () => {
  const dataDir = join(newFolder(), 'pg')
  const { child, said } = await startInChild(dataDir)
  process.kill(-(child.pid as number), 'SIGKILL')
  const server = await start(dataDir)
  expect(server.adopted).toBe(true)
  expect(server.pid()).toBe(said.pid)
  expect(await server.stop()).toBe('stopped')
})

test('after kill -9 of the postmaster, a frozen backend left over, the next start has every acknowledged row', async () => {
  const dataDir = join(newFolder(), 'pg')
  const { child, said } = await startInChild(dataDir)
  const host = String(said.socketDir)
  const client = new Client({ host, user: superuser, database: 'postgres' })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table acts (n int); insert into acts select generate_series(1, 1000)')
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = rows[0]?.pid as number
  process.kill(backend, 'SIGSTOP')
  process.kill(-(child.pid as number), 'SIGKILL')
  process.kill(said.pid as number, 'SIGKILL')
  const server = await start(dataDir)
  expect(server.adopted).toBe(false)
  expect(isAlive(backend)).toBe(false)
  expect(await query(urlOf(server), 'select count(*)::int as n from acts')).toEqual([{ n: 1000 }])
})

test('a server that dies under us is started again at the same address', async () => {
  const server = await start(join(newFolder(), 'pg'))
  const [before, url] = [server.pid(), urlOf(server)]
  process.kill(before, 'SIGKILL')
  await vi.waitFor(() => expect(server.pid()).not.toBe(before), { timeout: 20_000, interval: 50 })
  expect(urlOf(server)).toBe(url)
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test.each([
  ['empty', ''],
  ['naming a living stranger', `${process.pid}\n/elsewhere\n1\n5432\n/nowhere\n\n1 1\nready\n`],
])('a postmaster.pid left behind, %s, does not stop a start', async (_, text) => {
  const dataDir = join(newFolder(), 'pg')
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postmaster.pid'), text)
  expect((await start(dataDir)).adopted).toBe(false)
})

test('a folder of something else, of another cluster or of another version is refused and left alone', async () => {
  const refusal = async (dataDir: string) => {
    const error = await start(dataDir).catch((caught: unknown) => caught)
    return error instanceof StartupRefusal ? error.code : error
  }
  const photos = join(newFolder(), 'pg')
  mkdirSync(photos)
  writeFileSync(join(photos, 'photo.jpg'), 'x')
  expect(await refusal(photos)).toBe('platform/foreign-database-folder')
  expect(readFileSync(join(photos, 'photo.jpg'), 'utf8')).toBe('x')
  writeFileSync(join(photos, 'PG_VERSION'), '18\n')
  expect(await refusal(photos)).toBe('platform/foreign-database-folder')
  writeFileSync(join(photos, 'linli-cluster.json'), '{}')
  writeFileSync(join(photos, 'PG_VERSION'), '99\n')
  expect(await refusal(photos)).toBe('platform/database-version')
  expect(await refusal('/proc/linli/pg')).toBe('platform/unwritable-folder')
})

test('another user starts it from a folder of their own', async () => {
  const folder = newFolder()
  const user = lentUser()
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const { said } = await startInChild(join(folder, 'pg'), {
    uid: user?.uid,
    gid: user?.gid,
    env: { HOME: folder },
  })
  expect(said).toMatchObject({ adopted: false, dataDir: join(folder, 'pg') })
  expect(statSync(join(folder, 'pg')).uid).toBe(user?.uid ?? process.getuid?.())
})

test('a folder that others cannot enter serves too', async () => {
  const server = await start(join(newFolder(0o700), 'pg'))
  expect(await query(urlOf(server), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('root without namespaces keeps programs and data under a system folder, says so, and finds them again', async () => {
  const folder = newFolder(0o700)
  const system = newFolder()
  // Without a PATH there is no `unshare`.
  const env = { PATH: '/nonexistent', LINLI_SYSTEM_FOLDER: system }
  const first = await startInChild(join(folder, 'pg'), { env })
  expect(String(first.said.dataDir).startsWith(root ? system : folder)).toBe(true)
  expect(first.lines.some((line) => line.includes(system))).toBe(root)
  expect(existsSync(join(folder, 'pg'))).toBe(!root)
  process.kill(-(first.child.pid as number), 'SIGKILL')
  const again = await start(join(folder, 'pg'))
  expect([again.adopted, again.dataDir]).toEqual([true, first.said.dataDir])
})
