/** Reads the polygons of a zipped shapefile (.shp with .dbf). Rule: ESRI Shapefile Technical Description, July 1998. */
import type { MultiPolygon, Polygon, Position } from '../../../lib/geometry.ts'
import { unzip } from './unzip.ts'

export interface ShapeRecord {
  /** From 1, as the file counts. */
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
  /** Null for an empty shape. */
  readonly geometry: Polygon | MultiPolygon | null
}

/** Unpacked; a street of 6,316 micro-grids has some 20 MB. */
const mostBytes = 256 * 1024 * 1024
/** Polygon, and the same with heights or measures, which are left out. */
const polygonTypes = new Set([5, 15, 25])

/**
 * All records of the first .shp in the zip, as they are: the caller knows the datum.
 * @throws Error with a sentence when it holds no polygons in degrees
 */
export function readShapefile(zip: Buffer): ShapeRecord[] {
  const files = unzip(zip, mostBytes)
  const name = [...files.keys()].find((one) => one.endsWith('.shp'))?.slice(0, -4)
  const shapes = name === undefined ? undefined : files.get(`${name}.shp`)
  if (name === undefined || !shapes) throw new Error('the zip holds no .shp')
  const projection = files.get(`${name}.prj`)?.toString('latin1') ?? ''
  if (/^\s*PROJC/i.test(projection)) throw new Error('coordinates are projected: export it in degrees first')
  const table = files.get(`${name}.dbf`)
  const rows = table ? readTable(table, files.get(`${name}.cpg`)?.toString('latin1')) : []
  return readShapes(shapes).map((geometry, index) => ({
    line: index + 1,
    fields: rows[index] ?? {},
    geometry,
  }))
}

function readShapes(file: Buffer): (Polygon | MultiPolygon | null)[] {
  if (file.length < 100 || file.readInt32BE(0) !== 9994) throw new Error('the .shp is damaged')
  const shapes: (Polygon | MultiPolygon | null)[] = []
  for (let at = 100; at + 12 <= file.length; ) {
    const end = at + 8 + file.readInt32BE(at + 4) * 2
    if (end > file.length) throw new Error('the .shp is cut short')
    const type = file.readInt32LE(at + 8)
    if (type !== 0 && !polygonTypes.has(type)) throw new Error('the .shp holds no polygons')
    shapes.push(type === 0 ? null : readPolygon(file, at + 8, end))
    at = end
  }
  return shapes
}

function readPolygon(file: Buffer, at: number, end: number): Polygon | MultiPolygon {
  const parts = file.readInt32LE(at + 36)
  const points = file.readInt32LE(at + 40)
  const first = at + 44 + parts * 4
  if (parts < 0 || points < 0 || first + points * 16 > end) throw new Error('the .shp is damaged')
  const starts = Array.from({ length: parts }, (_, index) => file.readInt32LE(at + 44 + index * 4))
  const rings = starts.map((start, index) => {
    const ring: Position[] = []
    for (let point = start; point < (starts[index + 1] ?? points); point++)
      ring.push([file.readDoubleLE(first + point * 16), file.readDoubleLE(first + point * 16 + 8)])
    return ring
  })
  return polygonsOfRings(rings)
}

/** In a shapefile an outer ring turns clockwise and a hole the other way; a hole follows no certain outer ring. */
function polygonsOfRings(rings: readonly Position[][]): Polygon | MultiPolygon {
  const outer = rings.filter((ring) => turn(ring) <= 0).map((ring) => [ring])
  for (const hole of rings.filter((ring) => turn(ring) > 0)) {
    const [lng = 0, lat = 0] = hole[0] ?? []
    const around = outer.find(([ring]) => ring && holds(ring, lng, lat))
    // A ring that turns the wrong way and lies in none is an area by itself.
    if (around) around.push(hole)
    else outer.push([hole])
  }
  const [one] = outer
  return one && outer.length === 1
    ? { type: 'Polygon', coordinates: one }
    : { type: 'MultiPolygon', coordinates: outer }
}

/** Twice the signed surface: above zero against the clock. */
function turn(ring: readonly Position[]): number {
  let doubled = 0
  ring.forEach(([bx = 0, by = 0], index) => {
    const [ax = 0, ay = 0] = ring.at(index - 1) ?? []
    doubled += ax * by - bx * ay
  })
  return doubled
}

function holds(ring: readonly Position[], lng: number, lat: number): boolean {
  let inside = false
  ring.forEach(([bx = 0, by = 0], index) => {
    const [ax = 0, ay = 0] = ring.at(index - 1) ?? []
    if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside
  })
  return inside
}

/** The rows of a dBASE table as texts. Without a word about its script it is UTF-8 where it can be, else GBK. */
function readTable(file: Buffer, codePage: string | undefined): Record<string, string>[] {
  if (file.length < 33) throw new Error('the .dbf is damaged')
  const [rows, headLength, rowLength] = [file.readUInt32LE(4), file.readUInt16LE(8), file.readUInt16LE(10)]
  const columns: { name: Buffer; length: number }[] = []
  for (let at = 32; at + 32 <= headLength && file[at] !== 0x0d; at += 32) {
    const name = file.subarray(at, at + 11)
    const nameEnd = name.indexOf(0)
    columns.push({ name: nameEnd < 0 ? name : name.subarray(0, nameEnd), length: file[at + 16] ?? 0 })
  }
  const decode = decoderFor(file, codePage)
  const names = columns.map(({ name }) => decode(name).trim())
  return Array.from({ length: rows }, (_, index) => {
    let at = headLength + index * rowLength + 1
    const row: Record<string, string> = {}
    columns.forEach(({ length }, column) => {
      const name = names[column]
      if (name)
        row[name] = decode(file.subarray(at, at + length))
          .replaceAll('\0', '')
          .trim()
      at += length
    })
    return row
  })
}

function decoderFor(file: Buffer, codePage: string | undefined): (bytes: Buffer) => string {
  const said =
    /gb|936/i.test(codePage ?? '') || file[29] === 0x4d ? 'gbk' : /utf/i.test(codePage ?? '') ? 'utf-8' : ''
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const gbk = new TextDecoder('gbk')
  if (said === 'gbk') return (bytes) => gbk.decode(bytes)
  const loose = new TextDecoder('utf-8')
  if (said === 'utf-8') return (bytes) => loose.decode(bytes)
  return (bytes) => {
    try {
      return utf8.decode(bytes)
    } catch {
      return gbk.decode(bytes)
    }
  }
}
