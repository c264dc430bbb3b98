/** Writes polygons as a zipped shapefile. Rule: ESRI Shapefile Technical Description, July 1998. */
import PizZip from 'pizzip'
import { type AreaGeometry, type Position, polygonsOf } from '../../../lib/geometry.ts'

export interface ShapeRow {
  readonly fields: Readonly<Record<string, string>>
  readonly geometry: AreaGeometry
}

/** What a program that opens it reads the degrees as; GCJ-02 and BD-09 have no name that any of them knows. */
const projections = {
  wgs84:
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
  cgcs2000:
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
} as const

/** @param name without ending; the files in the zip are called so */
export function writeShapefile(
  name: string,
  rows: readonly ShapeRow[],
  datum: 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09',
): Buffer {
  const shapes = rows.map(({ geometry }) => shapeBytes(geometry))
  const box = boxOf(rows.flatMap(({ geometry }) => polygonsOf(geometry).flat()))
  const length = shapes.reduce((total, shape) => total + 8 + shape.length, 100)
  const shp = [fileHead(length, box)]
  const shx = [fileHead(100 + shapes.length * 8, box)]
  let at = 100
  shapes.forEach((shape, index) => {
    const head = Buffer.alloc(8)
    head.writeInt32BE(index + 1, 0)
    head.writeInt32BE(shape.length / 2, 4)
    shp.push(head, shape)
    const place = Buffer.alloc(8)
    place.writeInt32BE(at / 2, 0)
    place.writeInt32BE(shape.length / 2, 4)
    shx.push(place)
    at += 8 + shape.length
  })
  const zip = new PizZip()
  zip.file(`${name}.shp`, Buffer.concat(shp))
  zip.file(`${name}.shx`, Buffer.concat(shx))
  zip.file(`${name}.dbf`, tableBytes(rows.map(({ fields }) => fields)))
  zip.file(`${name}.cpg`, 'UTF-8')
  if (datum === 'wgs84' || datum === 'cgcs2000') zip.file(`${name}.prj`, projections[datum])
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

type Box = readonly [number, number, number, number]

function boxOf(rings: readonly (readonly Position[])[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings)
    for (const [lng = 0, lat = 0] of ring) {
      west = Math.min(west, lng)
      south = Math.min(south, lat)
      east = Math.max(east, lng)
      north = Math.max(north, lat)
    }
  return west <= east ? [west, south, east, north] : [0, 0, 0, 0]
}

function fileHead(length: number, box: Box): Buffer {
  const head = Buffer.alloc(100)
  head.writeInt32BE(9994, 0)
  head.writeInt32BE(length / 2, 24)
  head.writeInt32LE(1000, 28)
  head.writeInt32LE(5, 32)
  box.forEach((value, index) => {
    head.writeDoubleLE(value, 36 + index * 8)
  })
  return head
}

function shapeBytes(geometry: AreaGeometry): Buffer {
  const rings = polygonsOf(geometry).flatMap((polygon) =>
    polygon.map((ring, index) => turned(closed(ring), index === 0)),
  )
  const points = rings.reduce((total, ring) => total + ring.length, 0)
  const bytes = Buffer.alloc(44 + rings.length * 4 + points * 16)
  bytes.writeInt32LE(5, 0)
  boxOf(rings).forEach((value, index) => {
    bytes.writeDoubleLE(value, 4 + index * 8)
  })
  bytes.writeInt32LE(rings.length, 36)
  bytes.writeInt32LE(points, 40)
  let start = 0
  rings.forEach((ring, part) => {
    bytes.writeInt32LE(start, 44 + part * 4)
    ring.forEach(([lng = 0, lat = 0], index) => {
      bytes.writeDoubleLE(lng, 44 + rings.length * 4 + (start + index) * 16)
      bytes.writeDoubleLE(lat, 44 + rings.length * 4 + (start + index) * 16 + 8)
    })
    start += ring.length
  })
  return bytes
}

function closed(ring: readonly Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : [...ring]
}

/** Outer rings turn clockwise, holes the other way. */
function turned(ring: Position[], clockwise: boolean): Position[] {
  let doubled = 0
  ring.forEach(([bx = 0, by = 0], index) => {
    const [ax = 0, ay = 0] = ring[index - 1] ?? ring[index] ?? []
    doubled += ax * by - bx * ay
  })
  return doubled < 0 === clockwise ? ring : ring.toReversed()
}

const mostLength = 254

/** A dBASE III table of texts, in UTF-8. */
function tableBytes(rows: readonly Readonly<Record<string, string>>[]): Buffer {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => cutUtf8(row[name] ?? '', mostLength)))
  const lengths = names.map((_, column) => Math.max(1, ...cells.map((row) => row[column]?.length ?? 0)))
  const rowLength = 1 + lengths.reduce((total, length) => total + length, 0)
  const head = Buffer.alloc(32 + names.length * 32 + 1)
  head[0] = 3
  head.set([126, 1, 1], 1)
  head.writeUInt32LE(rows.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(rowLength, 10)
  names.forEach((name, column) => {
    const at = 32 + column * 32
    head.write(name.slice(0, 10), at, 'latin1')
    head.write('C', at + 11, 'latin1')
    head[at + 16] = lengths[column] ?? 1
  })
  head[head.length - 1] = 0x0d
  const body = Buffer.alloc(rows.length * rowLength, 0x20)
  cells.forEach((row, index) => {
    let at = index * rowLength + 1
    row.forEach((cell, column) => {
      cell.copy(body, at)
      at += lengths[column] ?? 1
    })
  })
  return Buffer.concat([head, body, Buffer.from([0x1a])])
}

/** At most so many bytes, and no half character. */
function cutUtf8(text: string, most: number): Buffer {
  let bytes = Buffer.from(text)
  for (let length = text.length; bytes.length > most; ) bytes = Buffer.from(text.slice(0, --length))
  return bytes
}
