/**
 * A logical backup in one file: every table in one snapshot, the files, and a manifest with counts and hashes. It
 * needs no program beside this one, and works while the server runs. Format: docs in the manifest's own fields.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { type ArchiveWriter, writeArchive } from './backup-archive.ts'
import {
  backupTables,
  plainSettings,
  type Sequence,
  type TableFacts,
  tableFacts,
  tableParts,
  usedSequences,
} from './backup-tables.ts'
import type { SealKey } from './checkpoint.ts'
import { StartupRefusal } from './startup-refusal.ts'

export const backupFormat = 'linli-backup'
/** 2: the manifest is signed. */
export const backupVersion = 2

export interface BackupManifest {
  readonly format: typeof backupFormat
  readonly version: number
  /** Version of the program that wrote it. */
  readonly madeBy: string
  readonly madeAt: string
  /** Recognises the keys; they themselves are inside only on demand. */
  readonly keys: string
  readonly withKeys: boolean
  readonly migrations: readonly { number: number; name: string; checksum: string }[]
  readonly tables: readonly TableFacts[]
  readonly sequences: readonly Sequence[]
  /** Every other member of the archive. */
  readonly members: readonly { name: string; bytes: number; sha256: string }[]
}

export interface BackupOptions {
  /** A role above row security: the embedded superuser, or one with BYPASSRLS. */
  readonly adminUrl: string
  readonly filesFolder: string
  readonly keysFingerprint: string
  /** Signs the manifest, and with it the hash of everything inside. */
  readonly seals: SealKey
  /** The text of keys.json, when the keys go into the backup. */
  readonly keysText?: string
  readonly file: string
  readonly madeBy: string
  readonly at: Date
  readonly say?: (line: string) => void
  readonly signal?: AbortSignal
}

export interface BackupReport {
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly bytes: number
}

/** @throws StartupRefusal when the file is there already, the role sees only a part, or it was stopped */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const { file } = options
  if (existsSync(file))
    throw new StartupRefusal('platform/backup-exists', {
      zh: `${file} 已经存在；没有改动它，请换一个文件名。`,
      en: `${file} is there already and was left alone; choose another name.`,
    })
  const aside = `${file}.part`
  rmSync(aside, { force: true })
  const archive = writeArchive(aside)
  try {
    const manifest = await fill(archive, options)
    const bytes = await archive.end()
    renameSync(aside, file)
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.members.filter(({ name }) => name.startsWith('files/')).length,
      bytes,
    }
  } catch (error) {
    archive.abort()
    rmSync(aside, { force: true })
    throw error
  }
}

async function fill(archive: ArchiveWriter, options: BackupOptions): Promise<BackupManifest> {
  const members: { name: string; bytes: number; sha256: string }[] = []
  const add = async (name: string, content: Buffer) => {
    if (options.signal?.aborted) throw stopped()
    await archive.add(name, content)
    members.push({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') })
  }
  const database = await readDatabase(options, add)
  // After the snapshot: a file is there before the row that names it, so none of the snapshot's is missing.
  const files = existsSync(options.filesFolder)
    ? readdirSync(options.filesFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )
    : []
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    const inside = path.slice(options.filesFolder.length).replaceAll('\\', '/').replace(/^\/+/, '')
    await add(`files/${inside}`, readFileSync(path))
  }
  options.say?.(`  文件 files ${files.length}`)
  if (options.keysText !== undefined) await add('keys.json', Buffer.from(options.keysText))
  const manifest: BackupManifest = {
    format: backupFormat,
    version: backupVersion,
    madeBy: options.madeBy,
    madeAt: options.at.toISOString(),
    keys: options.keysFingerprint,
    withKeys: options.keysText !== undefined,
    ...database,
    members,
  }
  const text = Buffer.from(`${JSON.stringify(manifest)}\n`)
  await archive.add('manifest.json', text)
  await archive.add(
    'manifest.sig',
    Buffer.from(`${options.seals.sign(signedText(text)).toString('base64')}\n`),
  )
  return manifest
}

/** Told apart from whatever else the key signs. */
export const signedText = (manifest: Buffer): Buffer =>
  Buffer.concat([Buffer.from('linli backup\n'), manifest])

async function readDatabase(
  options: BackupOptions,
  add: (name: string, content: Buffer) => Promise<void>,
): Promise<Pick<BackupManifest, 'migrations' | 'tables' | 'sequences'>> {
  const client = new Client({ connectionString: options.adminUrl, application_name: 'linli-backup' })
  await client.connect()
  try {
    await client.query(plainSettings)
    await client.query('begin transaction isolation level repeatable read read only')
    const { rows: migrations } = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from schema_migrations order by number',
    )
    const tables: TableFacts[] = []
    for (const name of await backupTables(client)) {
      const facts = await tableFacts(client, name)
      tables.push(facts)
      let part = 0
      for await (const { text } of tableParts(client, name))
        await add(`tables/${name}/${String(++part).padStart(6, '0')}.jsonl`, Buffer.from(text))
      if (facts.rows > 0) options.say?.(`  ${name} ${facts.rows}`)
    }
    const sequences = await usedSequences(client)
    await client.query('commit')
    return { migrations, tables, sequences }
  } finally {
    await client.end()
  }
}

const stopped = () =>
  new StartupRefusal('platform/backup-stopped', {
    zh: '备份已中止，没有留下文件。',
    en: 'The backup was stopped and left no file.',
  })
