/** The area tree of the demo street with its synthetic boundaries, and the compounds and buildings inside. */
import type { SeededRandom } from '../lib/seeded-random.ts'
import { areaOf, centroidOf, contains, distanceToEdge, Mesh, type Point, type Ring } from './partition.ts'
import {
  communityNames,
  compoundNames,
  gridRoads,
  innerBounds,
  lanes,
  mainRoads,
  outerBounds,
  streetCode,
  streetName,
  streetNameEn,
} from './street-names.ts'
import type { DemoArea, DemoBuilding, DemoCompound, DemoLevel, LngLat } from './types.ts'

/** The middle of the made-up street, WGS-84. */
const origin: LngLat = [106.5, 29.5]
const metresPerLng = 111_320 * Math.cos((29.5 * Math.PI) / 180)
const metresPerLat = 110_850

export const toLngLat = ([x, y]: Point): LngLat => [
  Math.round((origin[0] + x / metresPerLng) * 1e7) / 1e7,
  Math.round((origin[1] + y / metresPerLat) * 1e7) / 1e7,
]

export interface MadeAreas {
  readonly areas: DemoArea[]
  readonly compounds: Omit<DemoCompound, 'propertyOrganisation'>[]
  readonly buildings: DemoBuilding[]
  /** Rings in metres by area code, for placing things inside. */
  readonly metres: ReadonlyMap<string, readonly Point[]>
}

interface Plot {
  readonly code: string
  readonly level: DemoLevel
  readonly name: string
  readonly nameEn: string
  readonly parentCode: string | null
  readonly path: string
  readonly ring: Ring
}

/** Micro-grids of each of the twelve grids: 70 in all. */
const microGridCounts = [6, 6, 6, 5, 6, 6, 6, 6, 6, 6, 5, 6]

function outlinePoints(random: SeededRandom): Point[] {
  const phase = random.next() * 6
  return Array.from({ length: 30 }, (_, i): Point => {
    const angle = (i / 30) * Math.PI * 2
    const radius =
      1 +
      0.08 * Math.sin(2 * angle + phase) +
      0.06 * Math.sin(3 * angle + 2 * phase) +
      0.05 * Math.sin(5 * angle) +
      0.03 * random.next()
    return [950 * radius * Math.cos(angle), 740 * radius * Math.sin(angle)]
  })
}

function outerName([x, y]: Point): string {
  const angle = Math.atan2(y / 740, x / 950)
  const quarter = (Math.round(angle / (Math.PI / 2)) + 4) % 4
  return outerBounds[quarter] ?? ''
}

/** Cuts a ring into `count` parts; `names` gives each cut its name in turn. Parts of the first cut stay together. */
function divide(mesh: Mesh, ring: Ring, count: number, names: () => string): Ring[][] {
  const parts = (each: Ring, n: number): Ring[] => {
    if (n === 1) return [each]
    const first = Math.floor(n / 2)
    const [a, b] = mesh.cut(each, first / n, names())
    return [...parts(a, first), ...parts(b, n - first)]
  }
  const first = Math.floor(count / 2)
  const [a, b] = mesh.cut(ring, first / count, names())
  return [parts(a, first), parts(b, count - first)]
}

/** Rule: grids are numbered from west to east and from north to south. */
function inOrder<T>(mesh: Mesh, things: readonly T[], ringOf: (thing: T) => Ring): T[] {
  const rank = (thing: T) => {
    const [x, y] = centroidOf(mesh.coordinates(ringOf(thing)))
    return x - y * 0.6
  }
  return [...things].sort((a, b) => rank(a) - rank(b))
}

function takeTurns(list: readonly string[]): () => string {
  let i = 0
  return () => list[i++ % list.length] ?? ''
}

const two = (n: number) => String(n).padStart(2, '0')

/** Everything that has a place, from the seed alone. */
export function makeAreas(random: SeededRandom): MadeAreas {
  const mesh = new Mesh(random.fork('cuts'))
  const outline = mesh.outline(outlinePoints(random.fork('outline')), outerName)
  const street: Plot = {
    code: streetCode,
    level: 'street',
    name: streetName,
    nameEn: streetNameEn,
    parentCode: null,
    path: `s${streetCode}`,
    ring: outline,
  }
  const plots: Plot[] = [street]
  const compounds: MadeAreas['compounds'] = []
  const roadName = takeTurns(gridRoads)
  const laneName = takeTurns(lanes)
  const compoundName = takeTurns(compoundNames)
  const communities = inOrder(mesh, divide(mesh, outline, 3, takeTurns(mainRoads)).flat(), (ring) => ring)
  communities.forEach((communityRing, c) => {
    const names = communityNames[c] ?? communityNames[0]
    const community: Plot = {
      code: `${streetCode}${String(c + 1).padStart(3, '0')}`,
      level: 'community',
      name: names.zh,
      nameEn: names.en,
      parentCode: street.code,
      path: `${street.path}.c${two(c + 1)}`,
      ring: communityRing,
    }
    plots.push(community)
    const grids = inOrder(mesh, divide(mesh, communityRing, 4, roadName).flat(), (ring) => ring)
    grids.forEach((gridRing, g) => {
      const grid: Plot = {
        code: `${community.code}${String(g + 1).padStart(3, '0')}`,
        level: 'grid',
        name: `第${g + 1}网格`,
        nameEn: `Grid ${g + 1}`,
        parentCode: community.code,
        path: `${community.path}.g${two(g + 1)}`,
        ring: gridRing,
      }
      plots.push(grid)
      const made = makeMicroGrids(mesh, grid, microGridCounts[c * 4 + g] ?? 6, laneName, compoundName)
      plots.push(...made.plots)
      compounds.push(...made.compounds)
    })
  })
  const metres = new Map(plots.map((plot) => [plot.code, mesh.coordinates(mesh.expand(plot.ring))]))
  const areas = plots.map((plot) => finish(mesh, plot, metres.get(plot.code) ?? []))
  const addressed = compounds.map((compound, i) => ({ ...compound, address: addressOf(areas, compound, i) }))
  return {
    areas,
    compounds: addressed,
    buildings: makeBuildings(random.fork('buildings'), addressed, metres),
    metres,
  }
}

