import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaM2 } from '../../../lib/geometry.ts'
import { addCorners, moveCorner, removeCorner, snapTo, stitchShapes } from './border-acts.ts'
import { cutShape } from './border-cut.ts'
import { BorderMap, type Corner, cornerAt, geometryOf, type Shape } from './border-map.ts'
import { isOnePiece, mergeShapes } from './border-merge.ts'

const unit = 0.001
const at = (east: number, north: number): Corner => cornerAt(106.5 + east * unit, 29.5 + north * unit)
const box = (west: number, south: number, east: number, north: number): Shape => [
  [[at(west, south), at(east, south), at(east, north), at(west, north)]],
]
const surface = (shape: Shape) => areaM2(geometryOf(shape))
const corners = (shape: Shape | undefined) => (shape ?? []).flat(2).length
/** Two squares side by side, and a parent around both that has no corner where they meet. */
const stitched = () =>
  new BorderMap(
    stitchShapes(
      new Map([
        ['west', box(0, 0, 1, 1)],
        ['east', box(1, 0, 2, 1)],
        ['parent', box(0, 0, 2, 1)],
      ]),
    ),
  )

test('a corner that is shared moves once for both sides and for the parent, and back', () => {
  const map = stitched()
  expect([...map.idsAt(at(1, 1))].sort()).toEqual(['east', 'parent', 'west'])
  const patch = moveCorner(map, at(1, 1), at(1.2, 1.1))
  if (!patch) throw new Error('it can move')
  const undo = map.apply(patch)
  expect([...map.idsAt(at(1.2, 1.1))].sort()).toEqual(['east', 'parent', 'west'])
  expect(map.idsAt(at(1, 1)).size).toBe(0)
  map.apply(undo)
  expect([...map.idsAt(at(1, 1))].sort()).toEqual(['east', 'parent', 'west'])
})

test('a corner put on a shared border stands in both, and taking it out takes it from both', () => {
  const map = stitched()
  map.apply(addCorners(map, [at(1, 0.5)]))
  expect([...map.idsAt(at(1, 0.5))].sort()).toEqual(['east', 'west'])
  map.apply(removeCorner(map, at(1, 0.5)) ?? new Map())
  expect(map.idsAt(at(1, 0.5)).size).toBe(0)
})

test('an area does not lose its surface: its last three corners stay', () => {
  const map = new BorderMap([['tri', [[[at(0, 0), at(1, 0), at(0, 1)]]]]])
  expect(removeCorner(map, at(0, 0))).toBeUndefined()
  expect(moveCorner(map, at(0, 0), at(1, 0))).toBeUndefined()
})

test('a cut makes two parts that share its corners, wherever the line was drawn beyond', () => {
  const cut = cutShape(box(0, 0, 2, 2), [at(1, -1), at(1.2, 1), at(0.9, 3)])
  if (!cut.ok) throw new Error(cut.why)
  const [one, other] = cut.parts
  expect(surface(one) + surface(other)).toBeCloseTo(surface(box(0, 0, 2, 2)), -1)
  expect(mergeShapes([one, other])).toHaveLength(1)
  expect(corners(one) + corners(other)).toBe(4 + 2 * 3)
})

test('a line that does not lead through, leads through often, or through a hole is refused with the reason', () => {
  const square = box(0, 0, 2, 2)
  expect(cutShape(square, [at(0.5, 0.5), at(1, 1)])).toEqual({ ok: false, why: 'does-not-cross' })
  expect(cutShape(square, [at(0, 0), at(2, 0)])).toEqual({ ok: false, why: 'does-not-cross' })
  expect(cutShape(square, [at(-1, 0.5), at(3, 0.5), at(3, 1.5), at(-1, 1.5)])).toMatchObject({
    why: 'crosses-often',
  })
  const holed: Shape = [[...(square[0] ?? []), ...(box(0.8, 0.8, 1.2, 1.2)[0] ?? [])]]
  expect(cutShape(holed, [at(1, -1), at(1, 3)])).toMatchObject({ why: 'through-a-hole' })
  const beside = cutShape(holed, [at(0.5, -1), at(0.5, 3)])
  if (!beside.ok) throw new Error(beside.why)
  expect(beside.parts.map((part) => part[0]?.length).sort()).toEqual([1, 2])
})

