/**
 * The data folder (`LINLI_DATA`): `pg/` the embedded database, `files/` content-addressed files, `keys.json` the
 * keys that the database never sees, and `linli.json`, which says that the folder is ours and in which format.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { type ClientBase, DatabaseError } from 'pg'
import { makeFolder, unwritable } from './make-folder.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** Raised when an older program could no longer read the folder. */
const currentFormat = 1

/** 32 random bytes each, in base64. */
export interface DataKeys {
  /** Encrypts personal columns. */
  readonly encryption: string
  /** Makes blind indexes for exact search in encrypted columns. */
  readonly blindIndex: string
  /** Signs cookies. */
  readonly cookie: string
  /** From the first new encryption key on; see `KeyMaterial`. */
  readonly version?: number
  readonly older?: Readonly<Record<string, string>>
  readonly seals?: string
}

const keyNames = ['encryption', 'blindIndex', 'cookie'] as const

interface Manifest {
  readonly format: number
  /** Version of Linli that made the folder. */
  readonly createdBy: string
  /** Recognises the keys without giving them away, so that wrong or lost ones are noticed at the start. */
  readonly keys: string
}

export interface DataFolder {
  readonly root: string
  readonly pg: string
  readonly files: string
  readonly keys: DataKeys
  /** True when this call made the folder. */
  readonly isNew: boolean
}

export interface DataFolderOptions {
  /** Version of this program, written into a new folder. */
  readonly version: string
  /** The text of `LINLI_KEYS`: JSON with `encryption`, `blindIndex` and `cookie`, 32 bytes in base64 each. */
  readonly keysText?: string
}

/**
 * Opens a data folder, making it when it is missing or empty. Throws StartupRefusal when it is foreign, newer,
 * unwritable, or its keys are missing, malformed or others than those it was made with.
 */
export function openDataFolder(path: string, options: DataFolderOptions): DataFolder {
  const root = resolve(path)
  const isNew = !hasManifest(root)
  try {
    if (isNew) makeFolder(root, 0o700)
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK)
    // A server of root's runs as another user, who must be able to pass through here to `pg/`.
    if (process.getuid?.() === 0 && (statSync(root).mode & 0o777) === 0o700) chmodSync(root, 0o711)
    makeFolder(join(root, 'files'), 0o700)
  } catch (cause) {
    throw unwritable(root, cause)
  }
  const keys = isNew ? newKeys(root, options) : knownKeys(root, options)
  return { root, pg: join(root, 'pg'), files: join(root, 'files'), keys, isNew }
}

/** True for a folder of ours, false for a missing or empty one; anything else is refused. */
function hasManifest(root: string): boolean {
  let names: string[]
  try {
    names = readdirSync(root)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false
    if ((cause as NodeJS.ErrnoException).code === 'ENOTDIR') throw foreign(root)
    throw unwritable(root, cause)
  }
  if (names.includes('linli.json')) return true
  // What a first start leaves when it is killed before its manifest stands.
  if (names.every((name) => ['files', 'keys.json', 'linli.json.new', 'keys.json.new'].includes(name)))
    return false
  throw foreign(root)
}

function readManifest(root: string): Manifest {
  const path = join(root, 'linli.json')
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') throw unwritable(root, cause)
    throw foreign(root)
  }
  const { format, createdBy, keys } = manifest
  if (typeof format === 'number' && format > currentFormat) {
    throw new StartupRefusal('platform/newer-data-folder', {
      zh: `数据目录 ${root} 由更新的版本（${createdBy ?? '?'}）建立，这个版本读不了：请升级 Linli，或换一个数据目录。`,
      en: `The data folder ${root} was made by a newer version (${createdBy ?? '?'}) that this one cannot read: upgrade Linli or choose another folder.`,
    })
  }
  if (typeof format !== 'number' || typeof createdBy !== 'string' || typeof keys !== 'string')
    throw foreign(root)
  return { format, createdBy, keys }
}

function newKeys(root: string, { version, keysText }: DataFolderOptions): DataKeys {
  const path = join(root, 'keys.json')
  let keys: DataKeys
  if (keysText !== undefined) keys = parseKeys(keysText, 'LINLI_KEYS')
  else if (existsSync(path)) keys = parseKeys(readFileSync(path, 'utf8'), path)
  else keys = { encryption: newKey(), blindIndex: newKey(), cookie: newKey() }
  if (keysText === undefined) writeDurably(root, 'keys.json', keysAsText(keys))
  writeManifest(root, version, keys)
  return keys
}

function newKey(): string {
  return randomBytes(32).toString('base64')
}

