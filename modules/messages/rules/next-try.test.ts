import { expect, test } from 'vitest'
import { nextTry, pausesMinutes } from './next-try.ts'

const at = new Date('2026-09-14T01:00:00Z')

test('pauses grow and end', () => {
  const waits = [1, 2, 3, 4, 5, 6].map((tries) => {
    const next = nextTry(at, tries)
    return next && (next.getTime() - at.getTime()) / 60_000
  })
  expect(waits).toEqual([...pausesMinutes, undefined, undefined])
  expect([...pausesMinutes]).toEqual([...pausesMinutes].sort((a, b) => a - b))
})
