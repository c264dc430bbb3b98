import { expect, test } from 'vitest'
import { type Checkpoint, openCheckpoint, openSealKey, signCheckpoint, verifierKey } from './checkpoint.ts'

// The first test vector of RFC 8032, section 7.1.
const rfcKey = openSealKey(
  Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
)
const root = Buffer.alloc(32, 7)
const checkpoint: Checkpoint = {
  origin: 'linli/1',
  size: 12,
  root,
  at: '2026-09-14T01:00:00.000Z',
  previous: { size: 5, root: Buffer.alloc(32, 6).toString('base64') },
}
const note = signCheckpoint(checkpoint, rfcKey)

test('keys and signatures are those of RFC 8032', () => {
  expect(rfcKey.publicKey.toString('hex')).toBe(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  )
  expect(rfcKey.sign(Buffer.alloc(0)).toString('hex')).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
  expect(verifierKey(rfcKey.publicKey)).toMatch(
    /^linli\+[0-9a-f]{8}\+AddamAGCsQq31Uv\+08lkBzoO4XLz2qYjJa8CGmj3B1Ea$/,
  )
})

test('what was signed opens again, also beside the signature of a witness', () => {
  expect(openCheckpoint(note, rfcKey.publicKey)).toEqual(checkpoint)
  expect(openCheckpoint(`${note}— witness.example AAAA\n`, rfcKey.publicKey)).toEqual(checkpoint)
})

test('another key, and any changed character, is noticed', () => {
  expect(openCheckpoint(note, openSealKey(Buffer.alloc(32, 1)).publicKey)).toBeUndefined()
  const forged = signCheckpoint(checkpoint, openSealKey(Buffer.alloc(32, 1)))
  expect(openCheckpoint(forged, rfcKey.publicKey)).toBeUndefined()
  for (let at = 0; at < note.length - 1; at += 1) {
    const changed = `${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`
    expect(openCheckpoint(changed, rfcKey.publicKey), `character ${at}`).toBeUndefined()
  }
  for (const text of ['', '\n\n', 'linli/1\n1\n', note.slice(0, -30)])
    expect(openCheckpoint(text, rfcKey.publicKey)).toBeUndefined()
})
