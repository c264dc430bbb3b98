import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AreaGeometry, containsPoint } from '../../../lib/geometry.ts'
import { leftOf, overlapOf, planeM2 } from '../../../lib/polygon-overlay.ts'
import { createSeededRandom, type SeededRandom } from '../../../lib/seeded-random.ts'
import { beginPartition, canStandAlone, improvePartition, isPartitionDone } from './partition.ts'
import { groupShapes } from './partition-cells.ts'
import { figuresOf, groupsOf } from './partition-figures.ts'
import { type Barrier, buildPartitionGraph, type PartitionBuilding } from './partition-graph.ts'

const [west, south, size] = [106.5, 29.5, 0.01]

function village(seed: number, count: number): PartitionBuilding[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    // On a raster, so that circles through four buildings and buildings at one place come up.
    lng: west + random.int(60) * (size / 60),
    lat: south + random.int(60) * (size / 60),
    households: 10 + random.int(50),
    compound: random.chance(0.4) ? `c${random.int(6)}` : null,
    before: null,
  }))
}

function partition(
  buildings: readonly PartitionBuilding[],
  target: number,
  seed = 7,
  barriers: Barrier[] = [],
) {
  const aim = { target, deviation: 0.15, recut: buildings.some(({ before }) => before !== null) }
  const graph = buildPartitionGraph(buildings, barriers, canStandAlone(aim))
  let state = beginPartition(graph, aim, seed)
  while (!isPartitionDone(state)) state = improvePartition(graph, aim, seed, state)
  const groups = groupsOf(graph, state.groupOf)
  return { graph, state, groups, figures: figuresOf(graph, aim, groups) }
}

const placed = (found: ReturnType<typeof partition>, buildings: readonly PartitionBuilding[]) =>
  new Map(
    found.groups.flatMap(({ spots }, group) =>
      [...spots].flatMap((spot) =>
        (found.graph.buildingsAt[spot] ?? []).map((at) => [buildings[at]?.id ?? '', `g${group}`] as const),
      ),
    ),
  )

test('every building is in exactly one group, every group hangs together, and the same seed gives the same answer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 160 }), (seed, count) => {
      const buildings = village(seed, count)
      const found = partition(buildings, 200)
      expect(placed(found, buildings).size).toBe(count)
      expect(found.figures.buildings).toBe(count)
      expect(found.figures.contiguous).toBe(found.figures.groups)
      expect(partition(buildings, 200).state).toEqual(found.state)
    }),
    { numRuns: 12 },
  )
})

test('nearly all groups of a village are within the deviation, and a small compound is kept whole where it can be', () => {
  const { figures } = partition(village(3, 600), 250)
  expect(figures.within / figures.groups).toBeGreaterThanOrEqual(0.95)
  const [near, far] = [0, 0.004].map((east) =>
    Array.from({ length: 8 }, (_, i) => ({
      id: `${east}-${i}`,
      lng: west + east + (i % 4) * 0.0003 + (i > 3 ? 0.00007 : 0),
      lat: south + Math.floor(i / 4) * 0.0003,
      households: 25,
      compound: `at ${east}`,
      before: null,
    })),
  )
  expect(partition([...(near ?? []), ...(far ?? [])], 200).figures).toMatchObject({
    groups: 2,
    splitCompounds: 0,
    wholeCompounds: 2,
  })
})

