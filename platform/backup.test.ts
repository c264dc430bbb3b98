import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from './backup.ts'
import { type Member, readArchive, writeArchive } from './backup-archive.ts'
import { restore, verifyBackup } from './backup-restore.ts'
import { openSealKey } from './checkpoint.ts'
import { freshDatabase, type TestDatabase } from './testing/test-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-backup-'))
const files = join(folder, 'files')
const at = new Date('2026-11-22T00:00:00Z')
const seals = openSealKey(Buffer.alloc(32, 5))
let source: TestDatabase
const databases: TestDatabase[] = []
let made = 0
const newPath = () => join(folder, `backup-${++made}.tar.gz`)

async function using<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

async function freshTarget() {
  const database = await freshDatabase()
  databases.push(database)
  const filesFolder = mkdtempSync(join(folder, 'target-'))
  return { adminUrl: database.superuserUrl, ownerUrl: database.ownerUrl, filesFolder }
}

const take = (file: string, more: { keysText?: string; adminUrl?: string } = {}) =>
  backup({
    adminUrl: source.superuserUrl,
    filesFolder: files,
    keysFingerprint: 'abc',
    seals,
    file,
    madeBy: '0.1.0',
    at,
    ...more,
  })

/** A street and five rows in one transaction: seen together or not at all. */
async function writePair(client: Client, code: string): Promise<void> {
  await client.query('begin')
  const { rows } = await client.query<{ id: number }>(
    'insert into streets (code, name, created_at) values ($1, $2, $3) returning street_id as id',
    [code, '试街道\n"引号"\\', at],
  )
  for (let i = 0; i < 5; i++)
    await client.query('insert into demo_progress values ($1, $2, $3, $4, $5)', [
      rows[0]?.id,
      `n${i}`,
      JSON.stringify({ big: 12345678901234567890n.toString(), list: [1.1, null, '换\n行'] }),
      at,
      '00000000-0000-7000-8000-000000000000',
    ])
  await client.query('commit')
}

beforeAll(async () => {
  source = await freshDatabase()
  databases.push(source)
  mkdirSync(join(files, 'ab'), { recursive: true })
  writeFileSync(join(files, 'ab', 'abcdef'), 'a photo')
  await using(source.superuserUrl, (client) => writePair(client, 's0'))
})
afterAll(async () => {
  for (const database of databases) await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('what was saved stands in an empty system again, row for row, with its files and sequences', async () => {
  const file = newPath()
  const saved = await take(file, { keysText: '{"encryption":"x"}' })
  expect(saved).toMatchObject({ files: 1 })
  const verified = await verifyBackup(file)
  expect(verified.keysText).toBe('{"encryption":"x"}')
  expect(verified.isSignedBy(seals.publicKey)).toBe(true)
  expect(verified.isSignedBy(openSealKey(Buffer.alloc(32, 6)).publicKey)).toBe(false)
  const target = await freshTarget()
  const report = await restore(verified, target)
  expect(report.rows).toBe(saved.rows)
  expect(readFileSync(join(target.filesFolder, 'ab', 'abcdef'), 'utf8')).toBe('a photo')
  const rows = (url: string, sql: string) => using(url, async (client) => (await client.query(sql)).rows)
  for (const sql of [
    'select * from streets',
    'select * from demo_progress order by name',
    'select * from retention_classes',
  ])
    expect(await rows(target.adminUrl, sql)).toEqual(await rows(source.superuserUrl, sql))
  // The next street takes a number of its own.
  await using(target.adminUrl, (client) => writePair(client, 'next'))
})

test('a backup taken while others write holds each of their transactions whole or not at all', async () => {
  const file = newPath()
  let writing = true
  let written = 0
  const writers = using(source.superuserUrl, async (client) => {
    while (writing) await writePair(client, `w${++written}`)
  })
  while (written < 20) await new Promise((resolve) => setImmediate(resolve))
  await take(file)
  writing = false
  await writers
  const target = await freshTarget()
  await restore(await verifyBackup(file), target)
  const counts = await using(target.adminUrl, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'select count(s.name)::int as n from streets t left join demo_progress s using (street_id) group by t.street_id',
    )
    return rows.map(({ n }) => n)
  })
  expect(counts.length).toBeGreaterThanOrEqual(20)
  expect(new Set(counts)).toEqual(new Set([5]))
})

test('a restore into anything but an empty system is refused and changes nothing', async () => {
  const file = newPath()
  await take(file)
  const verified = await verifyBackup(file)
  const target = await freshTarget()
  await using(target.adminUrl, (client) => writePair(client, 'own'))
  await expect(restore(verified, target)).rejects.toMatchObject({ code: 'platform/restore-not-empty' })
  const other = await freshTarget()
  writeFileSync(join(other.filesFolder, 'x'), '')
  await expect(restore(verified, other)).rejects.toMatchObject({ code: 'platform/restore-not-empty' })
})

