import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../../lib/ids.ts'
import type { DraftArea } from '../draft-views.ts'
import { cornerAt, geometryOf, type Shape } from './border-map.ts'
import { cutArea, mergeAreas, moveSharedCorner } from './draft-acts.ts'
import { Drawing } from './draft-drawing.ts'
import { findDraftFaults } from './draft-faults.ts'
import { movesOf, type PlacedBuilding } from './draft-moves.ts'
import { chainUp, type TreeArea, treeAfter, treeLocator } from './draft-tree.ts'
import { figureLines } from './figures-below.ts'
import { descentOf } from './lineage.ts'

const at = (east: number, north: number) => cornerAt(106.5 + east / 1000, 29.5 + north / 1000)
const box = (west: number, south: number, east: number, north: number): Shape => [
  [[at(west, south), at(east, south), at(east, north), at(west, north)]],
]
const levels = ['street', 'community', 'grid', 'micro-grid']
const area = (id: string, level: string, parent: TreeArea | null, shape: Shape): TreeArea => ({
  id,
  code: id,
  level,
  name: id,
  kind: 'ordinary',
  parentId: parent?.id ?? null,
  path: parent ? `${parent.path}.${id}` : id,
  position: 0,
  boundsText: null,
  geometry: geometryOf(shape),
})
const street = area('s', 'street', null, box(0, 0, 8, 8))
const grid = area('g', 'grid', street, box(0, 0, 8, 8))
const first = [
  street,
  grid,
  area('m1', 'micro-grid', grid, box(0, 0, 4, 8)),
  area('m2', 'micro-grid', grid, box(4, 0, 8, 8)),
]
const buildings: PlacedBuilding[] = Array.from({ length: 36 }, (_, index) => {
  const [lng, lat] = at(0.7 + (index % 6) * 1.31, 0.6 + Math.floor(index / 6) * 1.29)
  return { id: `b${index}`, areaId: index % 6 < 3 ? 'm1' : 'm2', lng, lat, households: 10 + index }
})

interface World {
  readonly tree: ReadonlyMap<string, TreeArea>
  readonly buildings: readonly PlacedBuilding[]
}
const facts = (world: World, used: ReadonlySet<string>) => ({
  before: world.tree,
  changedLater: new Set<string>(),
  usedCodes: used,
  levelPositions: new Map(levels.map((level, position) => [level, position])),
})
const householdsUnder = ({ tree, buildings: all }: World) => {
  const sums = new Map<string, number>()
  for (const { areaId, households } of all)
    for (const { id } of chainUp(tree, areaId)) sums.set(id, (sums.get(id) ?? 0) + (households ?? 0))
  return sums
}
/** One random re-cut on the drawing table, as the rows that the server would be sent. */
function redraw(world: World, used: ReadonlySet<string>, { what, pick, place }: Step): DraftArea[] {
  const drawing = new Drawing({
    areas: [...world.tree.values()],
    levels,
    saved: [],
    takenCodes: [...used],
    newId: () => newId(0),
  })
  const leaves = drawing.all().filter(({ level }) => level === 'micro-grid')
  const one = leaves[pick % leaves.length]
  const other = leaves[(pick * 5 + 1) % leaves.length]
  if (!one || !other) return []
  const line =
    place < 0.5
      ? [at(16 * place, -1), at(16 * place, 9)]
      : [at(-1, 16 * (place - 0.5)), at(9, 16 * (place - 0.5))]
  const corner = drawing.map
    .get(one.id)?.[0]?.[0]
    ?.find(
      ([lng, lat]) =>
        lng !== at(0, 0)[0] && lng !== at(8, 8)[0] && lat !== at(0, 0)[1] && lat !== at(8, 8)[1],
    )
  const act =
    what === 'cut'
      ? cutArea(drawing, one.id, line, ['a', 'b'])
      : what === 'merge'
        ? mergeAreas(drawing, [one.id, other.id], 'm')
        : corner
          ? moveSharedCorner(drawing, corner, cornerAt(corner[0] + 9e-4, corner[1] - 6e-4))
          : { ok: false as const, why: 'no-shape' as const }
  if (act.ok) drawing.act(act.step)
  return drawing.rows()
}
interface Step {
  readonly what: 'cut' | 'merge' | 'move'
  readonly pick: number
  readonly place: number
}
const step = fc.record({
  what: fc.constantFrom('cut' as const, 'cut' as const, 'merge' as const, 'move' as const),
  pick: fc.nat(200),
  place: fc.double({ min: 0.03, max: 0.97, noNaN: true }),
})

