/** Column encryption and blind indexes. The keys stand outside the database: in the data folder or the environment. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { openSealKey, type SealKey } from './checkpoint.ts'

/** 32-byte keys, base64. */
export interface KeyMaterial {
  encryption: string
  blindIndex: string
}

export interface Keys {
  /**
   * Encrypts one field. `place` is `table.column.rowId` and is bound to the text: a ciphertext moved to another
   * row or column does not open. Format: `v1:` + base64(iv 12 | tag 16 | ciphertext).
   */
  seal(place: string, plain: string): string
  /** The plain text; throws when the ciphertext was changed or moved. */
  open(place: string, sealed: string): string
  /** A keyed hash for exact search; `purpose` keeps the indexes of two columns apart. */
  blindIndex(purpose: string, value: string): string
  /** Signs checkpoints. Made from the encryption key, so that it is kept, lost and given back with it. */
  readonly seals: SealKey
}

export function openKeys(material: KeyMaterial): Keys {
  const encryptionKey = Buffer.from(material.encryption, 'base64')
  const indexKey = Buffer.from(material.blindIndex, 'base64')
  if (encryptionKey.length !== 32 || indexKey.length !== 32)
    throw new Error('keys must be 32 bytes each, in base64')
  const columnKey = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'linli column v1', 32))
  const sealKey = openSealKey(Buffer.from(hkdfSync('sha256', encryptionKey, '', 'linli seals v1', 32)))
  return {
    seals: sealKey,
    seal(place, plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', columnKey, iv)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return `v1:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`
    },
    open(place, sealed) {
      if (!sealed.startsWith('v1:')) throw new Error('unknown format of an encrypted column')
      const bytes = Buffer.from(sealed.slice(3), 'base64')
      const decipher = createDecipheriv('aes-256-gcm', columnKey, bytes.subarray(0, 12))
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
    blindIndex(purpose, value) {
      return createHmac('sha256', indexKey).update(`${purpose}\0${value}`).digest('base64url')
    },
  }
}