function knownKeys(root: string, { keysText }: DataFolderOptions): DataKeys {
  const { keys: expected, createdBy } = readManifest(root)
  const path = join(root, 'keys.json')
  if (keysText === undefined && !existsSync(path)) {
    throw new StartupRefusal('platform/keys-missing', {
      zh: `数据目录 ${root} 缺少密钥 keys.json，没有它就读不出加密的个人信息：请放回这个文件，或用 LINLI_KEYS 提供密钥。`,
      en: `The keys of the data folder ${root} are missing (keys.json), and encrypted personal data cannot be read without them: put the file back or give the keys in LINLI_KEYS.`,
    })
  }
  const keys =
    keysText === undefined ? parseKeys(readFileSync(path, 'utf8'), path) : parseKeys(keysText, 'LINLI_KEYS')
  if (!fingerprints(keys).includes(expected)) {
    throw new StartupRefusal('platform/wrong-keys', {
      zh: `密钥（${keysText === undefined ? path : 'LINLI_KEYS'}）与数据目录 ${root} 不相符：请提供建立它时的密钥。`,
      en: `The keys (${keysText === undefined ? path : 'LINLI_KEYS'}) do not belong to the data folder ${root}: give the keys it was made with.`,
    })
  }
  // A new key was put beside the one that the folder knows.
  if (fingerprint(keys) !== expected) writeManifest(root, createdBy, keys)
  return keys
}

/** Puts other keys in place, for a restore into a folder that nothing has been encrypted in yet. */
export function replaceKeys(root: string, version: string, keys: DataKeys): void {
  writeDurably(root, 'keys.json', keysAsText(keys))
  writeManifest(root, version, keys)
}

/** The form of `keys.json` and of `LINLI_KEYS`. */
export function keysAsText(keys: DataKeys): string {
  const { version, older, seals } = keys
  return JSON.stringify({
    ...Object.fromEntries(keyNames.map((name) => [name, keys[name]])),
    version,
    older,
    seals,
  })
}

/** Reads that form. `where` names its place in the refusal. */
export function parseKeys(text: string, where: string): DataKeys {
  let fields: Record<string, unknown> = {}
  try {
    fields = Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    // Said below in words.
  }
  const bytes32 = (text: unknown) => {
    const bytes = Buffer.from(typeof text === 'string' ? text : '', 'base64')
    if (bytes.length === 32) return bytes.toString('base64')
    throw new StartupRefusal('platform/malformed-keys', {
      zh: `${where} 的内容不对：应为 JSON，${keyNames.join('、')} 各为 32 字节的 base64。`,
      en: `${where} is malformed: it must be JSON with ${keyNames.join(', ')}, each 32 bytes in base64.`,
    })
  }
  const key = (name: string) => bytes32(fields[name])
  const { version, older } = fields
  return {
    encryption: key('encryption'),
    blindIndex: key('blindIndex'),
    cookie: key('cookie'),
    ...(typeof version === 'number' ? { version } : {}),
    ...(older === undefined
      ? {}
      : { older: Object.fromEntries(Object.entries(Object(older)).map(([v, text]) => [v, bytes32(text)])) }),
    ...(fields.seals === undefined ? {} : { seals: key('seals') }),
  }
}

/** Recognises the keys without giving them away. */
export function fingerprint(keys: DataKeys): string {
  // The cookie key may be changed at any time: it only signs people out.
  return createHash('sha256')
    .update('linli keys')
    .update(keys.encryption)
    .update(keys.blindIndex)
    .digest('hex')
    .slice(0, 16)
}

/** That of the keys, and those that they had under earlier encryption keys they still hold. */
export function fingerprints(keys: DataKeys): string[] {
  const older = Object.values(keys.older ?? {})
  return [keys.encryption, ...older].map((encryption) => fingerprint({ ...keys, encryption }))
}

function writeManifest(root: string, version: string, keys: DataKeys): void {
  const manifest: Manifest = { format: currentFormat, createdBy: version, keys: fingerprint(keys) }
  writeDurably(root, 'linli.json', JSON.stringify(manifest))
}

/** Whole or not at all, and on the disk when it returns: data encrypted under a lost key is lost. */
function writeDurably(root: string, name: string, text: string): void {
  const aside = join(root, `${name}.new`)
  try {
    rmSync(aside, { force: true })
    const file = openSync(aside, 'wx', 0o600)
    writeSync(file, `${text}\n`)
    fsyncSync(file)
    closeSync(file)
    renameSync(aside, join(root, name))
    const folder = openSync(root, 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch (cause) {
    throw unwritable(root, cause)
  }
}

function foreign(root: string): StartupRefusal {
  return new StartupRefusal('platform/foreign-data-folder', {
    zh: `${root} 里有别的内容，不是 Linli 的数据目录；没有改动它，请用 LINLI_DATA 指定一个空目录。`,
    en: `${root} holds other things and is no data folder of Linli; it was left alone. Name an empty folder with LINLI_DATA.`,
  })
}

/** The lock that the one server of an embedded database holds for as long as its connection lives. */
const serverLock = 718_531_002

/**
 * Takes the server's lock on a connection that stays open as long as the server runs. Waits a moment, for the
 * connection of a server that was just killed closes only then. Throws StartupRefusal when another one runs.
 */
export async function holdServerLock(client: ClientBase): Promise<void> {
  try {
    await client.query("set lock_timeout = '1500ms'")
    await client.query('select pg_advisory_lock($1)', [serverLock])
    await client.query('reset lock_timeout')
  } catch (cause) {
    if (!(cause instanceof DatabaseError && cause.code === '55P03')) throw cause
    throw new StartupRefusal(
      'platform/already-running',
      {
        zh: '这个数据目录已经有一个 Linli 在运行：请使用它，或先把它停下。',
        en: 'A Linli server is already running on this data folder: use it, or stop it first.',
      },
      { cause },
    )
  }
}
