/** A backup taken while work goes on stands again elsewhere, row for row; broken ones are refused before anything is written. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import sharp from 'sharp'
import { restoreCommand } from '../apps/cli/keep-backup.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { plainSettings } from '../platform/backup-tables.ts'
import { keysAsText, openDataFolder } from '../platform/data-folder.ts'
import { databaseName } from '../platform/database-roles.ts'
import { openPool } from '../platform/db.ts'
import { startEmbeddedPostgres, superuser } from '../platform/embedded-postgres.ts'
import { runJob } from '../platform/jobs.ts'
import { sealJobs } from '../platform/seals-jobs.ts'
import { recountSeals } from '../platform/seals-recount.ts'
import { readSettings, version } from '../platform/settings.ts'
import { describeRefusal, StartupRefusal } from '../platform/startup-refusal.ts'
import type { Proof, ProofResult, ProofRun, Size, Violation } from './proof.ts'
import { type Broken, makeBroken } from './restore/broken.ts'
import { differing, fileHashes, orderedHashes } from './restore/compare.ts'
import { whenBrokenOff } from './support/broken-off.ts'
import { bundleServer, projectRoot, type ServerBundle } from './support/server-bundle.ts'
import { startServerProcess } from './support/server-process.ts'
import { type StreetAtWork, startStreetAtWork } from './support/street-at-work.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

/** Rule: quality.md R12: 50,000 rows in less than a minute; full is its CI column. */
const extents: Readonly<Record<Size, { cases: number; rows: number }>> = {
  small: { cases: 8, rows: 4_000 },
  full: { cases: 60, rows: 50_000 },
}

export const proof: Proof = {
  name: 'restore',
  what: 'a backup under load stands again elsewhere, equal by table, file and root; broken ones are refused in words before any write',
  embeddedOnly: 'it restores into servers that it starts and breaks',
  async run(run) {
    const bundle = await bundleServer('apps/cli.ts')
    const source = await makeTemporaryData({ fsync: false })
    const folder = mkdtempSync(join(tmpdir(), 'linli-proof-restore-'))
    // A database of root's runs as another user, who must be able to pass through here.
    chmodSync(folder, 0o711)
    const clear = () => rmSync(folder, { recursive: true, force: true })
    const forget = whenBrokenOff(clear)
    try {
      return await prove({ run, bundle, source, folder, violations: [], checked: 0 })
    } finally {
      forget()
      await source.remove()
      bundle.remove()
      clear()
    }
  },
}

interface Ground {
  readonly run: ProofRun
  readonly bundle: ServerBundle
  readonly source: TemporaryData
  readonly folder: string
  readonly violations: Violation[]
  checked: number
}

async function prove(ground: Ground): Promise<ProofResult> {
  const { run, source, folder } = ground
  const extent = extents[run.size]
  const work = await startStreetAtWork(source)
  try {
    await fillUp(ground, work, extent.rows)
    for (let nth = 0; nth < extent.cases; nth += 1) await work.finishCase(nth, await photo(nth))
    await seal(source, work)
    const underLoad = join(folder, 'under-load.tar.gz')
    await backUpUnderLoad(ground, work, underLoad)
    const quiet = join(folder, 'quiet.tar.gz')
    const rows = await proveEqual(ground, work, quiet)
    await proveWhole(ground, underLoad)
    const broken = await proveBroken(ground, quiet)
    printTable(
      run.say,
      ['', 'count'],
      [
        ['rows', rows.rows],
        ['tables compared', rows.tables],
        ['files compared', rows.files],
        ['seconds of backup and restore', rows.restoreSeconds],
        ['broken backups refused', broken],
      ],
    )
    return { checked: ground.checked, violations: ground.violations, figures: { ...rows, broken } }
  } finally {
    await work.close()
  }
}

const photo = async (nth: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({
      create: { width: 40 + nth, height: 30, channels: 3, background: { r: nth, g: 90, b: 40 } },
    })
      .png()
      .toBuffer(),
  )

/** Rows of the trail: the largest table of every street. */
async function fillUp({ source }: Ground, { street }: StreetAtWork, rows: number): Promise<void> {
  await withClient(source.superuserUrl(), (client) =>
    client.query(
      `insert into audit_entries (street_id, id, at, operation, outcome, detail, request_id)
       select $1, gen_random_uuid(), now() - make_interval(secs => n), 'proof.fill', 'done',
         jsonb_build_object('n', n, 'x', n / 7.0, 'words', '换行' || chr(10) || '"引号"\\'), 'r' || n
       from generate_series(1, $2::int) n`,
      [street.streetId, rows],
    ),
  )
}

