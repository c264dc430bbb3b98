/** A tar in gzip, written and read as a stream of whole members. Names and sizes only: no links, no owners, no modes. */
import { createReadStream, createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

export interface Member {
  readonly name: string
  readonly content: Buffer
}

const block = 512
/** A member is held in memory; beyond this it is none that we wrote. */
const largest = 512 * 1024 * 1024

export interface ArchiveWriter {
  add(name: string, content: Buffer): Promise<void>
  /** Ends the archive; resolves when it is handed to the system. Gives its size in bytes. */
  end(): Promise<number>
  /** Gives up; the half file stays for the caller to remove. */
  abort(): void
}

/** @throws when the file is there already */
export function writeArchive(path: string): ArchiveWriter {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  const gzip = createGzip({ level: 5 })
  gzip.pipe(file)
  const done = finished(file)
  done.catch(() => {})
  let failure: Error | undefined
  file.on('error', (error) => {
    failure = error
    gzip.destroy()
  })
  const write = async (bytes: Buffer) => {
    if (failure) throw failure
    if (!gzip.write(bytes)) await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), done])
    if (failure) throw failure
  }
  return {
    async add(name, content) {
      await write(header(name, content.length))
      await write(content)
      const rest = content.length % block
      if (rest > 0) await write(Buffer.alloc(block - rest))
    },
    async end() {
      gzip.end(Buffer.alloc(2 * block))
      await done
      return file.bytesWritten
    },
    abort() {
      gzip.destroy()
      file.destroy()
    },
  }
}

/** POSIX ustar: what every tar of the last thirty years reads. */
function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new Error(`the name of a member is too long: ${name}`)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  bytes.write(name, 0)
  bytes.write(octal(0o600, 8), 100)
  bytes.write(octal(0, 8), 108)
  bytes.write(octal(0, 8), 116)
  bytes.write(octal(size, 12), 124)
  bytes.write(octal(0, 12), 136)
  bytes.write(' '.repeat(8), 148)
  bytes.write('0', 156)
  bytes.write('ustar\u000000', 257)
  bytes.write(`${octal(checksum(bytes), 7)} `, 148)
  return bytes
}

const checksum = (bytes: Buffer): number => bytes.reduce((sum, byte) => sum + byte, 0)

/** @throws Error for anything that is not such an archive, or that ends early */
export async function* readArchive(path: string): AsyncGenerator<Member> {
  const file = createReadStream(path)
  const gunzip = createGunzip()
  file.on('error', (error) => gunzip.destroy(error))
  file.pipe(gunzip)
  const source = new ByteSource(gunzip[Symbol.asyncIterator]())
  for (;;) {
    const head = await source.take(block)
    if (head.every((byte) => byte === 0)) break
    const { name, size } = readHeader(head)
    const content = await source.take(size)
    await source.take((block - (size % block)) % block)
    yield { name, content }
  }
  await source.finish()
}

function readHeader(head: Buffer): { name: string; size: number } {
  const field = (from: number, length: number) =>
    head.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  const given = Number.parseInt(field(148, 8), 8)
  const blank = Buffer.from(head)
  blank.fill(' ', 148, 156)
  const size = Number.parseInt(field(124, 12), 8)
  if (
    checksum(blank) !== given ||
    !(size >= 0 && size <= largest) ||
    !['0', '\0'].includes(field(156, 1) || '\0')
  )
    throw new Error('a member of the archive is damaged')
  return { name: field(0, 100), size }
}

class ByteSource {
  private parts: Buffer[] = []
  private length = 0
  constructor(private readonly chunks: AsyncIterator<Buffer>) {}

  /** Exactly `size` bytes. */
  async take(size: number): Promise<Buffer> {
    while (this.length < size) {
      const { done, value } = await this.chunks.next()
      if (done) throw new Error('the archive ends early')
      this.parts.push(value)
      this.length += value.length
    }
    const all = this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts)
    this.parts = [all.subarray(size)]
    this.length = all.length - size
    return all.subarray(0, size)
  }

  /** Reads on to the end, so that a wrong checksum of the compression is noticed. */
  async finish(): Promise<void> {
    while (!(await this.chunks.next()).done);
  }
}