function makeMicroGrids(
  mesh: Mesh,
  grid: Plot,
  count: number,
  laneName: () => string,
  compoundName: () => string,
) {
  const lane = laneName()
  const pair = [compoundName(), compoundName()]
  let cuts = 0
  const halves = divide(mesh, grid.ring, count, () => {
    const cut = cuts++
    if (cut === 0) return lane
    return `${pair[cut < Math.floor(count / 2) ? 0 : 1]}${innerBounds[(cut + lane.charCodeAt(0)) % innerBounds.length]}`
  })
  const leaves = inOrder(
    mesh,
    halves.flatMap((rings, half) => rings.map((ring) => ({ ring, half }))),
    (leaf) => leaf.ring,
  )
  const plots = leaves.map(
    ({ ring }, m): Plot => ({
      code: `${grid.code}${two(m + 1)}`,
      level: 'micro-grid',
      name: `微网格${two(m + 1)}`,
      nameEn: `Micro-grid ${two(m + 1)}`,
      parentCode: grid.code,
      path: `${grid.path}.m${two(m + 1)}`,
      ring,
    }),
  )
  const compounds = pair.map((name, half) => ({
    code: `${grid.code}-${half === 0 ? 'A' : 'B'}`,
    name,
    address: '',
    gridCode: grid.code,
    microGridCodes: plots.filter((_, i) => leaves[i]?.half === half).map((plot) => plot.code),
  }))
  return { plots, compounds }
}

function finish(mesh: Mesh, plot: Plot, points: readonly Point[]): DemoArea {
  const { ring: cutRing, ...rest } = plot
  const side = (direction: Point) => mesh.boundName(cutRing, direction)
  const open = points.map(toLngLat)
  return {
    ...rest,
    ring: [...open, open[0] as LngLat],
    boundsText: `东至${side([1, 0])}，南至${side([0, -1])}，西至${side([-1, 0])}，北至${side([0, 1])}`,
  }
}

/** A compound’s door plate: the first road among the bounds of its grid, and a number that nobody else has. */
function addressOf(areas: readonly DemoArea[], compound: { gridCode: string }, index: number): string {
  const bounds = areas.find((area) => area.code === compound.gridCode)?.boundsText ?? ''
  const road = bounds.match(/至([^，]{1,4}(?:路|大道))/)?.[1] ?? gridRoads[index % gridRoads.length]
  return `${road}${6 + index * 3}号`
}

/** 153 buildings: two in each micro-grid, a third one in every fifth. */
function makeBuildings(
  random: SeededRandom,
  compounds: readonly { code: string; name: string; address: string; microGridCodes: readonly string[] }[],
  metres: ReadonlyMap<string, readonly Point[]>,
): DemoBuilding[] {
  const buildings: DemoBuilding[] = []
  let microGrids = 0
  let extras = 13
  for (const compound of compounds) {
    const old = /宿舍|家属院|巷|里$/.test(compound.name)
    let number = 0
    for (const microGridCode of compound.microGridCodes) {
      const extra = microGrids++ % 5 === 2 && extras > 0 ? 1 : 0
      extras -= extra
      const points = metres.get(microGridCode) ?? []
      for (const place of spread(random, points, 2 + extra)) {
        number++
        const entrances = 1 + random.int(3)
        const floors = old ? 6 + random.int(2) : 11 + random.int(16)
        const perFloor = old ? 2 : entrances === 1 ? 4 : 2
        const name = `${number}栋`
        buildings.push({
          code: `${compound.code}${two(number)}`,
          name,
          compoundCode: compound.code,
          microGridCode,
          addressText: `${compound.address} ${compound.name} ${name}`,
          place: toLngLat(place),
          entrances,
          floors,
          dwellings: entrances * floors * perFloor,
        })
      }
    }
  }
  return buildings
}

/** Points inside a ring that keep away from its edge and from each other. */
function spread(random: SeededRandom, points: readonly Point[], count: number): Point[] {
  const size = Math.sqrt(areaOf(points))
  const found: Point[] = []
  for (let tries = 0; found.length < count; tries++) {
    const ease = 0.97 ** tries
    const point = pointInside(random, points, size * 0.2 * ease)
    if (found.every((other) => Math.hypot(other[0] - point[0], other[1] - point[1]) > size * 0.45 * ease))
      found.push(point)
  }
  return found
}

/** A random point inside a ring, at least about `margin` metres from its edge where there is room. */
export function pointInside(random: SeededRandom, points: readonly Point[], margin: number): Point {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - bottom]
  for (let tries = 0; ; tries++) {
    const point: Point = [left + random.next() * width, bottom + random.next() * height]
    if (contains(points, point) && distanceToEdge(points, point) >= margin * 0.97 ** tries) return point
  }
}
