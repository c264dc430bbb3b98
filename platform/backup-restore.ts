/** Puts a backup into an empty system: everything is verified before the first write, and compared after the last. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { type BackupManifest, backupFormat, backupVersion, signedText } from './backup.ts'
import { readArchive } from './backup-archive.ts'
import {
  backupTables,
  insertPart,
  plainSettings,
  quoteName,
  seededTables,
  tableFacts,
} from './backup-tables.ts'
import { isSignedBy } from './checkpoint.ts'
import { migrate, readMigrations } from './migrate.ts'
import { StartupRefusal } from './startup-refusal.ts'

const broken = (file: string, what: string, cause?: unknown) =>
  new StartupRefusal(
    'platform/backup-broken',
    {
      zh: `备份 ${file} 已损坏（${what}）；没有写入任何内容。`,
      en: `The backup ${file} is damaged (${what}); nothing was written.`,
    },
    { cause },
  )

const memberName =
  /^(tables\/[a-z_0-9]+\/\d{6}\.jsonl|files\/[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*|keys\.json)$/

export interface VerifiedBackup {
  readonly file: string
  readonly manifest: BackupManifest
  /** The text of keys.json, when the backup holds it. */
  readonly keysText: string | undefined
  /** True when this key signed the manifest, and with it everything inside. */
  isSignedBy(publicKey: Buffer): boolean
}

interface Found {
  readonly bytes: number
  readonly sha256: string
  /** Of a part of a table. */
  readonly rows: number
}

interface Contents {
  readonly members: ReadonlyMap<string, Found>
  readonly manifestText: Buffer | undefined
  readonly signature: Buffer
  readonly keysText: string | undefined
}

async function readContents(file: string): Promise<Contents> {
  const members = new Map<string, Found>()
  let manifestText: Buffer | undefined
  let signature: Buffer | undefined
  let keysText: string | undefined
  for await (const { name, content } of readArchive(file)) {
    const last = name === 'manifest.sig' && manifestText !== undefined && signature === undefined
    if ((manifestText !== undefined && !last) || members.has(name))
      throw new Error(`${name} stands where nothing may stand`)
    if (name === 'manifest.json') manifestText = Buffer.from(content)
    else if (last) signature = Buffer.from(content.toString('latin1'), 'base64')
    else
      members.set(name, {
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        rows: name.startsWith('tables/') ? content.filter((byte) => byte === 0x0a).length : 0,
      })
    if (name === 'keys.json') keysText = content.toString('utf8')
  }
  return { members, manifestText, signature: signature ?? Buffer.alloc(0), keysText }
}

/**
 * Reads the whole archive and holds every member against the manifest.
 * @throws StartupRefusal with one sentence for a broken, foreign or newer backup
 */
