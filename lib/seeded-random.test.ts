import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idMs, isId } from './ids.ts'
import { createSeededRandom } from './seeded-random.ts'

const draw = (seed: number | string) => {
  const random = createSeededRandom(seed)
  return [
    random.next(),
    random.int(1000),
    random.pick(['a', 'b', 'c']),
    random.shuffle([1, 2, 3, 4]),
    random.id(77),
  ]
}

test('the same seed gives the same content and another seed another', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      fc.pre(a !== b)
      expect(draw(a)).toEqual(draw(a))
      expect(draw(a)).not.toEqual(draw(b))
      expect(draw(a)).toEqual(draw(String(a)))
    }),
  )
})

test('the sequence of a seed does not change between releases', () => {
  const random = createSeededRandom(20260925)
  expect([random.int(1000), random.int(1000), random.int(1000)]).toMatchInlineSnapshot(`
    [
      802,
      684,
      835,
    ]
  `)
})

test('int stays in its range and reaches every value', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, n) => {
      const random = createSeededRandom(seed)
      const seen = new Set(Array.from({ length: n * 40 }, () => random.int(n)))
      expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    }),
  )
})

test('next stays in [0, 1)', () => {
  const random = createSeededRandom('x')
  const values = Array.from({ length: 10_000 }, () => random.next())
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean).toBeCloseTo(0.5, 1)
})

test('shuffle keeps every element and leaves the given list alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, list) => {
      const before = [...list]
      expect(createSeededRandom(seed).shuffle(list).sort()).toEqual([...list].sort())
      expect(list).toEqual(before)
    }),
  )
})

test('ids are UUIDv7 of the given instant and increase within it', () => {
  const random = createSeededRandom(1)
  const ids = Array.from({ length: 100 }, () => random.id(1_790_000_000_000))
  expect(ids.every((id) => isId(id) && idMs(id) === 1_790_000_000_000)).toBe(true)
  expect([...new Set(ids)].sort()).toEqual(ids)
})

test('a fork depends on seed and label only, not on what was drawn before', () => {
  const fresh = createSeededRandom(5).fork('people')
  const used = createSeededRandom(5)
  used.next()
  expect(used.fork('people').next()).toBe(fresh.next())
  expect(createSeededRandom(5).fork('cases').next()).not.toBe(createSeededRandom(5).fork('people').next())
})

test('chance keeps its bounds', () => {
  const random = createSeededRandom(2)
  const count = (p: number) => Array.from({ length: 1000 }, () => random.chance(p)).filter(Boolean).length
  expect(count(0)).toBe(0)
  expect(count(1)).toBe(1000)
})

test('an empty list and a range of nothing are refused', () => {
  const random = createSeededRandom(3)
  expect(() => random.pick([])).toThrow(RangeError)
  for (const bad of [0, -1, 1.5, Number.NaN]) expect(() => random.int(bad)).toThrow(RangeError)
})