test('over random cuts, merges and moved borders every building has its leaf on every day, shares add up, parents equal their children', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      let world: World = { tree: new Map(first.map((one) => [one.id, one])), buildings }
      const used = new Set(first.map(({ code }) => code))
      const days: World[] = [world]
      for (const each of steps) {
        const draft = redraw(world, used, each)
        if (draft.length === 0) continue
        const after = treeAfter(world.tree, draft)
        expect(findDraftFaults(draft, facts(world, used), after)).toEqual([])
        const moves = movesOf(world.tree, after, world.buildings)
        const households = householdsUnder(world)
        const descent = descentOf(world.tree, after, moves, households)
        const moved = new Map(moves.map(({ building, to }) => [building.id, to]))
        const next: World = {
          tree: after.areas,
          buildings: world.buildings.map((one) => ({ ...one, areaId: moved.get(one.id) ?? one.areaId })),
        }
        for (const ended of after.ended) {
          const shares = descent.filter(({ from }) => from === ended.id)
          expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 4)
          // What lineage says agrees with what is counted on both sides.
          for (const { to, share, basis } of shares) {
            if (basis !== 'households') continue
            const went = world.buildings.filter(
              ({ id, areaId }) => areaId === ended.id && moved.get(id) === to,
            )
            const sum = went.reduce((total, one) => total + (one.households ?? 0), 0)
            expect(share * (households.get(ended.id) ?? 0)).toBeCloseTo(sum, 2)
          }
        }
        for (const { code } of after.added) used.add(code)
        world = next
        days.push(world)
      }
      // Asked for any day, the answer is that of a replay from the places alone.
      for (const { tree, buildings: placed } of days) {
        const locate = treeLocator(tree.values())
        for (const { areaId, lng, lat } of placed) expect(areaId).toBe(locate(lng ?? 0, lat ?? 0))
        const lines = figureLines(tree, placed, [])
        for (const line of lines) {
          const below = lines.filter(({ parentId }) => parentId === line.area.id)
          if (below.length > 0)
            expect(below.reduce((sum, one) => sum + one.counted.households, 0)).toBe(line.counted.households)
        }
        expect(lines[0]?.counted.households).toBe(
          buildings.reduce((sum, one) => sum + (one.households ?? 0), 0),
        )
      }
    }),
    { numRuns: 40 },
  )
})

test('without households the share is of the surface, and of an area that nothing is known of whole', () => {
  const before = new Map(
    [...first, { ...area('m3', 'micro-grid', grid, box(0, 0, 1, 1)), geometry: null }].map((one) => [
      one.id,
      one,
    ]),
  )
  const add = (areaId: string, shape: Shape | null, origins: string[]): DraftArea => ({
    areaId,
    act: 'add',
    code: areaId,
    level: 'micro-grid',
    name: areaId,
    kind: null,
    parentId: 'g',
    position: 0,
    boundsText: null,
    geometry: shape && geometryOf(shape),
    origins,
  })
  const end = (areaId: string): DraftArea => ({
    areaId,
    act: 'end',
    code: null,
    level: null,
    name: null,
    kind: null,
    parentId: null,
    position: 0,
    boundsText: null,
    geometry: null,
    origins: [],
  })
  const after = treeAfter(before, [
    end('m1'),
    add('n1', box(0, 0, 1, 8), ['m1']),
    add('n2', box(1, 0, 4, 8), ['m1']),
    end('m3'),
    add('n3', null, ['m3']),
  ])
  const lines = descentOf(before, after, [], new Map())
  expect(
    lines.map(({ from, to, share, basis }) => [from, to, Math.round(share * 1000) / 1000, basis]),
  ).toEqual([
    ['m1', 'n1', 0.25, 'surface'],
    ['m1', 'n2', 0.75, 'surface'],
    ['m3', 'n3', 1, 'whole'],
  ])
})

test('given figures stand beside what those below add up to, with how many of them gave one and of which days', () => {
  const given = (areaId: string, value: number, onDay: string, scope = '户籍人口') => ({
    areaId,
    name: '人口',
    scope,
    value,
    unit: '人',
    onDay,
    source: '台账',
  })
  const lines = figureLines(
    new Map(first.map((one) => [one.id, one])),
    [],
    [
      given('g', 24_000, '2026-06-30'),
      given('m1', 9_000, '2026-05-31'),
      given('m2', 11_000, '2026-06-30', '流动人口'),
    ],
  )
  expect(lines[1]?.given).toMatchObject([
    { value: 24_000, below: { sum: 9_000, gave: 1, of: 2, firstOn: '2026-05-31', lastOn: '2026-05-31' } },
  ])
  expect(lines[3]?.given).toMatchObject([{ scope: '流动人口', below: null }])
})
