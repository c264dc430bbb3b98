/**
 * Reads the first sheet of an xlsx file that a stranger may have made. Every part is unpacked here under a hard limit
 * and packed anew, so that the reader of the sheet meets nothing that was hidden or that grows on unpacking.
 */
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import excel from 'exceljs'
import { Refusal } from '../../../platform/refusal.ts'
import type { SheetRow } from '../rules/check-matter-rows.ts'

const inflate = promisify(inflateRaw)
const maxUnpackedBytes = 40 * 1024 * 1024
const maxParts = 500
const wanted =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/

const unreadable = () => new Refusal('cases/sheet-unreadable')

/**
 * The rows of the first sheet as texts; a formula is what it last gave. The heading is the first row that is not empty.
 * @throws Refusal cases/sheet-unreadable, cases/sheet-too-long
 */
export async function readSheet(
  bytes: Buffer,
  limits: { rows: number; columns: number },
): Promise<{ heading: string[]; rows: SheetRow[] }> {
  const packed = packStored(await unpack(bytes))
  const found: SheetRow[] = []
  try {
    const reader = new excel.stream.xlsx.WorkbookReader(Readable.from([packed]), {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'ignore',
      hyperlinks: 'ignore',
      entries: 'ignore',
    })
    for await (const sheet of reader) {
      for await (const row of sheet) {
        const cells = Array.from({ length: limits.columns }, (_, i) => textOf(row.getCell(i + 1).value))
        if (cells.every((cell) => cell === '')) continue
        if (found.length > limits.rows) throw new Refusal('cases/sheet-too-long')
        found.push({ row: row.number, cells })
      }
      break
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable()
  }
  const [heading, ...rows] = found
  if (heading === undefined) throw unreadable()
  return { heading: [...heading.cells], rows }
}

function textOf(value: excel.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map((part) => part.text).join('')
  if ('result' in value) return textOf(value.result as excel.CellValue)
  if ('text' in value) return textOf(value.text as excel.CellValue)
  return ''
}

interface Part {
  name: string
  content: Buffer
}

const endSignature = 0x06054b50
const listSignature = 0x02014b50
const partSignature = 0x04034b50

async function unpack(bytes: Buffer): Promise<Part[]> {
  try {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || bytes.readUInt32LE(end) !== endSignature) throw unreadable()
    const count = bytes.readUInt16LE(end + 10)
    if (count > maxParts) throw new Refusal('cases/sheet-too-long')
    const parts: Part[] = []
    let left = maxUnpackedBytes
    let at = bytes.readUInt32LE(end + 16)
    for (let i = 0; i < count; i++) {
      if (bytes.readUInt32LE(at) !== listSignature) throw unreadable()
      const nameLength = bytes.readUInt16LE(at + 28)
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
      if (wanted.test(name) && !parts.some((part) => part.name === name)) {
        const content = await contentOf(bytes, at, left)
        left -= content.length
        parts.push({ name, content })
      }
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return parts
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('cases/sheet-too-long')
    throw unreadable()
  }
}

async function contentOf(bytes: Buffer, listed: number, limit: number): Promise<Buffer> {
  const method = bytes.readUInt16LE(listed + 10)
  const size = bytes.readUInt32LE(listed + 20)
  const at = bytes.readUInt32LE(listed + 42)
  if (bytes.readUInt32LE(at) !== partSignature) throw unreadable()
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const packed = bytes.subarray(from, from + size)
  if (method === 0 && packed.length <= limit) return packed
  if (method !== 8) throw unreadable()
  return inflate(packed, { maxOutputLength: Math.max(limit, 1) })
}

/** The workbook and its strings first, so that the sheet can be read in one pass; nothing is compressed. */
function packStored(parts: readonly Part[]): Buffer {
  const isSheet = (part: Part) => part.name.startsWith('xl/worksheets/')
  const ordered = [...parts.filter((part) => !isSheet(part)), ...parts.filter(isSheet)]
  const bodies: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, content } of ordered) {
    const nameBytes = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(content.length, 14)
    facts.writeUInt32LE(content.length, 18)
    facts.writeUInt16LE(nameBytes.length, 22)
    const head = Buffer.alloc(4)
    head.writeUInt32LE(partSignature)
    bodies.push(head, facts, nameBytes, content)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(listSignature, 0)
    entry.writeUInt16LE(20, 4)
    facts.copy(entry, 6)
    entry.writeUInt32LE(at, 42)
    list.push(entry, nameBytes)
    at += 30 + nameBytes.length + content.length
  }
  const listBytes = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endSignature, 0)
  end.writeUInt16LE(ordered.length, 8)
  end.writeUInt16LE(ordered.length, 10)
  end.writeUInt32LE(listBytes.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, listBytes, end])
}
