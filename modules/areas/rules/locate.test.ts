import fc from 'fast-check'
import { expect, test } from 'vitest'
import { containsPoint, onBorder } from '../../../lib/geometry.ts'
import { createSeededRandom, type SeededRandom } from '../../../lib/seeded-random.ts'
import { buildLocator, byPathThenId, chooseLeaf, type LocatorLeaf } from './locate.ts'

const columns = 10
const rows = 7
const [west, south, step] = [106.5, 29.5, 0.002]

/** 70 micro-grids with bent borders that share their corners exactly, in random order. */
function street(random: SeededRandom): LocatorLeaf[] {
  const corners = Array.from({ length: rows + 1 }, (_, y) =>
    Array.from({ length: columns + 1 }, (_, x) => [
      west + step * (x + (random.next() - 0.5) * 0.6),
      south + step * (y + (random.next() - 0.5) * 0.6),
    ]),
  )
  const corner = (x: number, y: number) => corners[y]?.[x] ?? []
  const leaves: LocatorLeaf[] = []
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const ring = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1), corner(x, y)]
      const path = `s1.c${y}.m${x}`
      leaves.push({ areaId: random.id(1), path, geometry: { type: 'Polygon', coordinates: [ring] } })
    }
  return random.shuffle(leaves)
}

/** Rectangles thrown at random: overlapping, touching, with gaps between. On whole numbers, so that ties abound. */
function thrown(random: SeededRandom): LocatorLeaf[] {
  return Array.from({ length: 30 }, (_, i) => {
    const [x, y, w, h] = [random.int(12), random.int(12), 1 + random.int(4), 1 + random.int(4)]
    const ring = [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
      [x, y],
    ]
    return { areaId: random.id(1), path: `s.m${i % 20}`, geometry: { type: 'Polygon', coordinates: [ring] } }
  })
}

const bruteForce = (leaves: readonly LocatorLeaf[], lng: number, lat: number) =>
  chooseLeaf([...leaves].sort(byPathThenId), lng, lat)

test('the index agrees with asking every leaf, for places inside, outside and on corners', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createSeededRandom(seed)
      const leaves = street(random)
      const { locate } = buildLocator(leaves)
      const corners = leaves.flatMap(({ geometry }) => (geometry.coordinates[0] ?? []) as number[][])
      const places = Array.from({ length: 100 }, () => [
        west + step * (random.next() * (columns + 2) - 1),
        south + step * (random.next() * (rows + 2) - 1),
      ])
      for (const [lng = 0, lat = 0] of [...places, ...corners])
        expect(locate(lng, lat)?.areaId).toBe(bruteForce(leaves, lng, lat)?.areaId)
    }),
    { numRuns: 12 },
  )
})

test('every corner of the street, inner or outer, is found in a leaf that touches it', () => {
  const leaves = street(createSeededRandom(1))
  const { locate } = buildLocator(leaves)
  for (const { geometry } of leaves)
    for (const [lng = 0, lat = 0] of (geometry.coordinates[0] ?? []) as number[][]) {
      const leaf = locate(lng, lat)
      expect(leaf && onBorder(leaf.geometry, lng, lat)).toBe(true)
    }
})

test('the order in which leaves are given never changes the answer, overlaps and ties included', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createSeededRandom(seed)
      const leaves = thrown(random)
      const one = buildLocator(leaves)
      const other = buildLocator(random.shuffle(leaves))
      for (let x = -1; x <= 17; x += 0.5)
        for (let y = -1; y <= 17; y += 0.5) {
          const found = one.locate(x, y)
          expect(found?.areaId).toBe(other.locate(x, y)?.areaId)
          expect(found?.areaId).toBe(bruteForce(leaves, x, y)?.areaId)
          const touched = leaves.some(
            ({ geometry }) => containsPoint(geometry, x, y) || onBorder(geometry, x, y),
          )
          expect(found !== undefined).toBe(touched)
        }
    }),
    { numRuns: 8 },
  )
})

test('where two leaves overlap the first path wins', () => {
  const ring = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ]
  const leaf = (areaId: string, path: string): LocatorLeaf => ({
    areaId,
    path,
    geometry: { type: 'Polygon', coordinates: [ring] },
  })
  expect(buildLocator([leaf('1', 's.b'), leaf('2', 's.a')]).locate(1, 1)?.areaId).toBe('2')
  expect(buildLocator([leaf('2', 's.a'), leaf('1', 's.a')]).locate(1, 1)?.areaId).toBe('1')
})

test('outside, without leaves and for no number there is no leaf', () => {
  const { locate } = buildLocator(street(createSeededRandom(2)))
  expect(locate(0, 0)).toBeUndefined()
  expect(locate(Number.NaN, 29.5)).toBeUndefined()
  expect(buildLocator([]).locate(106.5, 29.5)).toBeUndefined()
  const empty: LocatorLeaf = { areaId: '1', path: 's', geometry: { type: 'MultiPolygon', coordinates: [] } }
  expect(buildLocator([empty]).locate(106.5, 29.5)).toBeUndefined()
})
