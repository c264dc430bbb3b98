/** The parts of a zip archive that a stranger may have made, unpacked under hard limits and in memory only. */
import { inflateRawSync } from 'node:zlib'
import { SheetFault, sheetLimits } from './sheet-limits.ts'

const endSignature = 0x06054b50
const listSignature = 0x02014b50
const partSignature = 0x04034b50

interface ListedPart {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly at: number
}

export interface Zip {
  readonly names: readonly string[]
  /** Undefined when there is no such part. @throws SheetFault */
  part(name: string): Buffer | undefined
}

/**
 * Reads the list of parts; nothing is unpacked before it is asked for, and all that is unpacked counts together.
 * Sizes that the archive states are not believed.
 * @throws SheetFault unreadable, too-large
 */
export function openZip(bytes: Buffer): Zip {
  const list = listParts(bytes)
  let unpacked = 0
  return {
    names: [...list.keys()],
    part(name) {
      const listed = list.get(name)
      if (listed === undefined) return undefined
      const content = contentOf(bytes, listed, sheetLimits.unpackedBytes - unpacked)
      unpacked += content.length
      if (unpacked > sheetLimits.ratioFromBytes && unpacked > bytes.length * sheetLimits.ratio)
        throw new SheetFault('too-large')
      return content
    },
  }
}

function listParts(bytes: Buffer): Map<string, ListedPart> {
  try {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || bytes.readUInt32LE(end) !== endSignature) throw new SheetFault('unreadable')
    const count = bytes.readUInt16LE(end + 10)
    if (count > sheetLimits.parts) throw new SheetFault('too-large')
    const parts = new Map<string, ListedPart>()
    let at = bytes.readUInt32LE(end + 16)
    for (let i = 0; i < count; i++) {
      if (bytes.readUInt32LE(at) !== listSignature) throw new SheetFault('unreadable')
      const nameLength = bytes.readUInt16LE(at + 28)
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, '')
      // Two parts of one name are a trick: the first one counts.
      if (!parts.has(name))
        parts.set(name, {
          name,
          method: bytes.readUInt16LE(at + 10),
          packedBytes: bytes.readUInt32LE(at + 20),
          at: bytes.readUInt32LE(at + 42),
        })
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return parts
  } catch (error) {
    throw error instanceof SheetFault ? error : new SheetFault('unreadable')
  }
}

function contentOf(bytes: Buffer, part: ListedPart, limit: number): Buffer {
  try {
    if (bytes.readUInt32LE(part.at) !== partSignature) throw new SheetFault('unreadable')
    const from = part.at + 30 + bytes.readUInt16LE(part.at + 26) + bytes.readUInt16LE(part.at + 28)
    const packed = bytes.subarray(from, from + part.packedBytes)
    if (part.method === 0) {
      if (packed.length > limit) throw new SheetFault('too-large')
      return packed
    }
    if (part.method !== 8) throw new SheetFault('unreadable')
    return inflateRawSync(packed, { maxOutputLength: Math.max(limit, 1) })
  } catch (error) {
    if (error instanceof SheetFault) throw error
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new SheetFault('too-large')
    throw new SheetFault('unreadable')
  }
}
