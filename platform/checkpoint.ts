/**
 * A checkpoint: the size and root of a tree in a few lines of text with a signature, in the form that witnesses of
 * transparency logs read. Rule: C2SP tlog-checkpoint and signed-note (Ed25519, type 0x01).
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

export interface Checkpoint {
  /** Whose tree: `linli/STREET_ID`. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  /** ISO 8601, by the clock of the machine that sealed. */
  readonly at: string
  /** Size and root of the checkpoint before; size 0 for the first. */
  readonly previous: { readonly size: number; readonly root: string }
}

export interface SealKey {
  /** 32 bytes: what others check with. */
  readonly publicKey: Buffer
  sign(text: Buffer): Buffer
}

const keyName = 'linli'
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** `seed`: 32 secret bytes. */
export function openSealKey(seed: Buffer): SealKey {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(spki.length)
  return { publicKey, sign: (text) => sign(null, text, secret) }
}

const openPublicKey = (publicKey: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' })

export const isSignedBy = (publicKey: Buffer, text: Buffer, signature: Buffer): boolean =>
  verify(null, text, openPublicKey(publicKey), signature)

/** The form in which a key is handed to whoever checks: `linli+HASH+KEY`. Rule: C2SP signed-note, verifier keys. */
export const verifierKey = (publicKey: Buffer): string =>
  `${keyName}+${keyHash(publicKey).toString('hex')}+${typed(publicKey).toString('base64')}`

const typed = (publicKey: Buffer): Buffer => Buffer.concat([Buffer.from([1]), publicKey])

const keyHash = (publicKey: Buffer): Buffer =>
  createHash('sha256').update(`${keyName}\n`).update(typed(publicKey)).digest().subarray(0, 4)

export function signCheckpoint(checkpoint: Checkpoint, key: SealKey): string {
  const { origin, size, root, at, previous } = checkpoint
  const text = `${origin}\n${size}\n${root.toString('base64')}\nat ${at}\nprevious ${previous.size} ${previous.root}\n`
  const signature = Buffer.concat([keyHash(key.publicKey), key.sign(Buffer.from(text))])
  return `${text}\n— ${keyName} ${signature.toString('base64')}\n`
}

const form =
  /^(linli\/\d{1,10})\n(\d{1,15})\n([A-Za-z0-9+/]{43}=)\nat (\S{1,40})\nprevious (\d{1,15}) ([A-Za-z0-9+/]{43}=)\n$/

/**
 * Reads a note and holds its signature against the key. Signatures of others, such as witnesses, may stand beside it.
 * @returns undefined for anything that this key did not sign
 */
export function openCheckpoint(note: string, publicKey: Buffer): Checkpoint | undefined {
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const parts = form.exec(text)
  if (end < 0 || !parts) return undefined
  const signed = note
    .slice(end + 2)
    .split('\n')
    .some((line) => isSignature(line, text, publicKey))
  if (!signed) return undefined
  const [, origin = '', size = '', root = '', at = '', previousSize = '', previousRoot = ''] = parts
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    at,
    previous: { size: Number(previousSize), root: previousRoot },
  }
}

function isSignature(line: string, text: string, publicKey: Buffer): boolean {
  const bytes = Buffer.from(/^— linli ([A-Za-z0-9+/=]+)$/.exec(line)?.[1] ?? '', 'base64')
  return (
    bytes.length === 68 &&
    bytes.subarray(0, 4).equals(keyHash(publicKey)) &&
    isSignedBy(publicKey, Buffer.from(text), bytes.subarray(4))
  )
}
