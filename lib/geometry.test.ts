import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AreaGeometry,
  areaM2,
  boundingBox,
  centroid,
  containsPoint,
  distanceM,
  findGeometryFault,
  labelPoint,
  onBorder,
} from './geometry.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const polygon = (...rings: [number, number][][]): AreaGeometry => ({ type: 'Polygon', coordinates: rings })

/** The same ring, started elsewhere, perhaps turned round and perhaps left open. */
function disguise(ring: readonly [number, number][], random: SeededRandom): [number, number][] {
  const open = ring.slice(0, -1)
  const start = random.int(open.length)
  const turned = [...open.slice(start), ...open.slice(0, start)]
  if (random.chance(0.5)) turned.reverse()
  return random.chance(0.5) ? turned : [...turned, turned[0] ?? [0, 0]]
}

const size = 5
/**
 * A plane cut into cells whose corners are moved at random by multiples of 1/64, so that the middle of an edge is
 * an exact double, shared out among owners. Some edges carry an extra corner on one side only.
 */
function tiling(seed: number, owners: number) {
  const random = createSeededRandom(seed)
  const moved = () => (random.int(25) - 12) / 64
  const corners = Array.from({ length: size + 1 }, (_, y) =>
    Array.from({ length: size + 1 }, (_, x): [number, number] => {
      const rim = x === 0 || y === 0 || x === size || y === size
      return rim ? [x, y] : [x + moved(), y + moved()]
    }),
  )
  const corner = (x: number, y: number): [number, number] => corners[y]?.[x] ?? [NaN, NaN]
  const parts: [number, number][][][][] = Array.from({ length: owners }, () => [])
  const points: [number, number][] = []
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const ends = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)]
      const ring = ends.flatMap((from, i): [number, number][] => {
        const to = ends[(i + 1) % 4] ?? from
        const middle: [number, number] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
        points.push(from, middle)
        return random.chance(0.3) ? [from, middle] : [from]
      })
      points.push([x + random.next(), y + random.next()])
      parts[random.int(owners)]?.push([disguise([...ring, ring[0] ?? [0, 0]], random)])
    }
  const areas = parts.map((coordinates): AreaGeometry => ({ type: 'MultiPolygon', coordinates }))
  return { areas, points: points.filter(([x, y]) => x > 0 && y > 0 && x < size && y < size) }
}

test('inside a tiling every point, corners and edges too, lies in exactly one polygon', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, owners) => {
      const { areas, points } = tiling(seed, owners)
      for (const [x, y] of points)
        expect([x, y, areas.filter((area) => containsPoint(area, x, y)).length]).toEqual([x, y, 1])
    }),
  )
})

test('start, direction and closing of a ring do not change the answer', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(8), fc.nat(8), (seed, x, y) => {
      const random = createSeededRandom(seed)
      const outer = square(1, 1, 6)
      const hole = square(3, 3, 2)
      const plain = polygon(outer, hole)
      const other = polygon(disguise(outer, random), disguise(hole, random))
      expect(containsPoint(other, x, y)).toBe(containsPoint(plain, x, y))
      expect(onBorder(other, x, y)).toBe(onBorder(plain, x, y))
    }),
  )
})

test('a hole belongs to what fills it, its border to one of the two', () => {
  const ring = polygon(square(0, 0, 9), square(3, 3, 3))
  const filling = polygon(square(3, 3, 3))
  for (let x = 0; x < 9; x += 0.5)
    for (let y = 0; y < 9; y += 0.5)
      expect([x, y, Number(containsPoint(ring, x, y)) + Number(containsPoint(filling, x, y))]).toEqual([
        x,
        y,
        1,
      ])
})

test.each([
  ['the middle', 2, 2, true, false],
  ['the western border', 0, 2, true, true],
  ['the southern border', 2, 0, true, true],
  ['the eastern border', 4, 2, false, true],
  ['the northern border', 2, 4, false, true],
  ['a corner', 4, 4, false, true],
  ['the line of an edge beyond its end', 4, 5, false, false],
  ['outside', 5, 5, false, false],
  ['no number', Number.NaN, 2, false, false],
])('%s of a square', (_where, x, y, inside, border) => {
  expect(containsPoint(polygon(square(0, 0, 4)), x, y)).toBe(inside)
  expect(onBorder(polygon(square(0, 0, 4)), x, y)).toBe(border)
})

