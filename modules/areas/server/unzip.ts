/** Reads the entries of a zip within a limit: a bomb stops at the limit, whatever its headers promise. */
import { inflateRawSync } from 'node:zlib'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50

/**
 * The files of a zip by their names in lower case, without folders. Stored and deflated entries are understood.
 * @throws Error when it is no zip, is damaged, or holds more than the limit
 */
export function unzip(bytes: Buffer, mostBytes: number): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endSignature)
    throw new Error('not a zip')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  let left = mostBytes
  const files = new Map<string, Buffer>()
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error('the zip is damaged')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    ) as [number, number, number]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if (!name.endsWith('/') && !name.startsWith('__MACOSX')) {
      const content = entryContent(bytes, at, left)
      left -= content.length
      files.set((name.split('/').at(-1) ?? name).toLowerCase(), content)
    }
    at += 46 + nameLength + extraLength + noteLength
  }
  return files
}

function entryContent(bytes: Buffer, entry: number, mostBytes: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10)
  const packed = bytes.readUInt32LE(entry + 20)
  const local = bytes.readUInt32LE(entry + 42)
  if (bytes.readUInt32LE(local) !== localSignature) throw new Error('the zip is damaged')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const content = bytes.subarray(start, start + packed)
  if (method === 0 && content.length <= mostBytes) return content
  if (method !== 8 || mostBytes <= 0)
    throw new Error('the zip is packed in a way that is not read, or too large')
  return inflateRawSync(content, { maxOutputLength: mostBytes })
}
