/** Writes a zip archive part by part; a long part is deflated as it comes, so that it never stands whole in memory. */

import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

const partSignature = 0x04034b50
const listSignature = 0x02014b50
const endSignature = 0x06054b50
/** Names are UTF-8. The date is that of the format's beginning: a file has no time of its own. */
const flags = 0x0800
const dosDate = 0x0021

export class ZipWriter {
  private readonly pieces: Buffer[] = []
  private readonly list: Buffer[] = []
  private at = 0

  add(name: string, content: Buffer): void {
    this.keep(name, deflateRawSync(content), crc32(content), content.length)
  }

  async addTexts(name: string, texts: AsyncIterable<string>): Promise<void> {
    let sum = 0
    let length = 0
    async function* counted() {
      for await (const text of texts) {
        const bytes = Buffer.from(text)
        sum = crc32(bytes, sum)
        length += bytes.length
        yield bytes
      }
    }
    const packed = await buffer(Readable.from(counted()).pipe(createDeflateRaw()))
    this.keep(name, packed, sum, length)
  }

  private keep(name: string, packed: Buffer, sum: number, length: number): void {
    const nameBytes = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(flags, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt16LE(dosDate, 8)
    facts.writeUInt32LE(sum, 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(length, 18)
    facts.writeUInt16LE(nameBytes.length, 22)
    const head = Buffer.alloc(4)
    head.writeUInt32LE(partSignature)
    this.pieces.push(head, facts, nameBytes, packed)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(listSignature, 0)
    entry.writeUInt16LE(20, 4)
    facts.copy(entry, 6)
    entry.writeUInt32LE(this.at, 42)
    this.list.push(entry, nameBytes)
    this.at += 30 + nameBytes.length + packed.length
  }

  end(): Buffer {
    const list = Buffer.concat(this.list)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(endSignature, 0)
    end.writeUInt16LE(this.list.length / 2, 8)
    end.writeUInt16LE(this.list.length / 2, 10)
    end.writeUInt32LE(list.length, 12)
    end.writeUInt32LE(this.at, 16)
    return Buffer.concat([...this.pieces, list, end])
  }
}