test('the box of a geometry holds all its positions, and an empty one has none', () => {
  expect(boundingBox({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(5, -2, 1)]] })).toEqual(
    [0, -2, 6, 1],
  )
  expect(boundingBox({ type: 'MultiPolygon', coordinates: [] })).toBeUndefined()
})

test('the centroid weighs parts by area and takes holes out, whichever way rings turn', () => {
  const expectNear = (actual: [number, number] | undefined, x: number, y: number) => {
    expect(actual?.[0]).toBeCloseTo(x, 9)
    expect(actual?.[1]).toBeCloseTo(y, 9)
  }
  expectNear(centroid(polygon(square(106.5, 29.5, 0.002))), 106.501, 29.501)
  expectNear(centroid(polygon(square(106.5, 29.5, 0.002).reverse())), 106.501, 29.501)
  expectNear(
    centroid({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(3, 0, 1).reverse()]] }),
    2,
    0.5,
  )
  // A square of 16 at (2, 2) without one of 1 at (3.5, 3.5).
  expectNear(centroid(polygon(square(0, 0, 4), square(3, 3, 1))), (32 - 3.5) / 15, (32 - 3.5) / 15)
})

test('a label point is inside, also in a ring, a crescent or islands', () => {
  const shapes = [
    polygon(square(0, 0, 9), square(1, 1, 7)),
    polygon([
      [0, 0],
      [10, 0],
      [10, 10],
      [9, 10],
      [9, 1],
      [1, 1],
      [1, 10],
      [0, 10],
      [0, 0],
    ]),
    { type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(9, 9, 1)]] } as const,
  ]
  for (const shape of shapes) {
    const point = labelPoint(shape)
    expect(point && containsPoint(shape, ...point)).toBe(true)
  }
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      for (const area of tiling(seed, 4).areas) {
        const point = labelPoint(area)
        if (boundingBox(area)) expect(point && containsPoint(area, ...point)).toBe(true)
        else expect(point).toBeUndefined()
      }
    }),
  )
})

test('areas in square metres agree with the sphere and take holes out', () => {
  const side = 0.001
  const height = distanceM(106.5, 29.5, 106.5, 29.5 + side)
  const width = distanceM(106.5, 29.5 + side / 2, 106.5 + side, 29.5 + side / 2)
  const whole = areaM2(polygon(square(106.5, 29.5, side)))
  expect(whole / (height * width)).toBeCloseTo(1, 6)
  const ring = areaM2(polygon(square(106.5, 29.5, side), square(106.5002, 29.5002, side / 2).reverse()))
  expect(ring / whole).toBeCloseTo(0.75, 3)
  expect(areaM2(polygon(square(0, 0, 90).slice(0, 3)))).toBeGreaterThan(0)
})

test('an octant of the sphere has an eighth of its surface', () => {
  const octant = polygon([
    [0, 0],
    [90, 0],
    [90, 90],
    [0, 90],
    [0, 0],
  ])
  expect(areaM2(octant)).toBeCloseTo((4 * Math.PI * 6_371_008.8 ** 2) / 8, -4)
})

// To a millionth only: cells of a degree's width with an extra corner on one side differ by that on the sphere.
test('the areas of a tiling add up to the whole', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { areas } = tiling(seed, 5)
      const sum = areas.reduce((total, area) => total + areaM2(area), 0)
      expect(sum / areaM2(polygon(square(0, 0, size)))).toBeCloseTo(1, 5)
    }),
  )
})

test.each([
  [polygon(square(0, 0, 1)), undefined],
  [{ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)]] }, undefined],
  [null, 'not-a-polygon'],
  [{ type: 'Point', coordinates: [1, 2] }, 'not-a-polygon'],
  [{ type: 'Polygon' }, 'not-a-polygon'],
  [{ type: 'Polygon', coordinates: [] }, 'no-ring'],
  [{ type: 'MultiPolygon', coordinates: [[]] }, 'no-ring'],
  [{ type: 'MultiPolygon', coordinates: [] }, 'no-ring'],
  [
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 'x'],
          [1, 1],
        ],
      ],
    },
    'bad-position',
  ],
  [
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [500, 0],
          [1, 1],
        ],
      ],
    },
    'bad-position',
  ],
  [
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    'ring-too-short',
  ],
  [
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ],
    },
    'ring-without-area',
  ],
])('the fault of geometry %# is %s', (value, fault) => {
  expect(findGeometryFault(value)).toBe(fault)
})
