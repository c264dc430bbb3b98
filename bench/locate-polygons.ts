/**
 * Made-up leaves for the bench of locating: they share bent borders exactly, some have a hole that is a leaf of its own,
 * some a hole that is nobody's. Every coordinate is a whole number of 2^-30 degrees, so that an exact test in whole
 * numbers and the floating-point one speak of the very same places.
 */
import type { Ring } from '../lib/geometry.ts'
import type { SeededRandom } from '../lib/seeded-random.ts'
import type { LocatorLeaf } from '../modules/areas/rules/locate.ts'

/** A tenth of a millimetre. */
export const unit = 2 ** -30
/** About 130 m, in units. */
const step = 1_400_000
const origin = { x: Math.round(106.3 / unit), y: Math.round(29.3 / unit) }

/** In whole units. */
export type Spot = readonly [number, number]

export interface Leaves {
  readonly leaves: readonly LocatorLeaf[]
  /** The same rings in whole units, by place in the list. */
  readonly rings: readonly (readonly (readonly Spot[])[])[]
  readonly columns: number
  readonly rows: number
}

/** At least `count` leaves: a lattice of bent cells, one of ten with a filled hole and one of twenty with an empty one. */
export function makeLeaves(count: number, random: SeededRandom): Leaves {
  const columns = Math.ceil(Math.sqrt(count / 1.1))
  const rows = Math.ceil(count / 1.1 / columns)
  const jitter = (most: number) => Math.floor((random.next() - 0.5) * 2 * most)
  const spots = (width: number, height: number, x: number, y: number) =>
    Array.from({ length: width * height }, (_, at): Spot => {
      const [column, row] = [at % width, Math.floor(at / width)]
      return [
        origin.x + Math.floor((column + x) * step) + jitter(step * 0.18),
        origin.y + Math.floor((row + y) * step) + jitter(step * 0.18),
      ]
    })
  const corners = spots(columns + 1, rows + 1, 0, 0)
  /** Bends in the middle of borders: those that lie, those that stand. */
  const lying = spots(columns, rows + 1, 0.5, 0)
  const standing = spots(columns + 1, rows, 0, 0.5)
  const at = (list: readonly Spot[], width: number, x: number, y: number): Spot =>
    list[y * width + x] ?? [0, 0]
  const rings: (readonly Spot[])[][] = []
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const outer = [
        at(corners, columns + 1, x, y),
        at(lying, columns, x, y),
        at(corners, columns + 1, x + 1, y),
        at(standing, columns + 1, x + 1, y),
        at(corners, columns + 1, x + 1, y + 1),
        at(lying, columns, x, y + 1),
        at(corners, columns + 1, x, y + 1),
        at(standing, columns + 1, x, y),
      ]
      const draw = random.int(20)
      if (draw > 2) rings.push([outer])
      else {
        const hole = holeAround(origin.x + (x + 0.5) * step, origin.y + (y + 0.5) * step, jitter)
        rings.push([outer, hole])
        // The first two of twenty are filled, as a market is inside a grid.
        if (draw < 2) rings.push([[...hole].reverse()])
      }
    }
  const leaves = rings.map(
    (parts, index): LocatorLeaf => ({
      areaId: `leaf-${String(index).padStart(6, '0')}`,
      path: `s.m${String(index).padStart(6, '0')}`,
      geometry: { type: 'Polygon', coordinates: parts.map(inDegrees) },
    }),
  )
  return { leaves, rings, columns, rows }
}

function holeAround(x: number, y: number, jitter: (most: number) => number): Spot[] {
  const reach = step * 0.12
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([dx = 0, dy = 0]) => [
    Math.floor(x + dx * reach) + jitter(reach * 0.5),
    Math.floor(y + dy * reach) + jitter(reach * 0.5),
  ])
}

const inDegrees = (ring: readonly Spot[]): Ring =>
  [...ring, ring[0] ?? [0, 0]].map(([x, y]) => [x * unit, y * unit])

/** Places over the whole lattice and a rim around it; one in ten lies exactly on a corner, one in ten at the height of one. */
export function makeSpots(leaves: Leaves, count: number, random: SeededRandom): Spot[] {
  const [width, height] = [(leaves.columns + 1) * step, (leaves.rows + 1) * step]
  return Array.from({ length: count }, (): Spot => {
    const x = Math.floor(origin.x - step / 2 + random.next() * width)
    const y = Math.floor(origin.y - step / 2 + random.next() * height)
    const draw = random.int(10)
    if (draw > 1) return [x, y]
    const parts = random.pick(leaves.rings)
    const [cornerX, cornerY] = random.pick(random.pick(parts))
    return draw === 0 ? [cornerX, cornerY] : [x, cornerY]
  })
}
