/** Column encryption and blind indexes. The keys stand outside the database: in the data folder or the environment. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { openSealKey, type SealKey } from './checkpoint.ts'

/** 32-byte keys, base64. */
export interface KeyMaterial {
  readonly encryption: string
  readonly blindIndex: string
  /** Which encryption key this is, counted from 1; left out before the first rotation. */
  readonly version?: number
  /** Earlier encryption keys that something may still be sealed with, by version. */
  readonly older?: Readonly<Record<string, string>>
  /** Signs checkpoints; from the first rotation on it stands by itself, so that it outlives the key it was made from. */
  readonly seals?: string
}

export interface Keys {
  /**
   * Encrypts one field. `place` is `table.column.rowId` and is bound to the text: a ciphertext moved to another
   * row or column does not open. Format: `v`, the version of the key, `:` and base64(iv 12 | tag 16 | ciphertext).
   */
  seal(place: string, plain: string): string
  /** The plain text; throws when the ciphertext was changed or moved, or its key is not among these. */
  open(place: string, sealed: string): string
  /** A keyed hash for exact search; `purpose` keeps the indexes of two columns apart. */
  blindIndex(purpose: string, value: string): string
  /** Signs checkpoints. Made from the first encryption key, and kept, lost and given back with the keys. */
  readonly seals: SealKey
}

/** The version of the newest key, which seals. */
export const newestVersion = (material: KeyMaterial): number => material.version ?? 1

/** What signs checkpoints, as it is made from an encryption key that was never rotated. */
export const sealSeed = (material: KeyMaterial): Buffer =>
  material.seals === undefined
    ? Buffer.from(hkdfSync('sha256', bytesOf(material.encryption), '', 'linli seals v1', 32))
    : bytesOf(material.seals)

function bytesOf(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32) throw new Error('keys must be 32 bytes each, in base64')
  return bytes
}

interface ColumnKeys {
  readonly newest: number
  readonly byVersion: ReadonlyMap<number, Buffer>
}

function columnKeys(material: KeyMaterial): ColumnKeys {
  const newest = newestVersion(material)
  const all = [...Object.entries(material.older ?? {}), [String(newest), material.encryption] as const]
  const derive = (key: string) => Buffer.from(hkdfSync('sha256', bytesOf(key), '', 'linli column v1', 32))
  return { newest, byVersion: new Map(all.map(([version, key]) => [Number(version), derive(key)])) }
}

/**
 * `renewed` is asked before each seal, and when a text is met whose key is not known: it answers other keys once they have
 * been put in place, so that a server that runs learns of a new key without a restart.
 */
export function openKeys(material: KeyMaterial, renewed?: () => KeyMaterial | undefined): Keys {
  let columns = columnKeys(material)
  const renew = () => {
    const next = renewed?.()
    if (next) columns = columnKeys(next)
  }
  const indexKey = bytesOf(material.blindIndex)
  const keyOf = (version: number) => columns.byVersion.get(version)
  return {
    seals: openSealKey(sealSeed(material)),
    seal(place, plain) {
      renew()
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyOf(columns.newest) ?? Buffer.alloc(0), iv)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `v${columns.newest}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open(place, sealed) {
      const [, version, text] = /^v([1-9]\d{0,8}):(.*)$/s.exec(sealed) ?? []
      if (version === undefined || text === undefined)
        throw new Error('unknown format of an encrypted column')
      if (!keyOf(Number(version))) renew()
      const key = keyOf(Number(version))
      if (!key) throw new Error(`sealed with key ${version}, which is not among the keys given`)
      const bytes = Buffer.from(text, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
    blindIndex(purpose, value) {
      return createHmac('sha256', indexKey).update(`${purpose}\0${value}`).digest('base64url')
    },
  }
}
