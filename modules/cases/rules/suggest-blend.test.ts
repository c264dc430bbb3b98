import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blendMatters } from './suggest-blend.ts'

const word = (key: string, score = 3) => ({ key, score, matchedWords: [key] })

test('a matter that words and model both name comes before one that only one of them names', () => {
  const blended = blendMatters(
    [word('a'), word('b')],
    [
      { key: 'b', share: 0.4 },
      { key: 'c', share: 0.5 },
    ],
    5,
  )
  expect(blended.map(({ key }) => key)).toEqual(['b', 'c', 'a'])
  expect(blended[0]).toMatchObject({ share: 0.4, matchedWords: ['b'] })
  expect(blended[2]?.share).toBeNull()
})

test('words alone are enough, a sure model alone is enough, and a guess in the dark is not shown', () => {
  expect(blendMatters([word('a')], [], 5).map(({ key }) => key)).toEqual(['a'])
  expect(blendMatters([], [{ key: 'a', share: 0.9 }], 5).map(({ key }) => key)).toEqual(['a'])
  expect(blendMatters([], [{ key: 'a', share: 0.02 }], 5)).toEqual([])
})

test('a surer guess never puts a matter lower', () => {
  const share = fc.double({ min: 0.08, max: 1, noNaN: true })
  fc.assert(
    fc.property(share, share, share, (one, other, more) => {
      const place = (of: number) =>
        blendMatters(
          [word('a'), word('b', 2)],
          [
            { key: 'a', share: of },
            { key: 'c', share: other },
          ],
          9,
        ).findIndex(({ key }) => key === 'a')
      expect(place(Math.max(one, more))).toBeLessThanOrEqual(place(Math.min(one, more)))
    }),
    { numRuns: 60 },
  )
})