export async function verifyBackup(file: string): Promise<VerifiedBackup> {
  let contents: Contents
  try {
    contents = await readContents(file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new StartupRefusal('platform/backup-missing', {
        zh: `没有找到备份文件 ${file}。`,
        en: `There is no backup file ${file}.`,
      })
    throw broken(file, cause instanceof Error ? cause.message : String(cause), cause)
  }
  const { members, manifestText = Buffer.alloc(0), signature, keysText } = contents
  const manifest = readManifest(file, manifestText.toString('utf8'))
  refuseNewer(manifest)
  if (manifest.members.length !== members.size) throw broken(file, 'members are missing or too many')
  for (const { name, bytes, sha256 } of manifest.members) {
    const found = members.get(name)
    if (!memberName.test(name) || name.split('/').includes('..'))
      throw broken(file, `${name} is no name of ours`)
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw broken(file, `${name} was changed`)
  }
  refuseOtherRows(file, manifest, members)
  return {
    file,
    manifest,
    keysText,
    isSignedBy: (publicKey) => isSignedBy(publicKey, signedText(manifestText), signature),
  }
}

/** As many rows as the manifest says of each table, and no table that it does not know. */
function refuseOtherRows(
  file: string,
  { tables }: BackupManifest,
  members: ReadonlyMap<string, Found>,
): void {
  const rows = new Map<string, number>()
  for (const [name, found] of members) {
    const table = /^tables\/([^/]+)\//.exec(name)?.[1]
    if (table !== undefined) rows.set(table, (rows.get(table) ?? 0) + found.rows)
  }
  for (const table of tables)
    if (table.rows !== (rows.get(table.name) ?? 0))
      throw broken(file, `${table.name} has not the rows it should`)
  const known = new Set(tables.map(({ name }) => name))
  for (const name of rows.keys()) if (!known.has(name)) throw broken(file, `${name} is a table too many`)
}

function readManifest(file: string, text: string): BackupManifest {
  let manifest: Partial<BackupManifest> = {}
  try {
    manifest = Object(JSON.parse(text === '' ? 'null' : text)) as Partial<BackupManifest>
  } catch {
    // Said below.
  }
  const lists = [manifest.members, manifest.tables, manifest.migrations, manifest.sequences]
  if (
    manifest.format !== backupFormat ||
    ((manifest.version ?? 1) <= backupVersion && !lists.every(Array.isArray))
  )
    throw new StartupRefusal('platform/backup-foreign', {
      zh: `${file} 不是 Linli 的备份；没有写入任何内容。`,
      en: `${file} is no backup of Linli; nothing was written.`,
    })
  return manifest as BackupManifest
}

function refuseNewer(manifest: BackupManifest): void {
  const known = readMigrations()
  const newest = manifest.migrations?.at(-1)
  if (!(manifest.version <= backupVersion) || (newest && newest.number > known.length))
    throw new StartupRefusal('platform/backup-newer', {
      zh: `这个备份由更新的版本（${manifest.madeBy}）制作，请先升级 Linli；没有写入任何内容。`,
      en: `This backup was made by a newer version (${manifest.madeBy}): upgrade Linli first; nothing was written.`,
    })
  const changed = manifest.migrations.find(({ number, checksum }) => known[number - 1]?.checksum !== checksum)
  if (changed)
    throw new StartupRefusal('platform/backup-other-schema', {
      zh: `这个备份的数据库结构（${changed.name}）与本程序不同；没有写入任何内容。`,
      en: `The schema of this backup (${changed.name}) is not that of this program; nothing was written.`,
    })
}

export interface RestoreTarget {
  /** May switch foreign-key checks off while loading: the embedded superuser, or a role with that right. */
  readonly adminUrl: string
  /** Migrates. */
  readonly ownerUrl: string
  readonly filesFolder: string
  readonly say?: (line: string) => void
}

export interface RestoreReport {
  readonly tables: number
  readonly rows: number
  readonly files: number
}

/** @throws StartupRefusal when the target holds anything, or what was loaded differs from what was saved */
export async function restore(backup: VerifiedBackup, target: RestoreTarget): Promise<RestoreReport> {
  const { manifest } = backup
  if (readdirSync(target.filesFolder).length > 0) throw notEmpty('files')
  // The schema that the rows were made for; what came later is applied to them afterwards, as in any upgrade.
  await migrate(target.ownerUrl, () => {}, manifest.migrations.length)
  const client = new Client({ connectionString: target.adminUrl, application_name: 'linli-restore' })
  await client.connect()
  let files = 0
  try {
    await client.query(plainSettings)
    await client.query('begin')
    await client.query("set local session_replication_role = 'replica'").catch((cause: unknown) => {
      throw new StartupRefusal(
        'platform/restore-role',
        {
          zh: '恢复所用的数据库角色无权暂停外键检查：请用 DATABASE_BACKUP_URL 提供超级用户，或授予它 session_replication_role 的设置权。',
          en: 'The database role of the restore may not pause foreign-key checks: give a superuser in DATABASE_BACKUP_URL, or grant it SET on session_replication_role.',
        },
        { cause },
      )
    })
    await refuseFilled(client)
    files = await load(client, backup, target)
    await compare(client, manifest, target)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    // The folder was empty: whoever tries again finds it so.
    for (const name of readdirSync(target.filesFolder))
      rmSync(join(target.filesFolder, name), { recursive: true })
    throw error
  } finally {
    await client.end()
  }
  await migrate(target.ownerUrl)
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    files,
  }
}

async function refuseFilled(client: Client): Promise<void> {
  for (const name of await backupTables(client)) {
    const { rowCount } = await client.query(`select from public.${quoteName(name)} limit 1`)
    if (!seededTables.includes(name) && rowCount !== 0) throw notEmpty(name)
    if (rowCount !== 0) await client.query(`delete from public.${quoteName(name)}`)
  }
}

const notEmpty = (what: string) =>
  new StartupRefusal('platform/restore-not-empty', {
    zh: `恢复只能进入空的系统，这里已有内容（${what}）；没有改动它，请换一个空的数据文件夹。`,
    en: `A backup is restored into an empty system only, and this one holds something (${what}); it was left alone. Use an empty data folder.`,
  })

async function load(
  client: Client,
  { file, manifest }: VerifiedBackup,
  target: RestoreTarget,
): Promise<number> {
  const sums = new Map(manifest.members.map(({ name, sha256 }) => [name, sha256]))
  let files = 0
  for await (const { name, content } of readArchive(file)) {
    if (['manifest.json', 'manifest.sig', 'keys.json'].includes(name)) continue
    // It was verified; that it is still the same file costs little to hold.
    if (createHash('sha256').update(content).digest('hex') !== sums.get(name)) throw broken(file, name)
    const [folder, ...rest] = name.split('/')
    if (folder === 'tables') await insertPart(client, rest[0] ?? '', content.toString('utf8'))
    else {
      const path = join(target.filesFolder, ...rest)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true })
      renameSync(`${path}.new`, path)
      files++
    }
  }
  for (const { name, last } of manifest.sequences)
    await client.query(`select setval($1::regclass, $2::bigint)`, [`public.${quoteName(name)}`, last])
  return files
}

/** Table by table: the same rows, or nothing at all. */
async function compare(client: Client, manifest: BackupManifest, target: RestoreTarget): Promise<void> {
  for (const saved of manifest.tables) {
    const { rows, hash } = await tableFacts(client, saved.name)
    if (rows !== saved.rows || hash !== saved.hash)
      throw new StartupRefusal('platform/restore-differs', {
        zh: `恢复后的表 ${saved.name} 与备份不一致，已全部撤回。`,
        en: `The restored table ${saved.name} differs from the backup; all of it was taken back.`,
      })
    if (rows > 0) target.say?.(`  ${saved.name} ${rows} ✓`)
  }
}