test('no group reaches over a road unless what lies behind it is too small to stand alone', () => {
  const row = (lat: number, count: number, from: string) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${from}${i}`,
      lng: west + i * 0.0004,
      lat: lat + (i % 2) * 0.00005,
      households: 50,
      compound: null,
      before: null,
    }))
  const road: Barrier = [
    [west - 1, south + 0.001],
    [west + 1, south + 0.001],
  ]
  const both = [...row(south, 8, 'south'), ...row(south + 0.002, 8, 'north')]
  const apart = partition(both, 200, 1, [road])
  expect(apart.figures.acrossBarriers).toBe(0)
  for (const { spots } of apart.groups)
    expect(new Set([...spots].map((spot) => (apart.graph.y[spot] ?? 0) > 100)).size).toBe(1)
  const small = partition([...row(south, 8, 'south'), ...row(south + 0.002, 1, 'north')], 225, 1, [road])
  expect(small.figures).toMatchObject({ acrossBarriers: 1, contiguous: small.figures.groups })
})

const again = (first: ReturnType<typeof partition>, buildings: readonly PartitionBuilding[]) => {
  const names = placed(first, buildings)
  return buildings.map((building) => ({ ...building, before: names.get(building.id) ?? null }))
}

const changes: readonly ((
  today: readonly PartitionBuilding[],
  random: SeededRandom,
) => readonly PartitionBuilding[])[] = [
  (today) => today.map((one) => ({ ...one, households: Math.round(one.households * 1.05) })),
  (today, random) =>
    today.map((one) => ({ ...one, households: Math.round(one.households * (0.95 + 0.2 * random.next())) })),
  (today, random) => {
    const { lng, lat } = random.pick(today)
    const added = Array.from({ length: 12 }, (_, i) => ({
      id: `new${i}`,
      lng: lng + 0.0001 + (i % 4) * 0.0003,
      lat: lat + 0.0001 + Math.floor(i / 4) * 0.0003,
      households: 50 + random.int(20),
      compound: 'new',
      before: null,
    }))
    return [...today, ...added]
  },
  (today, random) => {
    const gone = random.pick(today)
    return today.filter(
      ({ lng, lat }) => Math.abs(lng - gone.lng) > 0.001 || Math.abs(lat - gone.lat) > 0.001,
    )
  },
]

test('after a twentieth more households, a new compound or a demolished block, a re-cut leaves 19 of 20 within and moves at most one in twenty', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(...changes), (seed, change) => {
      const buildings = village(seed, 400)
      const today = again(partition(buildings, 250), buildings)
      const { figures } = partition([...change(today, createSeededRandom(seed))], 250)
      expect(figures.contiguous).toBe(figures.groups)
      expect(figures.moved).toBeLessThanOrEqual(0.05 * figures.placedBefore)
      expect(figures.within).toBeGreaterThanOrEqual(0.95 * figures.groups)
    }),
    { numRuns: 5 },
  )
})

test('what did not change is cut as it is today', () => {
  const buildings = village(11, 600)
  const first = partition(buildings, 250)
  const { moved, placedBefore } = partition(again(first, buildings), 250).figures
  expect(moved / placedBefore).toBeLessThan(0.01)
})

test('a micro-grid between full neighbours is mended by a chain that ends where there is room', () => {
  // In a row, four to a group: what the first has too much fits only into the fourth.
  const each = [60, 55, 55, 43, ...Array.from({ length: 16 }, () => 50)]
  const row = each.flatMap((households, at) =>
    Array.from({ length: 4 }, (_, i) => ({
      id: `r${at}-${i}`,
      lng: west + (4 * at + i) * 0.0004,
      lat: south,
      households,
      compound: null,
      before: `m${at}`,
    })),
  )
  const { groups, figures } = partition(row, 200)
  expect(figures).toMatchObject({ groups: 20, within: 20, contiguous: 20, moved: 60 + 55 + 55 })
  expect(groups.slice(0, 5).map(({ before, spots }) => [before, spots.length])).toEqual([
    ['m0', 3],
    ['m1', 4],
    ['m2', 4],
    ['m3', 5],
    ['m4', 4],
  ])
})

/** With a bay in its eastern side and a hole, so that cutting at the border matters. */
const land: AreaGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [west - 0.001, south - 0.001],
      [west + size, south - 0.0005],
      [west + size * 0.8, south + size * 0.4],
      [west + size + 0.001, south + size],
      [west, south + size + 0.001],
      [west - 0.001, south - 0.001],
    ],
    [
      [west + 0.0041, south + 0.0041],
      [west + 0.0041, south + 0.0052],
      [west + 0.0053, south + 0.0052],
      [west + 0.0041, south + 0.0041],
    ],
  ],
}

/** A hand's width from the border: corners there are rounded to a tenth of a millimetre. */
const wellInside = (lng: number, lat: number) =>
  [-1e-6, 1e-6].every((by) => containsPoint(land, lng + by, lat) && containsPoint(land, lng, lat + by))

const surface = (pieces: readonly AreaGeometry[]) => pieces.reduce((all, piece) => all + planeM2(piece), 0)

test('the shapes cover the area above without gap or overlap, share their corners, and hold their own buildings', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const buildings = village(seed, 90).filter(({ lng, lat }) => wellInside(lng, lat))
      const { graph, groups } = partition(buildings, 200)
      const spots = groups.flatMap(({ spots: own }, group) =>
        [...own].map((spot) => {
          const { lng = 0, lat = 0 } = buildings[graph.buildingsAt[spot]?.[0] ?? 0] ?? {}
          return { lng, lat, group }
        }),
      )
      const shapes = groupShapes(spots, groups.length, land).flatMap((shape) => shape ?? [])
      expect(shapes).toHaveLength(groups.length)
      expect(surface(leftOf(land, shapes))).toBeLessThan(0.5)
      for (const shape of shapes) expect(surface(leftOf(shape, [land]))).toBeLessThan(0.5)
      shapes.forEach((shape, at) => {
        for (const other of shapes.slice(at + 1)) expect(surface(overlapOf(shape, other))).toBeLessThan(0.5)
      })
      for (const { lng, lat, group } of spots)
        expect(containsPoint(shapes[group] as AreaGeometry, lng, lat)).toBe(true)
    }),
    { numRuns: 5 },
  )
})

test('one building, buildings at one place and buildings in a line are divided too', () => {
  const line = Array.from({ length: 6 }, (_, i) => ({
    id: `l${i}`,
    lng: west + i * 0.001,
    lat: south,
    households: 100,
    compound: null,
    before: null,
  }))
  expect(partition(line, 200).figures).toMatchObject({ groups: 3, within: 3, contiguous: 3 })
  expect(partition(line.slice(0, 1), 200).figures).toMatchObject({ groups: 1, contiguous: 1 })
  const tower = line.map((building) => ({ ...building, lng: west }))
  expect(partition(tower, 200).figures).toMatchObject({ groups: 1, households: 600 })
  const shape = groupShapes([{ lng: west, lat: south, group: 0 }], 1, null)[0]
  expect(shape && containsPoint(shape, west, south)).toBe(true)
})
