import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIdSource, idMs, isId, newId } from './ids.ts'

const anyMs = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('an id is a UUIDv7 that carries its instant', () => {
  fc.assert(
    fc.property(anyMs, (ms) => {
      const id = newId(ms)
      expect(isId(id)).toBe(true)
      expect(idMs(id)).toBe(ms)
    }),
  )
})

test('ids of one millisecond are distinct and increase', () => {
  const ids = Array.from({ length: 5000 }, () => newId(1_790_000_000_000))
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('the counter carries over from its low into its high part without breaking the order', () => {
  const make = createIdSource((bytes) => bytes.fill(0xff))
  const first = make(5)
  const second = make(5)
  expect(isId(second)).toBe(true)
  expect(second > first).toBe(true)
})

test('an id of a later instant sorts after one of an earlier instant', () => {
  fc.assert(
    fc.property(anyMs, anyMs, (a, b) => {
      fc.pre(a < b)
      expect(newId(a) < newId(b)).toBe(true)
    }),
  )
})

test('the same random source and instant make the same id', () => {
  const fill = (bytes: Uint8Array) => void bytes.fill(7)
  expect(newId(1000, fill)).toBe(newId(1000, fill))
})

test('an instant that fits no id is refused', () => {
  for (const bad of [-1, Number.NaN, 2 ** 48, Number.POSITIVE_INFINITY])
    expect(() => newId(bad)).toThrow(RangeError)
})

test.each([
  ['0192f0c4-6a00-7abc-8def-0123456789ab', true],
  ['0192F0C4-6A00-7ABC-8DEF-0123456789AB', false],
  ['0192f0c4-6a00-4abc-8def-0123456789ab', false],
  ['0192f0c4-6a00-7abc-7def-0123456789ab', false],
  ['0192f0c46a007abc8def0123456789ab', false],
  ['', false],
  [null, false],
  [7, false],
])('isId(%j) is %s', (value, expected) => {
  expect(isId(value)).toBe(expected)
})