test('a role under row security is refused: half a backup is none', async () => {
  const file = newPath()
  await expect(take(file, { adminUrl: source.ownerUrl })).rejects.toMatchObject({
    code: 'platform/backup-role',
  })
  await expect(verifyBackup(file)).rejects.toMatchObject({ code: 'platform/backup-missing' })
})

test('a file that is there already is never overwritten', async () => {
  const file = newPath()
  writeFileSync(file, 'mine')
  await expect(take(file)).rejects.toMatchObject({ code: 'platform/backup-exists' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

async function rewritten(file: string, change: (member: Member) => Member | undefined): Promise<string> {
  const path = newPath()
  const archive = writeArchive(path)
  for await (const member of readArchive(file)) {
    const kept = change(member)
    if (kept) await archive.add(kept.name, kept.content)
  }
  await archive.end()
  return path
}

const withManifest = (change: (manifest: Record<string, unknown>) => void) => (member: Member) => {
  if (member.name !== 'manifest.json') return member
  const manifest = JSON.parse(member.content.toString()) as Record<string, unknown>
  change(manifest)
  return { name: member.name, content: Buffer.from(JSON.stringify(manifest)) }
}

test('broken, foreign and newer backups are refused with one sentence each, before anything is written', async () => {
  const file = newPath()
  await take(file)
  const bytes = readFileSync(file)
  const raw = (content: Buffer) => {
    const path = newPath()
    writeFileSync(path, content)
    return path
  }
  const flipped = Buffer.from(gunzipSync(bytes))
  flipped.write('X', flipped.indexOf('试街道'))
  const cases: [string, string][] = [
    [raw(bytes.subarray(0, bytes.length - 40)), 'platform/backup-broken'],
    [raw(Buffer.from('not an archive at all')), 'platform/backup-broken'],
    [raw(gzipSync(Buffer.from('neither is this'))), 'platform/backup-broken'],
    [raw(gzipSync(flipped)), 'platform/backup-broken'],
    [await rewritten(file, (m) => (m.name.startsWith('files/') ? undefined : m)), 'platform/backup-broken'],
    [
      await rewritten(file, (m) =>
        m.name.includes('demo_progress') ? { ...m, content: Buffer.from('{}\n') } : m,
      ),
      'platform/backup-broken',
    ],
    [await rewritten(file, (m) => (m.name === 'manifest.json' ? undefined : m)), 'platform/backup-foreign'],
    [
      await rewritten(
        file,
        withManifest((m) => Object.assign(m, { format: 'other' })),
      ),
      'platform/backup-foreign',
    ],
    [
      await rewritten(
        file,
        withManifest((m) => Object.assign(m, { version: 3 })),
      ),
      'platform/backup-newer',
    ],
    [
      await rewritten(
        file,
        withManifest((m) => (m.migrations as unknown[]).push({ number: 999, name: 'x', checksum: 'x' })),
      ),
      'platform/backup-newer',
    ],
    [
      await rewritten(
        file,
        withManifest((m) => Object.assign((m.migrations as object[])[0] ?? {}, { checksum: 'other' })),
      ),
      'platform/backup-other-schema',
    ],
  ]
  type Listed = { name: string; rows: number }
  const listed = (change: (tables: Listed[]) => Listed[]) =>
    rewritten(
      file,
      withManifest((m) => Object.assign(m, { tables: change(m.tables as Listed[]) })),
    )
  cases.push(
    [await listed((all) => all.filter(({ name }) => name !== 'streets')), 'platform/backup-broken'],
    [
      await listed((all) => all.map((one) => (one.name === 'streets' ? { ...one, rows: 9 } : one))),
      'platform/backup-broken',
    ],
  )
  for (const [path, code] of cases) await expect(verifyBackup(path), code).rejects.toMatchObject({ code })
})

test('rows that do not come back the same are taken back, all of them', async () => {
  const file = newPath()
  await take(file)
  const lying = await rewritten(
    file,
    withManifest((m) => {
      const table = (m.tables as { name: string; hash: string }[]).find(
        ({ name }) => name === 'demo_progress',
      )
      if (table) table.hash = '1'
    }),
  )
  const target = await freshTarget()
  await expect(restore(await verifyBackup(lying), target)).rejects.toMatchObject({
    code: 'platform/restore-differs',
  })
  const left = await using(
    target.adminUrl,
    async (client) => (await client.query('select from streets')).rowCount,
  )
  expect(left).toBe(0)
  expect(readdirSync(target.filesFolder)).toEqual([])
  const unsigned = await verifyBackup(lying)
  expect(unsigned.isSignedBy(seals.publicKey)).toBe(false)
})