async function seal(data: TemporaryData, { services, street }: StreetAtWork): Promise<void> {
  const [job] = sealJobs.jobs
  const pool = openPool(data.workerUrl(), 1, 'linli-proof-restore')
  try {
    if (job) await runJob({ pool, services }, job, { street: street.streetId, payload: {} }, new Date())
  } finally {
    await pool.end()
  }
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(plainSettings)
    return await use(client)
  } finally {
    await client.end()
  }
}

interface Told {
  readonly code: number | null
  readonly text: string
}

/** The command line as an administrator has it, and no other program within its reach. */
async function linli(
  { bundle }: Ground,
  args: readonly string[],
  dataFolder: string,
  keys?: string | null,
): Promise<Told> {
  const child = spawn(process.execPath, [bundle.program, ...args, '--json'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: '/nonexistent',
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      LINLI_DATA: dataFolder,
      ...(keys ? { LINLI_KEYS: keys } : {}),
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}

async function expectDone(
  ground: Ground,
  args: readonly string[],
  dataFolder: string,
  keys?: string,
): Promise<void> {
  const { code, text } = await linli(ground, args, dataFolder, keys)
  ground.checked += 1
  if (code !== 0) throw new Error(`linli ${args[0]} ended with ${code}: ${text}`)
}

/** Cases, photos and points go on while the backup reads. */
async function backUpUnderLoad(ground: Ground, work: StreetAtWork, file: string): Promise<void> {
  let over = false
  const load = [0, 1, 2, 3].map(async (row) => {
    for (let nth = row; !over; nth += 4) {
      await work.finishCase(nth, await photo(100 + (nth % 100)))
      await work.giveOutPoints(nth + 1)
    }
  })
  try {
    await expectDone(ground, ['backup', file], ground.source.folder)
  } finally {
    over = true
    await Promise.all(load)
  }
}

/** In silence the target holds exactly what the source holds. */
async function proveEqual(ground: Ground, work: StreetAtWork, file: string) {
  const began = performance.now()
  const keys = keysAsText(ground.source.keys)
  const target = join(ground.folder, 'equal')
  await expectDone(ground, ['backup', file], ground.source.folder)
  await expectDone(ground, ['restore', file], target, keys)
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const before = await withClient(ground.source.superuserUrl(), orderedHashes)
  const after = await inRestored(target, keys, (url) => withClient(url, orderedHashes))
  const files = fileHashes(ground.source.filesFolder)
  const restored = fileHashes(join(target, 'files'))
  ground.checked += before.size + files.size
  for (const where of differing(before, after))
    ground.violations.push({ what: 'a restored table differs', where })
  for (const where of differing(files, restored))
    ground.violations.push({ what: 'a restored file differs', where })
  const { street, keys: opened } = work
  const recount = (url: string) =>
    withClient(url, async (client) => {
      await client.query('begin')
      return recountSeals(client, street.streetId, opened.seals.publicKey)
    })
  const [one, other] = [await recount(ground.source.superuserUrl()), await inRestored(target, keys, recount)]
  ground.checked += 1
  if (one.size === 0 || !one.roots.get(one.size)?.equals(other.roots.get(other.size) ?? Buffer.alloc(0)))
    ground.violations.push({ what: 'the root of the seals differs', where: `${one.size} → ${other.size}` })
  for (const { en } of other.findings)
    ground.violations.push({ what: 'the restored seals do not hold', where: en })
  const rows = [...before.values()].reduce((sum, text) => sum + Number(text.split(' ')[0]), 0)
  return { rows, tables: before.size, files: files.size, restoreSeconds: seconds }
}

/** The restored database for a while; a server or command that comes later finds it as it was. */
async function inRestored<T>(folder: string, keysText: string, use: (url: string) => Promise<T>): Promise<T> {
  const data = openDataFolder(folder, { version, keysText })
  const server = await startEmbeddedPostgres({ dataDir: data.pg, log: () => {} })
  const forget = whenBrokenOff(() => server.stop())
  try {
    return await use(server.urlFor(superuser, databaseName))
  } finally {
    forget()
    await server.stop()
  }
}

/** Of what was written during the backup every act is there whole or not at all, and the real server serves it. */
async function proveWhole(ground: Ground, file: string): Promise<void> {
  const keys = keysAsText(ground.source.keys)
  const target = join(ground.folder, 'whole')
  await expectDone(ground, ['restore', file], target, keys)
  const expectNone = async (client: Client, what: string, sql: string) => {
    ground.checked += 1
    const { rows } = await client.query<{ where: string }>(sql)
    for (const { where } of rows.slice(0, 5)) ground.violations.push({ what, where })
  }
  await inRestored(target, keys, (url) =>
    withClient(url, async (client) => {
      await expectNone(
        client,
        'an act without its entry, or an entry without its act',
        `select c.id::text as where from cases c where (select count(*) from audit_entries a where a.subject_id = c.id::text and a.operation like 'cases.%')
           <> (select count(distinct e.at) from case_entries e where e.case_id = c.id)`,
      )
      await expectNone(
        client,
        'half a transfer',
        'select transfer_id::text as where from ledger_entries group by 1 having sum(amount) <> 0 or count(*) <> 2',
      )
      await expectNone(
        client,
        'an entry that is neither sealed nor waiting',
        `select a.id::text as where from audit_entries a where not exists (select from seal_leaves l where l.entry_id = a.id)
           and not exists (select from seal_queue q where q.entry_id = a.id)`,
      )
      const { rows } = await client.query<{ sha: string }>('select sha256 as sha from files')
      const there = new Set(fileHashes(join(target, 'files')).values())
      ground.checked += rows.length
      for (const { sha } of rows.filter((row) => !there.has(row.sha)))
        ground.violations.push({ what: 'a photo without its bytes', where: sha })
    }),
  )
  const server = await bundleServer()
  try {
    const process = await startServerProcess({
      program: server.program,
      dataFolder: target,
      env: { LINLI_KEYS: keys },
    })
    const health = await fetch(`${process.baseUrl}/ready`)
    ground.checked += 1
    if (!health.ok)
      ground.violations.push({ what: 'the restored system does not serve', where: String(health.status) })
    await process.end('SIGTERM')
  } finally {
    server.remove()
  }
}

/** Each one is refused with its sentence, and where it should have gone there is nothing. @returns how many */
async function proveBroken(ground: Ground, file: string): Promise<number> {
  const folder = join(ground.folder, 'broken')
  mkdirSync(folder)
  const other = openDataFolder(join(ground.folder, 'other'), { version })
  const random = createSeededRandom(ground.run.seed)
  const broken = await makeBroken({ file, folder, random, otherKeys: keysAsText(other.keys) })
  for (const [nth, one] of broken.entries()) tellRefused(ground, nth, one, await tryRestore(ground, nth, one))
  // The same through the program itself, as often as its start allows.
  for (const one of ground.run.size === 'full' ? broken : random.shuffle(broken).slice(0, programStarts)) {
    const nth = broken.length + broken.indexOf(one)
    const told = await linli(ground, ['restore', one.file], targetOf(ground, nth), keysFor(ground, one))
    tellRefused(ground, nth, one, told.code === 0 ? undefined : told.text)
  }
  return broken.length
}
const programStarts = 3

const targetOf = (ground: Ground, nth: number) => join(ground.folder, `refused-${nth}`)
const keysFor = ({ source }: Ground, { keys }: Broken) =>
  keys === undefined ? keysAsText(source.keys) : keys

/** The command itself, in this process. @returns what it was refused with, in the words of the program; undefined when it was taken */
async function tryRestore(ground: Ground, nth: number, one: Broken): Promise<string | undefined> {
  const keysText = keysFor(ground, one)
  try {
    await restoreCommand.run({
      words: [one.file],
      option: () => undefined,
      flag: () => false,
      settings: { ...readSettings({}), dataDir: targetOf(ground, nth), keysText: keysText ?? undefined },
      say: () => {},
      signal: new AbortController().signal,
    })
    return undefined
  } catch (error) {
    if (!(error instanceof StartupRefusal)) return String(error)
    return `${describeRefusal(error)} "code":"${error.code}"`
  }
}

function tellRefused(ground: Ground, nth: number, { what, code }: Broken, told: string | undefined): void {
  ground.checked += 1
  const complain = (wrong: string) =>
    ground.violations.push({ what: `a broken backup ${wrong}`, where: `${what}: ${told?.slice(-300)}` })
  if (told === undefined) complain('is taken')
  else if (!told.includes(`"code":"${code}"`)) complain('is refused for another reason')
  else if (!/[\u4e00-\u9fff].*[。；]/.test(told) || /\bat \S+ \(/.test(told))
    complain('is not refused in plain words')
  if (existsSync(targetOf(ground, nth))) complain('has written something')
  for (const path of ['/tmp/linli-climbed', '/tmp/linli-rooted'])
    if (existsSync(path)) complain('climbed out')
}