test('areas around a free one merge into one with a hole, and areas that only touch in a corner into two pieces', () => {
  const ring = [0, 1, 2]
    .flatMap((x) => [0, 1, 2].map((y) => [x, y] as const))
    .filter(([x, y]) => x !== 1 || y !== 1)
  const around = mergeShapes(ring.map(([x, y]) => box(x, y, x + 1, y + 1)))
  expect(around.map((rings) => rings.length)).toEqual([2])
  const touching = mergeShapes([box(0, 0, 1, 1), box(1, 1, 2, 2)])
  expect(isOnePiece(touching)).toBe(false)
  expect(touching).toHaveLength(2)
})

test('the pointer is taken to a corner before an edge, and nowhere when all is far', () => {
  const map = stitched()
  expect(snapTo(map, at(1.02, 0.98), 0.05 * unit)).toEqual({ at: at(1, 1), kind: 'corner' })
  expect(snapTo(map, at(1.02, 0.5), 0.05 * unit)).toEqual({ at: at(1, 0.5), kind: 'edge' })
  expect(snapTo(map, at(1.5, 0.5), 0.05 * unit)).toBeUndefined()
})

test('whatever is cut and moved, the parts merge back into one outline without holes and no surface is lost', () => {
  const step = fc.record({
    pick: fc.nat(),
    tilt: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
    place: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    upright: fc.boolean(),
    nudge: fc.tuple(
      fc.double({ min: -0.05, max: 0.05, noNaN: true }),
      fc.double({ min: -0.05, max: 0.05, noNaN: true }),
    ),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const map = new BorderMap([['0', box(0, 0, 8, 8)]])
      let next = 1
      for (const { pick, tilt, place, upright, nudge } of steps) {
        const ids = [...map.entries()].map(([id]) => id)
        const id = ids[pick % ids.length] ?? '0'
        const shape = map.get(id) ?? []
        const all = shape.flat(2)
        const [west, south, east, north] = [
          Math.min(...all.map(([x]) => x)),
          Math.min(...all.map(([, y]) => y)),
          Math.max(...all.map(([x]) => x)),
          Math.max(...all.map(([, y]) => y)),
        ]
        const [w, h] = [east - west, north - south]
        const line = upright
          ? [cornerAt(west + w * place, south - h), cornerAt(west + w * (place + tilt), north + h)]
          : [cornerAt(west - w, south + h * place), cornerAt(east + w, south + h * (place + tilt))]
        const cut = cutShape(shape, line)
        if (!cut.ok) continue
        map.apply(
          new Map([
            [id, cut.parts[0]],
            [String(next++), cut.parts[1]],
          ]),
        )
        map.apply(addCorners(map, cut.ends))
        // Only a corner inside the whole may move, or the whole would change.
        const [end] = cut.ends
        const moved = cornerAt(end[0] + nudge[0] * w * 0.1, end[1] + nudge[1] * h * 0.1)
        const rim = [at(0, 0), at(8, 8)]
        const onRim = rim.some(([x, y]) => x === end[0] || y === end[1])
        const patch = onRim ? undefined : moveCorner(map, end, moved)
        if (patch) map.apply(patch)
      }
      const shapes = [...map.entries()].map(([, shape]) => shape)
      const whole = mergeShapes(shapes)
      expect(whole.map((rings) => rings.length)).toEqual([1])
      const sum = shapes.reduce((total, shape) => total + surface(shape), 0)
      expect(Math.abs(sum / surface(whole) - 1)).toBeLessThan(1e-6)
    }),
    { numRuns: 60 },
  )
})
