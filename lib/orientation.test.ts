import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orientation } from './orientation.ts'

test.each([
  [0, 0, 1, 0, 0, 1, 1],
  [0, 0, 1, 0, 0, -1, -1],
  [0, 0, 1, 1, 2, 2, 0],
  [0, 0, 0, 0, 5, 7, 0],
])('orientation(%d, %d, %d, %d, %d, %d) is %d', (ax, ay, bx, by, cx, cy, expected) => {
  expect(orientation(ax, ay, bx, by, cx, cy)).toBe(expected)
})

test('points off a line by the last digit are told apart where plain arithmetic cannot', () => {
  // Kettner's example: near (0.5, 0.5), against the line through (12, 12) and (24, 24).
  const step = 2 ** -53
  for (let i = 0; i < 32; i++)
    for (let j = 0; j < 32; j++)
      expect(orientation(0.5 + i * step, 0.5 + j * step, 12, 12, 24, 24)).toBe(Math.sign(j - i))
})

const coordinate = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -4, max: 4 }),
)

test('turning the line round turns the sign, and rotating the three points keeps it', () => {
  fc.assert(
    fc.property(
      coordinate,
      coordinate,
      coordinate,
      coordinate,
      coordinate,
      coordinate,
      (ax, ay, bx, by, cx, cy) => {
        const sign = orientation(ax, ay, bx, by, cx, cy)
        expect(orientation(bx, by, ax, ay, cx, cy) + sign).toBe(0)
        expect(orientation(bx, by, cx, cy, ax, ay)).toBe(sign)
        expect(orientation(cx, cy, ax, ay, bx, by)).toBe(sign)
      },
    ),
    { numRuns: 1000 },
  )
})
