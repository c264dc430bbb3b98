/** The one fact of a photo's EXIF that is kept: when it was taken. Everything else, places above all, is dropped. */

const exifPointer = 0x8769
const takenTag = 0x9003
const offsetTag = 0x9011
/** A camera without a time zone stands in the street: UTC+8. */
const streetOffset = '+08:00'

/** The instant of DateTimeOriginal, or null when there is none or it can not be right. `exif` begins with `Exif\0\0` or the TIFF head. */
export function takenAtOf(exif: Buffer | undefined, uploadedAt: Date): Date | null {
  if (exif === undefined) return null
  try {
    const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
    const pointer = readEntries(tiff, readers(tiff).long(4)).get(exifPointer)
    if (pointer === undefined) return null
    const entries = readEntries(tiff, readers(tiff).long(pointer.at))
    const offset = textOf(tiff, entries.get(offsetTag))
    return instantOf(textOf(tiff, entries.get(takenTag)), offset, uploadedAt)
  } catch (error) {
    // A broken directory points outside its buffer; such a photo has no known time.
    if (error instanceof RangeError) return null
    throw error
  }
}

interface Entry {
  count: number
  /** Where the value or the pointer to it stands. */
  at: number
}

function readers(tiff: Buffer) {
  const little = tiff.toString('latin1', 0, 2) === 'II'
  return {
    short: (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)),
    long: (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)),
  }
}

function readEntries(tiff: Buffer, directory: number): Map<number, Entry> {
  const { short, long } = readers(tiff)
  const entries = new Map<number, Entry>()
  const count = Math.min(short(directory), 200)
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + index * 12
    entries.set(short(at), { count: long(at + 4), at: at + 8 })
  }
  return entries
}

function textOf(tiff: Buffer, entry: Entry | undefined): string {
  if (entry === undefined || entry.count > 64) return ''
  const from = entry.count <= 4 ? entry.at : readers(tiff).long(entry.at)
  return tiff.toString('latin1', from, from + entry.count).replace(/\0.*$/s, '')
}

function instantOf(taken: string, offset: string, uploadedAt: Date): Date | null {
  const parts = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(taken)
  if (!parts) return null
  const zone = /^[+-]\d{2}:\d{2}$/.test(offset) ? offset : streetOffset
  const at = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${zone}`)
  const ms = at.getTime()
  // A camera whose clock was never set says 1980 or a day to come: no time is better than a wrong one.
  const plausible = ms >= Date.UTC(2000, 0, 1) && ms <= uploadedAt.getTime() + 24 * 3_600_000
  return plausible ? at : null
}
